import { z } from 'zod';
import type { Resource, StackTemplate } from '../template/template.ts';
import { compileModel, type Validate } from './json-model.ts';

const text = z.record(z.string(), z.string());

const ResourceProperties = z.object({
  ParentId: z.string(),
  PathPart: z.string(),
  RestApiId: z.string(),
});

const MethodProperties = z.object({
  HttpMethod: z.string(),
  ResourceId: z.string(),
  AuthorizationType: z.enum(['NONE', 'COGNITO_USER_POOLS'], {
    error: 'the local gateway has the authorization types NONE and COGNITO_USER_POOLS only',
  }),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.array(z.string()).default([]),
  ApiKeyRequired: z.literal(false).optional(),
  RequestValidatorId: z.string().optional(),
  RequestModels: text.default({}),
  RequestParameters: z.record(z.string(), z.unknown()).default({}),
  Integration: z.discriminatedUnion('Type', [
    z.object({
      Type: z.literal('AWS_PROXY'),
      Uri: z.string(),
      TimeoutInMillis: z.coerce.number().default(29_000),
    }),
    z.object({
      Type: z.literal('MOCK'),
      IntegrationResponses: z.array(
        z.object({
          StatusCode: z.coerce.number(),
          ResponseParameters: text.default({}),
          ResponseTemplates: text.default({}),
        }),
      ),
    }),
  ]),
});

const AuthorizerProperties = z.object({ ProviderARNs: z.array(z.string()) });

const GatewayResponseProperties = z.object({
  ResponseType: z.string(),
  StatusCode: z.coerce.number().optional(),
  ResponseParameters: text.default({}),
  ResponseTemplates: text.default({}),
});

const StageProperties = z.object({
  StageName: z.string(),
  MethodSettings: z
    .array(
      z.object({
        HttpMethod: z.string(),
        ResourcePath: z.string(),
        ThrottlingRateLimit: z.coerce.number().optional(),
        ThrottlingBurstLimit: z.coerce.number().optional(),
      }),
    )
    .default([]),
});

export type Integration = z.infer<typeof MethodProperties>['Integration'];
export type GatewayResponse = z.infer<typeof GatewayResponseProperties>;

/** One method of one path. */
export interface ApiMethod {
  resourceId: string;
  resourcePath: string;
  segments: string[];
  httpMethod: string;
  /** Absent where anyone may call. */
  scopes: string[] | undefined;
  /** The user pools that the method's authorizer accepts. */
  issuerArns: string[];
  validateBody: Validate | undefined;
  requiredParameters: string[];
  integration: Integration;
}

/** The stack's one REST API with its one stage. */
export interface RestApi {
  id: string;
  name: string;
  stage: string;
  throttle: { rate: number; burst: number } | undefined;
  methods: ApiMethod[];
  gatewayResponses: Map<string, GatewayResponse>;
}

/** Reads the REST API from the template; `undefined` if the stack has none. */
export function readApi(template: StackTemplate): RestApi | undefined {
  const [api, ...others] = template.ofType('AWS::ApiGateway::RestApi');
  if (api === undefined) return undefined;
  const [stage, ...otherStages] = template
    .ofType('AWS::ApiGateway::Stage')
    .map(({ properties }) => StageProperties.parse(properties));
  if (stage === undefined || others.length > 0 || otherStages.length > 0)
    throw new Error('The local machine runs one REST API with one stage.');
  return {
    id: api.ref,
    name: String(api.properties.Name),
    stage: stage.StageName,
    throttle: readThrottle(stage),
    methods: readMethods(template, api.attributes.RootResourceId ?? ''),
    gatewayResponses: new Map(
      template
        .ofType('AWS::ApiGateway::GatewayResponse')
        .map(({ properties }) => GatewayResponseProperties.parse(properties))
        .map((response) => [response.ResponseType, response]),
    ),
  };
}

function readThrottle({ MethodSettings }: z.infer<typeof StageProperties>): RestApi['throttle'] {
  const everywhere = MethodSettings.find(
    ({ HttpMethod, ResourcePath }) => HttpMethod === '*' && ResourcePath === '/*',
  );
  const rate = everywhere?.ThrottlingRateLimit;
  if (rate === undefined) return undefined;
  return {
    rate,
    burst: everywhere?.ThrottlingBurstLimit ?? rate,
  };
}

/** What methods refer to, by id. */
interface MethodLookup {
  paths: Map<string, string>;
  models: Map<string, Validate>;
  validators: Map<string, Record<string, unknown>>;
  /** Authorizer → the ARNs of its user pools. */
  authorizers: Map<string, string[]>;
}

function readMethods(template: StackTemplate, rootId: string): ApiMethod[] {
  const lookup: MethodLookup = {
    paths: readPaths(template, rootId),
    models: new Map(
      template
        .ofType('AWS::ApiGateway::Model')
        .map(({ ref, properties }) => [
          ref,
          compileModel(properties.Schema as Record<string, unknown>),
        ]),
    ),
    validators: new Map(
      template
        .ofType('AWS::ApiGateway::RequestValidator')
        .map(({ ref, properties }) => [ref, properties]),
    ),
    authorizers: new Map(
      template
        .ofType('AWS::ApiGateway::Authorizer')
        .map(({ ref, properties }) => [ref, AuthorizerProperties.parse(properties).ProviderARNs]),
    ),
  };
  return template.ofType('AWS::ApiGateway::Method').map((resource) => readMethod(resource, lookup));
}

function readMethod({ logicalId, properties }: Resource, lookup: MethodLookup): ApiMethod {
  const parsed = MethodProperties.safeParse(properties);
  if (!parsed.success)
    throw new Error(
      `The API method ${logicalId} cannot run here: ${z.prettifyError(parsed.error)}`,
    );
  const method = parsed.data;
  const resourcePath = lookup.paths.get(method.ResourceId) ?? '/';
  const validator = lookup.validators.get(method.RequestValidatorId ?? '');
  const model = lookup.models.get(method.RequestModels['application/json'] ?? '');
  return {
    resourceId: method.ResourceId,
    resourcePath,
    segments: resourcePath.split('/').filter(Boolean),
    httpMethod: method.HttpMethod,
    scopes: method.AuthorizationType === 'NONE' ? undefined : method.AuthorizationScopes,
    issuerArns: lookup.authorizers.get(method.AuthorizerId ?? '') ?? [],
    validateBody: validator?.ValidateRequestBody === true ? model : undefined,
    requiredParameters:
      validator?.ValidateRequestParameters === true ? requiredOf(method.RequestParameters) : [],
    integration: method.Integration,
  };
}

function requiredOf(parameters: Record<string, unknown>): string[] {
  return Object.entries(parameters)
    .filter(([, required]) => required === true)
    .map(([name]) => name);
}

function readPaths(template: StackTemplate, rootId: string): Map<string, string> {
  const resources = new Map(
    template
      .ofType('AWS::ApiGateway::Resource')
      .map(({ ref, properties }) => [ref, ResourceProperties.parse(properties)]),
  );
  const pathOf = (id: string): string => {
    const resource = resources.get(id);
    return resource === undefined || id === rootId
      ? ''
      : `${pathOf(resource.ParentId)}/${resource.PathPart}`;
  };
  return new Map([[rootId, '/'], ...[...resources.keys()].map((id) => [id, pathOf(id)] as const)]);
}
