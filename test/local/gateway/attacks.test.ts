/** What a page in the developer's browser could try against the port, and what goes on working. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { openPortalServer } from '../../../bin/serve-portal.ts';
import type { LocalStack } from '../../../local/local-stack.ts';
import { startFixture } from '../fixture.ts';
import { rawRequest, type RawAnswer, type RawRequest } from './raw-request.ts';

const EVIL = 'https://evil.example';
const EXTRA = 'http://localhost:5173';

let stack: LocalStack;
let port: number;
beforeAll(async () => {
  stack = await startFixture({ origins: [EXTRA] });
  port = Number(new URL(stack.endpoint).port);
});
afterAll(async () => {
  await stack.stop();
});

const send = async (request: Omit<RawRequest, 'port'>): Promise<RawAnswer> =>
  await rawRequest({ port, ...request });
const now = async (): Promise<number> => {
  const { text } = await send({ path: '/_local/clock' });
  return Date.parse((JSON.parse(text) as { now: string }).now);
};

describe('DNS rebinding', () => {
  test.each([
    ['a name that was made to resolve to 127.0.0.1', 'evil.example'],
    ['such a name with the right port', 'evil.example:4566'],
    ['a name that only begins like localhost', 'localhost.evil.example'],
    ['a name that only ends like localhost', 'evillocalhost'],
    ['an address of the network', '192.168.0.7:4566'],
    ['an address that only begins like loopback', '127.0.0.1.evil.example'],
    ['the unspecified address', '0.0.0.0:4566'],
    ['another IPv6 address', '[fe80::1]:4566'],
    ['a name with user information', 'localhost@evil.example'],
  ])('a request for %s is refused', async (_what, host) => {
    const { status, text } = await send({ path: '/_local/messages', headers: { host } });
    expect([status, JSON.parse(text)]).toEqual([
      403,
      { __type: 'AccessDeniedException', message: expect.stringContaining(`The Host "${host}"`) },
    ]);
  });

  test.each([
    'localhost',
    'LOCALHOST:4566',
    'portal.localhost:4566',
    '127.0.0.1',
    '127.9.8.7:1',
    '[::1]:4566',
  ])('a request for %s is answered', async (host) => {
    expect((await send({ path: '/_local/health', headers: { host } })).status).toBe(200);
  });

  test('an AWS operation, an API route and the JWKS are refused as well', async () => {
    const headers = { host: 'evil.example' };
    const target = 'DynamoDB_20120810.ListTables';
    const api = new URL(stack.outputs.apiUrl).pathname;
    const jwks = `/${stack.outputs.userPoolId}/.well-known/jwks.json`;
    const answers = await Promise.all([
      send({ method: 'POST', headers: { ...headers, 'x-amz-target': target }, body: '{}' }),
      send({ path: `${api}/open/name`, headers }),
      send({ path: jwks, headers }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
  });

  test('the portal server refuses it too', async () => {
    const portal = await openPortalServer(0);
    const portalPort = Number(new URL(portal.url).port);
    const statuses = await Promise.all(
      ['evil.example', `localhost:${portalPort}`].map(
        async (host) => (await rawRequest({ port: portalPort, headers: { host } })).status,
      ),
    );
    await portal.close();
    expect(statuses).toEqual([403, 503]);
  });
});

describe('a page elsewhere', () => {
  test.each(['messages', 'calls', 'outputs', 'logs', 'clock', 'aws-calls'])(
    'cannot read /_local/%s',
    async (route) => {
      const { status, text, headers } = await send({
        path: `/_local/${route}`,
        headers: { origin: EVIL },
      });
      expect(status).toBe(403);
      expect(text).toContain(`--origin ${EVIL}`);
      expect(headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  test.each(['null', 'http://localhost.evil.example', 'http://localhost:3000.evil.example'])(
    'cannot pass as the portal with the Origin %s',
    async (origin) => {
      expect((await send({ path: '/_local/messages', headers: { origin } })).status).toBe(403);
    },
  );

  test('cannot move the clock with a text/plain post, which browsers send without a preflight', async () => {
    const before = await now();
    const { status } = await send({
      method: 'POST',
      path: '/_local/clock',
      headers: { origin: EVIL, 'content-type': 'text/plain' },
      body: '{"advanceSeconds":86400}',
    });
    expect(status).toBe(403);
    expect((await now()) - before).toBeLessThan(60_000);
  });

  test.each(['cross-site', 'same-site'])(
    'cannot move it with a %s post that hides its Origin',
    async (site) => {
      const before = await now();
      const { status } = await send({
        method: 'POST',
        path: '/_local/clock',
        headers: { 'sec-fetch-site': site, 'content-type': 'text/plain' },
        body: '{"advanceSeconds":86400}',
      });
      expect(status).toBe(403);
      expect((await now()) - before).toBeLessThan(60_000);
    },
  );

  test('gets no preflight for a DynamoDB write, and the write itself is refused', async () => {
    const headers = { origin: EVIL, 'access-control-request-method': 'POST' };
    const preflight = await send({
      method: 'OPTIONS',
      headers: { ...headers, 'access-control-request-headers': 'content-type,x-amz-target' },
    });
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([
      403,
      undefined,
    ]);
    const Key = { pk: { S: 'written-by-evil' } };
    const TableName = stack.outputs.tables.Codes;
    const write = await send({
      method: 'POST',
      headers: { origin: EVIL, 'x-amz-target': 'DynamoDB_20120810.PutItem' },
      body: JSON.stringify({ TableName, Item: Key }),
    });
    expect(write.status).toBe(403);
    const dynamo = new DynamoDBClient({
      endpoint: stack.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    });
    expect((await dynamo.send(new GetItemCommand({ TableName, Key }))).Item).toBeUndefined();
  });

  test('cannot call the API, nor Cognito', async () => {
    const api = new URL(stack.outputs.apiUrl).pathname;
    const target = 'AWSCognitoIdentityProviderService.InitiateAuth';
    const [route, cognito] = await Promise.all([
      send({ path: `${api}/open/name`, headers: { origin: EVIL } }),
      send({ method: 'POST', headers: { origin: EVIL, 'x-amz-target': target }, body: '{}' }),
    ]);
    expect([route?.status, cognito?.status]).toEqual([403, 403]);
  });

  test.each(['jwks.json', 'openid-configuration'])('may read %s, which is public', async (file) => {
    const { status, headers } = await send({
      path: `/${stack.outputs.userPoolId}/.well-known/${file}`,
      headers: { origin: EVIL },
    });
    expect([status, headers['access-control-allow-origin']]).toEqual([200, '*']);
  });
});

describe('an admitted page', () => {
  const admitted = (): [string, string][] => [
    ['the portal', stack.outputs.portalUrl],
    ['the page on this port', `http://localhost:${port}`],
    ['the same by address', `http://127.0.0.1:${port}`],
    ['an origin of the template', 'https://one.example'],
    ['an origin of --origin', EXTRA],
  ];

  test('reads, and is named exactly', async () => {
    for (const [, origin] of admitted()) {
      const { status, headers } = await send({ path: '/_local/messages', headers: { origin } });
      expect([status, headers['access-control-allow-origin'], headers.vary]).toEqual([
        200,
        origin,
        'Origin',
      ]);
    }
  });

  test('gets a preflight that names it exactly', async () => {
    for (const [, origin] of admitted()) {
      const headers = { origin, 'access-control-request-headers': 'x-amz-target' };
      const preflight = await send({ method: 'OPTIONS', headers });
      expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([
        204,
        origin,
      ]);
    }
  });

  test('of --origin may call the API as the portal may', async () => {
    const { status, headers } = await send({
      method: 'OPTIONS',
      path: `${new URL(stack.outputs.apiUrl).pathname}/open`,
      headers: { origin: EXTRA, 'access-control-request-method': 'POST' },
    });
    expect([status, headers['access-control-allow-origin']]).toEqual([204, EXTRA]);
  });

  test('of another site may still be led here by a link', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await send({ path: '/', headers })).status).toBe(200);
  });
});

test('programs that send no Origin are answered', async () => {
  const body = '{"advanceSeconds":0}';
  expect((await send({ method: 'POST', path: '/_local/clock', body })).status).toBe(200);
});
