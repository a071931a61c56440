/** The parts of API Gateway: routing, throttling, answers, CORS and tokens. */
import { describe, expect, test } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { SignJWT } from 'jose';
import type { ApiMethod, Integration, RestApi } from '../../../local/apigateway/api.ts';
import { createAuthorizer } from '../../../local/apigateway/authorizer.ts';
import { gatewayReply, mockReply } from '../../../local/apigateway/gateway-response.ts';
import { asIfFrom, readableByExtra, templateOrigins } from '../../../local/apigateway/origins.ts';
import { proxyReply } from '../../../local/apigateway/proxy-reply.ts';
import { findMethod } from '../../../local/apigateway/routing.ts';
import { createThrottle } from '../../../local/apigateway/throttle.ts';
import { createClock } from '../../../local/clock.ts';
import { httpRequest } from '../requests.ts';

const method = (httpMethod: string, resourcePath: string): ApiMethod => ({
  resourceId: resourcePath,
  resourcePath,
  segments: resourcePath.split('/').filter(Boolean),
  httpMethod,
  scopes: undefined,
  issuerArns: [],
  validateBody: undefined,
  requiredParameters: [],
  integration: { Type: 'AWS_PROXY', Uri: '', TimeoutInMillis: 29_000 },
});

const api = (methods: ApiMethod[], more: Partial<RestApi> = {}): RestApi => ({
  id: 'api',
  name: 'api',
  stage: 'v1',
  throttle: undefined,
  methods,
  gatewayResponses: new Map(),
  ...more,
});

describe('routing', () => {
  const routes = api([
    method('GET', '/'),
    method('GET', '/users'),
    method('GET', '/users/{id}'),
    method('GET', '/users/me'),
    method('POST', '/users/{id}/notes/{note}'),
    method('ANY', '/any'),
  ]);

  test.each<[string, string, string | undefined, object]>([
    ['GET', '/', '/', {}],
    ['GET', '/users', '/users', {}],
    ['GET', '/users/', '/users', {}],
    ['GET', '/users/7', '/users/{id}', { id: '7' }],
    ['GET', '/users/me', '/users/me', {}],
    ['POST', '/users/7/notes/n%2F1', '/users/{id}/notes/{note}', { id: '7', note: 'n/1' }],
    ['GET', '/users/%zz', '/users/{id}', { id: '%zz' }],
    ['DELETE', '/any', '/any', {}],
    ['DELETE', '/users', undefined, {}],
    ['GET', '/users/7/notes', undefined, {}],
    ['GET', '/USERS', undefined, {}],
  ])('%s %s leads to %s', (httpMethod, path, resourcePath, parameters) => {
    const found = findMethod(routes, httpMethod, path);
    expect(found?.method.resourcePath).toBe(resourcePath);
    expect(found?.pathParameters ?? {}).toEqual(parameters);
  });

  test('gives a parameter exactly what the client encoded', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (id) => {
        const found = findMethod(routes, 'GET', `/users/${encodeURIComponent(id)}`);
        expect(found?.pathParameters.id ?? 'me').toBe(id);
      }),
    );
  });
});

describe('the throttle', () => {
  test('admits a burst, refuses the next, and admits again as time passes', () => {
    let now = 0;
    const admit = createThrottle({ rate: 2, burst: 3 }, () => now);
    expect([admit(), admit(), admit(), admit()]).toEqual([true, true, true, false]);
    now = 499;
    expect(admit()).toBe(false);
    now = 500;
    expect([admit(), admit()]).toEqual([true, false]);
  });

  test('never saves more than a burst', () => {
    let now = 0;
    const admit = createThrottle({ rate: 100, burst: 2 }, () => now);
    now = 3_600_000;
    expect([admit(), admit(), admit()]).toEqual([true, true, false]);
  });

  test('a clock that is set back does not take tokens away', () => {
    let now = 10_000;
    const admit = createThrottle({ rate: 1, burst: 2 }, () => now);
    now = 0;
    expect([admit(), admit()]).toEqual([true, true]);
  });

  test('without limits admits everything', () => {
    const admit = createThrottle(undefined, () => 0);
    expect(Array.from({ length: 1000 }, admit).every(Boolean)).toBe(true);
  });
});

describe('what a function returns', () => {
  const reply = (payload: unknown) => proxyReply(payload, 'request-1');

  test('becomes the answer, with headers in lower case', () => {
    const headers = { 'X-One': 1, 'Content-Type': 'text/plain' };
    expect(reply({ statusCode: 201, headers, body: 'made' })).toEqual({
      status: 201,
      headers: { 'x-one': '1', 'content-type': 'text/plain', 'x-amzn-requestid': 'request-1' },
      body: 'made',
    });
  });

  test('may have headers with several values, which win over single ones', () => {
    const multiValueHeaders = { 'Set-Cookie': ['a=1', 'b=2'] };
    expect(
      reply({ statusCode: 200, headers: { 'set-cookie': 'x' }, multiValueHeaders })?.headers,
    ).toMatchObject({ 'set-cookie': ['a=1', 'b=2'] });
  });

  test('may be base64', () => {
    const body = Buffer.from([0, 255]).toString('base64');
    expect(reply({ statusCode: 200, body, isBase64Encoded: true })?.body).toEqual(
      Buffer.from([0, 255]),
    );
  });

  test.each([
    { statusCode: '204' },
    { statusCode: 200, body: null },
    { statusCode: 200, headers: null },
  ])('%j is enough', (payload) => {
    expect(reply(payload)?.body).toBe('');
  });

  test.each<unknown>([
    null,
    'text',
    {},
    { status: 200 },
    { statusCode: 99 },
    { statusCode: 600 },
    { statusCode: 'ok' },
    { statusCode: 200.5 },
    { statusCode: 200, body: { not: 'text' } },
  ])('%j is malformed', (payload) => {
    expect(reply(payload)).toBeUndefined();
  });
});

describe("the gateway's own answers", () => {
  test('have the message of AWS where the stack sets nothing', () => {
    const { status, body } = gatewayReply(api([]), 'UNAUTHORIZED', 'request-1');
    expect([status, body]).toEqual([401, '{"message":"Unauthorized"}']);
  });

  test.each([
    ['MISSING_AUTHENTICATION_TOKEN', 403],
    ['THROTTLED', 429],
    ['BAD_REQUEST_BODY', 400],
    ['REQUEST_TOO_LARGE', 413],
    ['INTEGRATION_TIMEOUT', 504],
    ['DEFAULT_5XX', 502],
  ] as const)('%s is %d', (type, status) => {
    expect(gatewayReply(api([]), type, 'request-1').status).toBe(status);
  });

  const responses = (type: string, more: object = {}) =>
    new Map([
      [type, { ResponseType: type, ResponseParameters: {}, ResponseTemplates: {}, ...more }],
    ]);

  test("have the stack's template, headers and status", () => {
    const gatewayResponses = responses('THROTTLED', {
      StatusCode: 503,
      ResponseParameters: { 'gatewayresponse.header.Retry-After': "'1'" },
      ResponseTemplates: {
        'application/json':
          '{"id":"$context.requestId","type":"$context.error.responseType",' +
          '"detail":$context.error.messageString}',
      },
    });
    const { status, headers, body } = gatewayReply(
      api([], { gatewayResponses }),
      'THROTTLED',
      'request-1',
    );
    expect([status, headers['retry-after']]).toEqual([503, '1']);
    expect(JSON.parse(String(body))).toEqual({
      id: 'request-1',
      type: 'THROTTLED',
      detail: 'Too Many Requests',
    });
  });

  test('fall back to DEFAULT_4XX, with the status of their own', () => {
    const gatewayResponses = responses('DEFAULT_4XX', {
      StatusCode: 418,
      ResponseTemplates: { 'application/json': 'refused' },
    });
    const { status, body } = gatewayReply(api([], { gatewayResponses }), 'THROTTLED', 'r');
    expect([status, body]).toEqual([429, 'refused']);
  });

  test.each([
    [
      'a header that is not literal',
      { ResponseParameters: { 'gatewayresponse.header.X': 'method.x' } },
    ],
    ['an unknown variable', { ResponseTemplates: { 'application/json': '$context.identity' } }],
    ['a #set', { ResponseTemplates: { 'application/json': '#set($a = "b")' } }],
  ])('with %s are an error', (_what, more) => {
    const gatewayResponses = responses('THROTTLED', more);
    expect(() => gatewayReply(api([], { gatewayResponses }), 'THROTTLED', 'r')).toThrow();
  });
});

type Mock = Extract<Integration, { Type: 'MOCK' }>;
const mock = (parameters: Record<string, string>, template = ''): Mock => ({
  Type: 'MOCK',
  IntegrationResponses: [
    {
      StatusCode: 204,
      ResponseParameters: parameters,
      ResponseTemplates: { 'application/json': template },
    },
  ],
});
const ALLOW = 'method.response.header.Access-Control-Allow-Origin';
const SWITCH =
  '#set($origin = $input.params().header.get("Origin"))' +
  '#if($origin == "https://two.example")' +
  '#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end';

describe('a MOCK integration', () => {
  test('answers literal headers, and what its template overrides', () => {
    const integration = mock({ [ALLOW]: "'https://one.example'" }, SWITCH);
    const answer = (origin: string) =>
      mockReply(integration, httpRequest({ headers: { origin } }), 'r').headers;
    expect(answer('https://one.example')['access-control-allow-origin']).toBe(
      'https://one.example',
    );
    expect(answer('https://two.example')['access-control-allow-origin']).toBe(
      'https://two.example',
    );
  });

  test('without a response is an error', () => {
    const integration: Mock = { Type: 'MOCK', IntegrationResponses: [] };
    expect(() => mockReply(integration, httpRequest(), 'r')).toThrow(/no integration response/);
  });
});

describe('origins', () => {
  const preflight = {
    ...method('OPTIONS', '/open'),
    integration: mock({ [ALLOW]: "'https://one.example'" }, SWITCH),
  };

  test('are those that the preflights name, each once, the default first', () => {
    expect(templateOrigins(api([preflight, preflight, method('GET', '/')]))).toEqual([
      'https://one.example',
      'https://two.example',
    ]);
  });

  test('an extra one stands for the portal, and gets its own back', () => {
    const extra = ['http://localhost:5173'];
    const http = httpRequest({ headers: { origin: 'http://localhost:5173' } });
    expect(asIfFrom('https://one.example', http, extra).headers.origin).toBe('https://one.example');
    const headers = { 'access-control-allow-origin': 'https://one.example' };
    expect(readableByExtra(http, extra, { status: 200, headers, body: '' })?.headers).toEqual({
      'access-control-allow-origin': 'http://localhost:5173',
    });
  });

  test('an extra one gets no access that the API did not give', () => {
    const http = httpRequest({ headers: { origin: 'http://localhost:5173' } });
    const reply = { status: 200, headers: {}, body: '' };
    expect(readableByExtra(http, ['http://localhost:5173'], reply)).toBe(reply);
  });

  test('others reach the API as they are', () => {
    const http = httpRequest({ headers: { origin: 'https://two.example' } });
    expect(asIfFrom('https://one.example', http, [])).toBe(http);
  });
});

describe('the authorizer', () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const clock = createClock();
  const issuers = new Map([['arn:pool', { issuer: 'https://pool', publicKey: pair.publicKey }]]);
  const authorize = createAuthorizer(issuers, clock);
  const sign = async (claims: Record<string, unknown>, key = pair.privateKey): Promise<string> =>
    await new SignJWT({
      iss: 'https://pool',
      token_use: 'access',
      scope: 'a portal/api',
      exp: Math.floor(clock.now() / 1000) + 60,
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256' })
      .sign(key);

  test('accepts an access token with one of the scopes, and gives its claims as text', async () => {
    const token = await sign({ level: 3 });
    expect(await authorize(`Bearer ${token}`, ['portal/api'], ['arn:pool'])).toMatchObject({
      token_use: 'access',
      level: '3',
    });
    expect(await authorize(token, ['other', 'a'], ['arn:pool'])).toBeDefined();
  });

  test('accepts an id token where no scope is required, and only there', async () => {
    const token = await sign({ token_use: 'id' });
    expect(await authorize(token, [], ['arn:pool'])).toBeDefined();
    expect(await authorize(token, ['portal/api'], ['arn:pool'])).toBeUndefined();
    expect(await authorize(await sign({}), [], ['arn:pool'])).toBeUndefined();
  });

  test.each<[string, () => Promise<string | undefined>]>([
    ['nothing', async () => undefined],
    ['what is not a token', async () => 'Bearer x.y.z'],
    ['a token without the scope', async () => await sign({ scope: 'portal/api2' })],
    ['a token of another issuer', async () => await sign({ iss: 'https://other' })],
    ['a token of another key', async () => await sign({}, other.privateKey)],
    ['an expired token', async () => await sign({ exp: Math.floor(clock.now() / 1000) - 1 })],
  ])('refuses %s', async (_what, make) => {
    expect(await authorize(await make(), ['portal/api'], ['arn:pool'])).toBeUndefined();
  });

  test('refuses a token of a pool that the method does not accept', async () => {
    expect(await authorize(await sign({}), ['portal/api'], [])).toBeUndefined();
    expect(await authorize(await sign({}), ['portal/api'], ['arn:other'])).toBeUndefined();
  });

  test('expires tokens by the emulated clock', async () => {
    const token = await sign({});
    clock.advance(61);
    expect(await authorize(token, ['portal/api'], ['arn:pool'])).toBeUndefined();
  });
});
