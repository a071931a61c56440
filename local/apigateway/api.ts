import { z } from 'zod';
import type { StackTemplate } from '../template/template.ts';
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
    error: 'the local gateway knows the authorization types NONE and COGNITO_USER_POOLS',
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
  validateBody: Validate | undefined;
  requiredParameters: string[];
  integration: Integration;
}

/** The stack's one REST API with its one stage. */
export interface RestApi {
  id: string;
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
  const throttling = stage.MethodSettings.find(
    ({ HttpMethod, ResourcePath }) => HttpMethod === '*' && ResourcePath === '/*',
  );
  return {
    id: api.ref,
    stage: stage.StageName,
    throttle:
      throttling?.ThrottlingRateLimit === undefined
        ? undefined
        : {
            rate: throttling.ThrottlingRateLimit,
            burst: throttling.ThrottlingBurstLimit ?? throttling.ThrottlingRateLimit,
          },
    methods: readMethods(template, api.attributes.RootResourceId ?? ''),
    gatewayResponses: new Map(
      template
        .ofType('AWS::ApiGateway::GatewayResponse')
        .map(({ properties }) => GatewayResponseProperties.parse(properties))
        .map((response) => [response.ResponseType, response]),
    ),
  };
}

function readMethods(template: StackTemplate, rootId: string): ApiMethod[] {
  const paths = readPaths(template, rootId);
  const models = new Map(
    template
      .ofType('AWS::ApiGateway::Model')
      .map(({ ref, properties }) => [
        ref,
        compileModel(properties.Schema as Record<string, unknown>),
      ]),
  );
  const validators = new Map(
    template
      .ofType('AWS::ApiGateway::RequestValidator')
      .map(({ ref, properties }) => [ref, properties]),
  );
  return template.ofType('AWS::ApiGateway::Method').map(({ logicalId, properties }) => {
    const parsed = MethodProperties.safeParse(properties);
    if (!parsed.success)
      throw new Error(
        `The API method ${logicalId} cannot run here: ${z.prettifyError(parsed.error)}`,
      );
    const method = parsed.data;
    const resourcePath = paths.get(method.ResourceId) ?? '/';
    const validator = validators.get(method.RequestValidatorId ?? '');
    const model = method.RequestModels['application/json'];
    return {
      resourceId: method.ResourceId,
      resourcePath,
      segments: resourcePath.split('/').filter(Boolean),
      httpMethod: method.HttpMethod,
      scopes: method.AuthorizationType === 'NONE' ? undefined : method.AuthorizationScopes,
      validateBody:
        validator?.ValidateRequestBody === true && model !== undefined
          ? models.get(model)
          : undefined,
      requiredParameters:
        validator?.ValidateRequestParameters === true
          ? Object.entries(method.RequestParameters)
              .filter(([, required]) => required === true)
              .map(([name]) => name)
          : [],
      integration: method.Integration,
    };
  });
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

/** The method that answers a path, static segments before parameters. */
export function findMethod(
  api: RestApi,
  httpMethod: string,
  path: string,
): { method: ApiMethod; pathParameters: Record<string, string> } | undefined {
  const segments = path.split('/').filter(Boolean);
  const matching = api.methods
    .filter((method) => method.httpMethod === httpMethod || method.httpMethod === 'ANY')
    .flatMap((method) => {
      const pathParameters = matchSegments(method.segments, segments);
      return pathParameters === undefined ? [] : [{ method, pathParameters }];
    });
  return matching.sort(
    (left, right) =>
      Object.keys(left.pathParameters).length - Object.keys(right.pathParameters).length,
  )[0];
}

function matchSegments(pattern: string[], segments: string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const given = segments[index] ?? '';
    if (/^\{.+\}$/.test(part)) parameters[part.slice(1, -1)] = decode(given);
    else if (part !== given) return undefined;
  }
  return parameters;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
