import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import { SQSClient, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createThrottle } from '../../local/apigateway/throttle.ts';
import type { LocalStack } from '../../local/local-stack.ts';
import { addUser, clientsOf, signIn, startFixture } from './fixture.ts';

let stack: LocalStack;
beforeAll(async () => {
  stack = await startFixture();
});
afterAll(async () => {
  await stack.stop();
});

async function post(
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
  const response = await fetch(`${stack.outputs.apiUrl}/open`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

/** Asks again until the answer is as wanted; the jest time-out ends a wait in vain. */
async function eventually(look: () => Promise<boolean>): Promise<void> {
  while (!(await look())) await new Promise((resolve) => setTimeout(resolve, 20));
}

const linesOf = async (name: string): Promise<string[]> =>
  ((await clientsOf(stack).local('GET', `logs?function=${name}`)) as { line: string }[]).map(
    ({ line }) => line,
  );

describe('the HTTP API', () => {
  test('a function gets the path, its parameters and the address of the socket', async () => {
    const response = await fetch(`${stack.outputs.apiUrl}/open/a%20b?x=1`, {
      headers: { 'x-forwarded-for': '203.0.113.9' },
    });
    expect(await response.json()).toMatchObject({
      path: '/open/a%20b',
      resource: '/open/{name}',
      pathParameters: { name: 'a b' },
      sourceIp: '127.0.0.1',
      forwardedFor: '203.0.113.9, 127.0.0.1',
    });
  });

  test('the source address is the one that the caller really has', async () => {
    const seen = await new Promise<string>((resolve, reject) => {
      const { port } = new URL(stack.endpoint);
      request(
        { host: '127.0.0.1', port, path: '/v1/open/me', localAddress: '127.0.0.7' },
        (response) => {
          let text = '';
          response.on('data', (chunk: Buffer) => {
            text += chunk.toString();
          });
          response.on('end', () => resolve((JSON.parse(text) as { sourceIp: string }).sourceIp));
        },
      )
        .on('error', reject)
        .end();
    });
    expect(seen).toBe('127.0.0.7');
  });

  test.each(['[1]', '"text"', '{"half":', ''])(
    'a body %j that is not a JSON object is refused before the function',
    async (body) => {
      expect(await post(body)).toMatchObject({
        status: 400,
        body: { message: 'Invalid request body' },
      });
    },
  );

  test('an unknown path or method is not there', async () => {
    expect((await fetch(`${stack.outputs.apiUrl}/nowhere`)).status).toBe(403);
    expect((await fetch(`${stack.outputs.apiUrl}/open`, { method: 'PUT' })).status).toBe(403);
  });

  test('a closed route takes an access token with the scope, and passes its claims to the function', async () => {
    const { email, sub } = await addUser(stack);
    const { AccessToken = '', IdToken = '' } = await signIn(stack, email);
    const call = async (authorization?: string): Promise<Response> =>
      await fetch(`${stack.outputs.apiUrl}/closed`, {
        headers: authorization === undefined ? {} : { authorization },
      });
    const open = await call(`Bearer ${AccessToken}`);
    expect(open.status).toBe(200);
    expect(await open.json()).toMatchObject({
      authorizer: { claims: { sub, token_use: 'access', scope: 'portal-auth/api' } },
    });
    for (const refused of [
      undefined,
      'Bearer nonsense',
      `Bearer ${IdToken}`,
      `Bearer ${AccessToken.slice(0, -4)}AAAA`,
    ]) {
      const response = await call(refused);
      expect(response.status).toBe(401);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(await response.json()).toEqual({
        code: 'TOKEN_INVALID',
        requestId: expect.any(String),
      });
    }
  });

  test('an expired access token is refused', async () => {
    const own = await startFixture();
    try {
      const { AccessToken } = await signIn(own, (await addUser(own)).email);
      await clientsOf(own).local('POST', 'clock', { advanceSeconds: 901 });
      expect(
        (
          await fetch(`${own.outputs.apiUrl}/closed`, {
            headers: { authorization: `Bearer ${AccessToken}` },
          })
        ).status,
      ).toBe(401);
    } finally {
      await own.stop();
    }
  });

  test.each([
    ['https://one.example', 'https://one.example'],
    ['https://two.example', 'https://two.example'],
  ])(
    'a preflight from %s, which the template names, is answered for %s',
    async (origin, allowed) => {
      const response = await fetch(`${stack.outputs.apiUrl}/open`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-origin')).toBe(allowed);
      expect(response.headers.get('access-control-allow-methods')).toBe('POST');
    },
  );

  test('a function that throws or runs out of time is a server error, and the next call works', async () => {
    expect((await post({ deed: 'crash' })).status).toBe(502);
    expect((await post({ deed: 'hang' })).status).toBe(502);
    expect((await post({})).status).toBe(200);
    expect(
      (await linesOf('me')).some((line) => line.includes('Task timed out after 2.00 seconds')),
    ).toBe(true);
  });
});

test('a stage lets a burst through, then its rate', () => {
  let now = 0;
  const admit = createThrottle({ rate: 10, burst: 3 }, () => now);
  expect([1, 2, 3, 4].map(() => admit())).toEqual([true, true, true, false]);
  now = 200;
  expect([1, 2, 3].map(() => admit())).toEqual([true, true, false]);
});

describe('what functions reach', () => {
  test('a MAC is the same for the same text, differs for another, and verifies', async () => {
    const mac = async (argument: string): Promise<unknown> =>
      (await post({ deed: 'mac', argument })).body.result;
    const first = await mac('one');
    expect(first).toEqual({ mac: expect.stringMatching(/^[0-9a-f]{64}$/), valid: true });
    expect(await mac('one')).toEqual(first);
    expect(await mac('two')).not.toEqual(first);
  });

  test('a parameter that the role may read is read, another is refused', async () => {
    expect((await post({ deed: 'parameter', argument: '/fixture/greeting' })).body.result).toBe(
      'hello',
    );
    expect(
      (await post({ deed: 'parameter', argument: '/fixture/secret' })).body.result,
    ).toMatchObject({ refused: 'AccessDeniedException' });
  });

  test('a queued message reaches its worker', async () => {
    await post({ deed: 'send', argument: 'letter' });
    await eventually(async () => (await linesOf('outbox')).includes('done: letter'));
  });

  test('a failed message comes back alone after its visibility timeout, and to the dead letters after too many', async () => {
    await Promise.all(
      ['fail 1 time', 'fail 9 times', 'fine'].map((argument) => post({ deed: 'send', argument })),
    );
    await eventually(
      async () => (await linesOf('outbox')).filter((line) => /fail|fine/.test(line)).length === 3,
    );
    await clientsOf(stack).local('POST', 'clock', { advanceSeconds: 31 });
    await eventually(async () => (await linesOf('outbox')).includes('done: fail 1 time'));
    await eventually(
      async () =>
        (await linesOf('outbox')).filter((line) => line === 'failed: fail 9 times').length === 2,
    );
    await clientsOf(stack).local('POST', 'clock', { advanceSeconds: 31 });
    const sqs = new SQSClient({
      endpoint: stack.endpoint,
      region: 'us-east-1',
      credentials: stack.operatorCredentials,
    });
    let dead: string | undefined;
    await eventually(async () => {
      dead = (
        await sqs.send(
          new ReceiveMessageCommand({ QueueUrl: `${stack.endpoint}/000000000000/fixture-dead` }),
        )
      ).Messages?.[0]?.Body;
      return dead !== undefined;
    });
    expect(dead).toBe('fail 9 times');
  });

  test("a new item reaches the function that reads the table's stream, a change does not", async () => {
    const dynamo = new DynamoDBClient({
      endpoint: stack.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    });
    for (const pk of ['streamed', 'streamed', 'streamed too'])
      await dynamo.send(
        new PutItemCommand({
          TableName: stack.outputs.tables.Codes,
          Item: { pk: { S: pk }, at: { N: String(performance.now()) } },
        }),
      );
    await eventually(async () => (await linesOf('audit-archive')).includes('INSERT streamed too'));
    expect(
      (await linesOf('audit-archive')).filter((line) => line === 'INSERT streamed'),
    ).toHaveLength(1);
  });
});
