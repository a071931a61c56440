import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { PROBLEMS } from '../../contract/problems.ts';
import type { ProblemCode } from '../../contract/problems.ts';
import { ROUTES } from '../../contract/routes.ts';
import type { Route } from '../../contract/routes.ts';
import { deployedRoutes } from './http-routes.ts';
import { runApart } from './synthesize-apart.ts';
import { all, one, readTemplate, referencesIn, template as stage } from './template.ts';
import type { Resource, Template } from './template.ts';

/**
 * The API with every capability of the contract, whether or not the stage deploys it yet, for a
 * portal of two origins.
 */
const program = `
  const lib = process.argv[1];
  const { outdir, bundles, capabilities, portalOrigins } = JSON.parse(process.argv[2]);
  const { createRequire } = await import('node:module');
  const { App, Stack } = createRequire(lib + '/')('aws-cdk-lib');
  const [{ Keys }, { PortalUserPool }, { HttpApi }, { PortalFunction }, { WorkforcePool }] = await Promise.all(
    ['keys', 'user-pool', 'http-api', 'portal-function', 'workforce-pool'].map(
      (name) => import(lib + '/' + name + '.ts'),
    ),
  );
  const app = new App({ outdir, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'PortalAuth-local');
  const stage = 'local';
  const key = new Keys(stack, 'Keys', { stage }).data;
  const userPool = new PortalUserPool(stack, 'UserPool', { stage, sessionHours: 4 }).pool;
  const workforcePool = new WorkforcePool(stack, 'Workforce', {
    stage, portalOrigins, domainPrefix: 'employees', groupsClaim: 'groups',
    saml: { metadataUrl: 'https://login.workforce.example/metadata' },
  }).pool;
  const api = new HttpApi(stack, 'HttpApi', {
    stage, key, userPool, workforcePool, portalOrigins, requestsPerSecond: 50, requestBurst: 100,
  });
  for (const functionId of capabilities) {
    const fn = new PortalFunction(stack, functionId, { functionId, stage, key, bundles });
    api.addCapability(functionId, fn);
  }
  app.synth();
`;
const portalOrigins = ['https://portal.example', 'https://other.example'];
const routes: Route[] = Object.values(ROUTES);

let template: Template;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'http-api-'));
  const capabilities = [...new Set(routes.map(({ capability }) => capability))];
  for (const capability of capabilities) {
    mkdirSync(join(folder, 'bundles', capability), { recursive: true });
    writeFileSync(join(folder, 'bundles', capability, 'index.mjs'), 'export const handler = 1;');
  }
  const { succeeded, said } = await runApart(program, {
    outdir: join(folder, 'out'),
    bundles: join(folder, 'bundles'),
    capabilities,
    portalOrigins,
  });
  if (!succeeded) throw new Error(said);
  template = readTemplate(join(folder, 'out'));
});

function pathOf({ Properties }: Resource): string {
  const step = (resourceId: unknown): string => {
    const [id] = referencesIn(resourceId);
    const resource = template.Resources[id!]!;
    return resource.Type === 'AWS::ApiGateway::Resource'
      ? `${step(resource.Properties.ParentId)}/${resource.Properties.PathPart}`
      : '';
  };
  return step(Properties.ResourceId);
}

const methods = () =>
  all('AWS::ApiGateway::Method', template).map(([, method]) => ({
    name: `${method.Properties.HttpMethod} ${pathOf(method)}`,
    ...method.Properties,
  }));
const method = (name: string) => methods().find((candidate) => candidate.name === name)!;

describe('the HTTP API', () => {
  test('has exactly the routes of the contract, and a preflight for each path', () => {
    const wanted = [
      ...routes.map(({ method: verb, path }) => `${verb} ${path}`),
      ...new Set(routes.map(({ path }) => `OPTIONS ${path}`)),
    ];
    expect(
      methods()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(wanted.sort());
  });

  test.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s goes to the function of its capability',
    (name, { capability }) => {
      expect(method(name).Integration.Type).toBe('AWS_PROXY');
      const [functionId] = referencesIn(method(name).Integration.Uri).filter(
        (id) => template.Resources[id]?.Type === 'AWS::Lambda::Function',
      );
      expect(template.Resources[functionId!]!.Properties.FunctionName).toBe(
        `portal-auth-local-${capability}`,
      );
    },
  );

  test('requires an access token with the scope of this API on USER and ADMIN routes', () => {
    for (const { method: verb, path, access } of routes) {
      const { AuthorizationType, AuthorizationScopes } = method(`${verb} ${path}`);
      const scopes: Partial<Record<typeof access, string>> = {
        USER: 'portal-auth/api',
        ADMIN: 'portal-auth/api',
        HELP_DESK: 'portal-auth/help-desk',
      };
      const scope = scopes[access];
      const expected = scope === undefined ? ['NONE', undefined] : ['COGNITO_USER_POOLS', [scope]];
      expect([AuthorizationType, AuthorizationScopes]).toEqual(expected);
    }
  });

  test('caches no token, and accepts one pool for people and the other for employees', () => {
    for (const [, { Properties: authorizer }] of all('AWS::ApiGateway::Authorizer', template)) {
      expect(authorizer.AuthorizerResultTtlInSeconds).toBe(0);
      expect(authorizer.IdentitySource).toBe('method.request.header.Authorization');
    }
    for (const { method: verb, path, access } of routes) {
      const { AuthorizerId } = method(`${verb} ${path}`);
      const [id] = AuthorizerId === undefined ? [] : referencesIn(AuthorizerId);
      const pools = referencesIn(template.Resources[id ?? '']?.Properties.ProviderARNs);
      const isOpen = access === 'PUBLIC' || access === 'FLOW';
      const expected = access === 'HELP_DESK' ? /^Workforce/ : /^UserPool/;
      expect(pools).toEqual(isOpen ? [] : [expect.stringMatching(expected)]);
    }
  });

  test('requires a JSON object as a body, and leaves its fields to the function', () => {
    const model = one('AWS::ApiGateway::Model', '', template).Properties;
    expect(model.Schema).toEqual({ $schema: expect.any(String), type: 'object' });
    for (const { method: verb, path, body } of routes) {
      expect(method(`${verb} ${path}`).RequestModels === undefined).toBe(
        body === undefined || body.safeParse({}).success,
      );
    }
  });

  test('allows only browsers of the listed origins', () => {
    for (const { name, Integration } of methods().filter(
      ({ HttpMethod }) => HttpMethod === 'OPTIONS',
    )) {
      const [response] = Integration.IntegrationResponses;
      const header = (key: string) => response.ResponseParameters[`method.response.header.${key}`];
      expect(header('Access-Control-Allow-Origin')).toBe("'https://portal.example'");
      expect(header('Vary')).toBe("'Origin'");
      expect(header('Access-Control-Allow-Credentials')).toBeUndefined();
      expect(header('Access-Control-Allow-Headers')).toBe(
        "'Authorization,Content-Type,Idempotency-Key'",
      );
      expect(response.ResponseTemplates['application/json']).toContain(
        '#if($origin == "https://other.example")',
      );
      expect(header('Access-Control-Allow-Methods').replaceAll("'", '').split(',').sort()).toEqual(
        routes
          .filter(({ path }) => name === `OPTIONS ${path}`)
          .map(({ method: verb }) => verb)
          .sort(),
      );
    }
  });
});

describe("the gateway's own errors", () => {
  const responses = all('AWS::ApiGateway::GatewayResponse', stage).map(
    ([, { Properties }]) => Properties,
  );
  const problem = (type: string) => {
    const response = responses.find(({ ResponseType }) => ResponseType === type);
    return {
      status: Number(response.StatusCode),
      ...JSON.parse(response.ResponseTemplates['application/json']),
    };
  };

  test('are problem details of the contract', () => {
    for (const { ResponseType, StatusCode } of responses) {
      const { type, title, status, code, detail, requestId } = problem(ResponseType);
      expect([Number(StatusCode), title]).toEqual(PROBLEMS[code as ProblemCode]);
      expect([status, type, requestId]).toEqual([
        Number(StatusCode),
        'about:blank',
        '$context.requestId',
      ]);
      expect(detail.length).toBeGreaterThan(10);
    }
  });

  test.each([
    ['UNAUTHORIZED', 'TOKEN_INVALID'],
    ['EXPIRED_TOKEN', 'TOKEN_INVALID'],
    ['ACCESS_DENIED', 'FORBIDDEN'],
    ['WAF_FILTERED', 'FORBIDDEN'],
    ['THROTTLED', 'RATE_LIMITED'],
    ['MISSING_AUTHENTICATION_TOKEN', 'NOT_FOUND'],
    ['RESOURCE_NOT_FOUND', 'NOT_FOUND'],
    ['BAD_REQUEST_BODY', 'REQUEST_INVALID'],
    ['REQUEST_TOO_LARGE', 'TOO_LARGE'],
    ['INTEGRATION_TIMEOUT', 'UNAVAILABLE'],
    ['DEFAULT_4XX', 'REQUEST_INVALID'],
    ['DEFAULT_5XX', 'INTERNAL'],
  ])('%s is %s', (type, code) => {
    expect(problem(type).code).toBe(code);
  });

  test('describe the fault of a body and when to retry', () => {
    expect(problem('BAD_REQUEST_BODY').fields).toEqual([
      { path: '', message: 'must be a JSON object' },
    ]);
    expect(problem('THROTTLED').retryAfterSeconds).toBe(1);
    expect(
      responses.find(({ ResponseType }) => ResponseType === 'THROTTLED').ResponseParameters[
        'gatewayresponse.header.Retry-After'
      ],
    ).toBe("'1'");
  });

  test('forbid caching and sniffing, and require TLS', () => {
    for (const { ResponseParameters } of responses) {
      expect(ResponseParameters).toMatchObject({
        'gatewayresponse.header.Strict-Transport-Security':
          expect.stringMatching(/^'max-age=\d{8}/),
        'gatewayresponse.header.Cache-Control': "'no-store'",
        'gatewayresponse.header.X-Content-Type-Options': "'nosniff'",
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
        'gatewayresponse.header.Access-Control-Allow-Origin': "'http://localhost:3000'",
      });
    }
  });
});

describe('the deployed stage', () => {
  const { MethodSettings, AccessLogSetting, TracingEnabled } =
    one('AWS::ApiGateway::Stage').Properties;

  test('serves the deployed capabilities', () => {
    const served = all('AWS::ApiGateway::Method').filter(
      ([, { Properties }]) => Properties.HttpMethod !== 'OPTIONS',
    );
    expect(served).toHaveLength(deployedRoutes().length);
  });

  test('throttles, traces, and logs errors without bodies', () => {
    expect(MethodSettings).toEqual([
      expect.objectContaining({
        HttpMethod: '*',
        ResourcePath: '/*',
        LoggingLevel: 'ERROR',
        DataTraceEnabled: false,
        ThrottlingRateLimit: 500,
        ThrottlingBurstLimit: 1000,
      }),
    ]);
    expect(TracingEnabled).toBe(true);
  });

  test('logs the route of a request, because paths identify people, calls and devices', () => {
    const format = JSON.parse(AccessLogSetting.Format);
    expect(format.route).toBe('$context.resourcePath');
    expect(AccessLogSetting.Format).not.toMatch(/\$context\.path|authorizer|\$input|header/);
    const group = referencesIn(AccessLogSetting.DestinationArn).find(
      (id) => stage.Resources[id]?.Type === 'AWS::Logs::LogGroup',
    )!;
    expect(stage.Resources[group]!.Properties.KmsKeyId).toBeDefined();
  });

  test('has an address without a trailing slash', () => {
    expect(JSON.stringify(stage.Outputs.ApiUrl!.Value)).toMatch(/\/v1"\]\]\}$/);
  });
});
