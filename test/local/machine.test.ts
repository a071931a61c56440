import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { openGateway } from '../../local/gateway/gateway.ts';
import type { LocalStack } from '../../local/local-stack.ts';
import { addUser, answer, clientsOf, provePassword, startFixture } from './fixture.ts';

let stack: LocalStack;
beforeAll(async () => {
  stack = await startFixture();
});
afterAll(async () => {
  await stack.stop();
});

const local = async (method: string, path: string, body?: object): Promise<unknown> =>
  await clientsOf(stack).local(method, path, body);
const table = (): string => stack.outputs.tables.Codes ?? '';
const dynamo = (): DynamoDBClient =>
  new DynamoDBClient({
    endpoint: stack.endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'anything', secretAccessKey: 'anything' },
  });

describe('the control routes', () => {
  test('health and outputs', async () => {
    expect(await local('GET', 'health')).toEqual({ status: 'ready' });
    expect(await local('GET', 'outputs')).toEqual({
      region: 'us-east-1',
      userPoolId: expect.stringMatching(/^us-east-1_\w{9}$/),
      userPoolClientId: expect.any(String),
      cognitoUrl: expect.stringMatching(/^http:\/\/localhost:\d+$/),
      apiUrl: expect.stringMatching(/^http:\/\/localhost:\d+\/v1$/),
      portalUrl: 'http://localhost:3000',
      tables: { Codes: expect.any(String) },
    });
  });

  test('messages are newest first, by recipient and channel, until they are emptied', async () => {
    const { email } = await addUser(stack);
    const { Session } = await provePassword(stack, email);
    await answer(stack, email, Session, '000000');
    const texts = (
      (await local('GET', `messages?to=${email}&channel=EMAIL`)) as { text: string }[]
    ).map(({ text }) => text);
    expect(texts).toEqual([
      'Your code is 100003 & <only> that',
      'Your code is 100002 & <only> that',
    ]);
    expect(await local('GET', `messages?to=${email}&channel=SMS`)).toEqual([]);
    await local('DELETE', 'messages');
    expect(await local('GET', 'messages')).toEqual([]);
  });

  test('the clock moves for services and Lambdas alike, and runs on', async () => {
    const before = Date.parse(((await local('GET', 'clock')) as { now: string }).now);
    const after = Date.parse(
      ((await local('POST', 'clock', { advanceSeconds: 3600 })) as { now: string }).now,
    );
    expect(after - before).toBeGreaterThanOrEqual(3_600_000);
    const { email } = await addUser(stack);
    const { ChallengeParameters } = await provePassword(stack, email);
    expect(Math.abs(Date.parse(ChallengeParameters?.now ?? '') - after)).toBeLessThan(60_000);
  });

  test.each([Number.MAX_SAFE_INTEGER, 8_640_000_000_000, 315_360_001])(
    'a move of the clock by %d seconds is refused with the bound, and the clock stays',
    async (advanceSeconds) => {
      const before = Date.parse(((await local('GET', 'clock')) as { now: string }).now);
      const response = await fetch(`${stack.endpoint}/_local/clock`, {
        method: 'POST',
        body: JSON.stringify({ advanceSeconds }),
      });
      expect([response.status, await response.json()]).toEqual([
        400,
        { error: expect.stringContaining('<=315360000') },
      ]);
      expect(
        Date.parse(((await local('GET', 'clock')) as { now: string }).now) - before,
      ).toBeLessThan(60_000);
    },
  );

  test.each([
    ['clock', { advanceSeconds: -1 }],
    ['clock', { advanceSeconds: 0.5 }],
    ['faults', { service: 'fax', times: 1 }],
    ['faults', { service: 'ses' }],
  ])('refuses POST %s %j', async (path, body) => {
    expect(await local('POST', path, body)).toEqual({ error: expect.any(String) });
  });
});

describe('faults', () => {
  afterEach(async () => {
    await local('DELETE', 'faults');
  });

  test('the next calls fail with the named error, and then no more', async () => {
    const { email } = await addUser(stack);
    await local('POST', 'faults', {
      service: 'ses',
      operation: 'SendEmail',
      function: 'create',
      times: 1,
      error: 'ThrottlingException',
    });
    await expect(provePassword(stack, email)).rejects.toMatchObject({
      name: 'UserLambdaValidationException',
      message: expect.stringContaining('Rate exceeded'),
    });
    expect((await provePassword(stack, email)).ChallengeName).toBe('CUSTOM_CHALLENGE');
  });

  test("a fault for one function leaves another's and a developer's calls alone", async () => {
    await local('POST', 'faults', {
      service: 'dynamodb',
      function: 'create',
      times: 1,
      error: 'InternalServerError',
    });
    await dynamo().send(
      new PutItemCommand({ TableName: table(), Item: { pk: { S: 'unharmed' } } }),
    );
    const { email } = await addUser(stack);
    await expect(provePassword(stack, email)).rejects.toMatchObject({
      name: 'UserLambdaValidationException',
    });
  });

  test('a call can take effect and lose its answer', async () => {
    await local('POST', 'faults', {
      service: 'dynamodb',
      operation: 'PutItem',
      times: 1,
      afterEffect: true,
    });
    await expect(
      dynamo().send(new PutItemCommand({ TableName: table(), Item: { pk: { S: 'done' } } })),
    ).rejects.toThrow();
    expect(
      (await dynamo().send(new GetItemCommand({ TableName: table(), Key: { pk: { S: 'done' } } })))
        .Item,
    ).toBeDefined();
  });

  test('a call can lag', async () => {
    await local('POST', 'faults', {
      service: 'dynamodb',
      operation: 'GetItem',
      times: 1,
      delayMs: 300,
    });
    const started = performance.now();
    await dynamo().send(new GetItemCommand({ TableName: table(), Key: { pk: { S: 'x' } } }));
    expect(performance.now() - started).toBeGreaterThanOrEqual(250);
  });

  test('a throttled answer does not spend its session', async () => {
    const { email } = await addUser(stack);
    const { Session } = await provePassword(stack, email);
    await local('POST', 'faults', {
      service: 'cognito',
      operation: 'RespondToAuthChallenge',
      times: 1,
      error: 'TooManyRequestsException',
    });
    await expect(answer(stack, email, Session, '100002')).rejects.toMatchObject({
      name: 'TooManyRequestsException',
    });
    expect((await answer(stack, email, Session, '100002')).AuthenticationResult).toBeDefined();
  });
});

describe('starting', () => {
  test('a busy port is an error that names the variable', async () => {
    const busy = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => busy.once('listening', resolve));
    await expect(startFixture({ port: (busy.address() as AddressInfo).port })).rejects.toThrow(
      /is taken\. Set PORT/,
    );
    busy.close();
  });

  test('a port that was opened before answers that the stack is starting until it is filled, and then that it is ready', async () => {
    const gateway = await openGateway(0);
    const health = async (): Promise<unknown> =>
      await (await fetch(`http://127.0.0.1:${gateway.port}/_local/health`)).json();
    const seen = [await health()];
    const other = await startFixture({
      gateway,
      seed: async () => {
        seen.push(await health());
      },
    });
    seen.push(await health());
    await other.stop();
    expect(seen).toEqual([{ status: 'starting' }, { status: 'starting' }, { status: 'ready' }]);
    await expect(health()).rejects.toThrow();
  });

  test('a directory without a template is an error that says what to do', async () => {
    await expect(startFixture({ assembly: tmpdir() })).rejects.toThrow(/npx cdk synth/);
  });

  test('a data directory that cannot be read is an error', async () => {
    const data = mkdtempSync(join(tmpdir(), 'portal-auth-data-'));
    writeFileSync(join(data, 'services.json'), 'half a fi');
    await expect(startFixture({ data })).rejects.toThrow(/services\.json cannot be read/);
    rmSync(data, { recursive: true });
  });

  test("KMS, SQS, SES and SNS refuse everyone but the stack's roles and the operator", async () => {
    for (const [target, scope] of [
      ['TrentService.GenerateMac', 'kms'],
      ['AmazonSQS.SendMessage', 'sqs'],
    ]) {
      const authorization = `AWS4-HMAC-SHA256 Credential=AKIASTRANGER/20260101/us-east-1/${scope}/aws4_request`;
      const response = await fetch(stack.endpoint, {
        method: 'POST',
        headers: { 'x-amz-target': target ?? '', authorization },
        body: '{"KeyId":"x","Message":"eA==","MacAlgorithm":"HMAC_SHA_256"}',
      });
      expect(response.status).toBe(400);
    }
    for (const [action, scope] of [
      ['SendEmail', 'ses'],
      ['Publish', 'sns'],
    ]) {
      const authorization = `AWS4-HMAC-SHA256 Credential=AKIASTRANGER/20260101/us-east-1/${scope}/aws4_request`;
      const body = new URLSearchParams({
        Action: action ?? '',
        Source: 'no-reply@fixture.example',
        PhoneNumber: '+12025550143',
        Message: 'x',
        'Destination.ToAddresses.member.1': 'a@b.example',
      });
      expect(
        await (
          await fetch(stack.endpoint, { method: 'POST', headers: { authorization }, body })
        ).text(),
      ).toContain('InvalidClientTokenId');
    }
  });
});
