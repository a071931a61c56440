/** `POST /_local/reset`: everything as at the start. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdminGetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { LocalStack } from '../../../local/local-stack.ts';
import { addUser, clientsOf, provePassword, signIn, startFixture } from '../fixture.ts';

const post = async (stack: LocalStack, path: string, body?: object): Promise<Response> =>
  await fetch(`${stack.endpoint}/_local/${path}`, {
    method: 'POST',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const get = async (stack: LocalStack, path: string): Promise<unknown> =>
  await (await fetch(`${stack.endpoint}/_local/${path}`)).json();
const aws = (stack: LocalStack) => ({
  endpoint: stack.endpoint,
  region: 'us-east-1',
  maxAttempts: 1,
  credentials: stack.operatorCredentials,
});
const itemsOf = async (stack: LocalStack): Promise<number> => {
  const scan = new ScanCommand({ TableName: stack.outputs.tables.Codes });
  return (await new DynamoDBClient(aws(stack)).send(scan)).Count ?? -1;
};
const putItem = async (stack: LocalStack, pk: string): Promise<void> => {
  const put = new PutItemCommand({
    TableName: stack.outputs.tables.Codes,
    Item: { pk: { S: pk } },
  });
  await new DynamoDBClient(aws(stack)).send(put);
};

/** What the archive's function wrote. */
const archived = async (stack: LocalStack): Promise<string[]> =>
  ((await get(stack, 'logs?function=audit-archive')) as { line: string }[]).map(({ line }) => line);

describe('a reset', () => {
  let stack: LocalStack;
  const seeded: string[] = [];
  beforeAll(async () => {
    stack = await startFixture({
      seed: async (starting) => {
        seeded.push((await addUser(starting)).email);
      },
    });
  });
  afterAll(async () => {
    await stack.stop();
  });

  test('empties tables, mail and the user pool, and loads the first people again', async () => {
    const { email } = await addUser(stack);
    await signIn(stack, email);
    await putItem(stack, 'made');
    const before = seeded.length;
    const response = await post(stack, 'reset');
    expect([response.status, await response.json()]).toEqual([200, { status: 'ready' }]);
    expect(seeded).toHaveLength(before + 1);
    expect(await get(stack, 'messages')).toEqual([]);
    expect(await itemsOf(stack)).toBe(0);
    const { operator } = clientsOf(stack);
    const find = async (Username = ''): Promise<unknown> =>
      await operator.send(
        new AdminGetUserCommand({ UserPoolId: stack.outputs.userPoolId, Username }),
      );
    await expect(find(email)).rejects.toMatchObject({ name: 'UserNotFoundException' });
    await expect(find(seeded.at(-1))).resolves.toMatchObject({ UserStatus: 'CONFIRMED' });
  });

  test('starts functions anew, or keeps them warm on request', async () => {
    const batchesAfter = async (body?: object): Promise<string> => {
      await post(stack, 'reset', body);
      await putItem(stack, 'counted');
      const lines = await eventually(async () => {
        const found = await archived(stack);
        return found.some((line) => line.includes('counted')) ? found : undefined;
      });
      return lines[0] ?? '';
    };
    expect(await batchesAfter()).toBe('batch 1 of this environment');
    expect(await batchesAfter({ keepEnvironments: true })).toBe('batch 2 of this environment');
    await post(stack, 'reset', { keepEnvironments: true });
    expect(await batchesAfter({})).toBe('batch 1 of this environment');
    expect((await post(stack, 'reset', { keepEverything: true })).status).toBe(400);
  });

  test('keeps the Date header at the emulated time', async () => {
    await post(stack, 'clock', { advanceSeconds: 86_400 });
    const { headers } = await fetch(`${stack.endpoint}/_local/health`);
    const { now } = (await get(stack, 'clock')) as { now: string };
    const skew = Date.parse(now) - Date.parse(headers.get('date') ?? '');
    expect(Math.abs(skew)).toBeLessThan(60_000);
  });

  test('sets the clock back to the time of this machine', async () => {
    await post(stack, 'clock', { advanceSeconds: 86_400 });
    await post(stack, 'reset');
    const { now } = (await get(stack, 'clock')) as { now: string };
    expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000);
  });

  test('clears the faults that still waited', async () => {
    await post(stack, 'faults', {
      service: 'cognito',
      times: 5,
      error: 'TooManyRequestsException',
    });
    await post(stack, 'reset');
    await expect(addUser(stack)).resolves.toMatchObject({ email: expect.any(String) });
  });

  test('empties the queues, those in flight too', async () => {
    const sqs = new SQSClient(aws(stack));
    const QueueUrl = `${stack.endpoint}/000000000000/fixture-dead`;
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'left over' }));
    await post(stack, 'reset');
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '0' });
  });

  test('ends earlier sessions and tokens', async () => {
    const { email } = await addUser(stack);
    const { Session } = await provePassword(stack, email);
    await post(stack, 'reset');
    const again = await addUser(stack);
    const stale = fetch(stack.endpoint, {
      method: 'POST',
      headers: {
        'x-amz-target': 'AWSCognitoIdentityProviderService.RespondToAuthChallenge',
      },
      body: JSON.stringify({
        ClientId: stack.outputs.userPoolClientId,
        ChallengeName: 'CUSTOM_CHALLENGE',
        Session,
        ChallengeResponses: { USERNAME: again.email, ANSWER: '100002' },
      }),
    });
    expect(await (await stale).json()).toMatchObject({ __type: 'NotAuthorizedException' });
  });

  test('starts the streams again: a function sees new changes only', async () => {
    await putItem(stack, 'before-the-reset');
    await post(stack, 'reset');
    await putItem(stack, 'after-the-reset');
    const lines = await eventually(async () => {
      const logs = (await get(stack, 'logs?function=audit-archive')) as { line: string }[];
      const found = logs.map(({ line }) => line);
      return found.some((line) => line.includes('after-the-reset')) ? found : undefined;
    });
    expect(lines.filter((line) => line.includes('before-the-reset'))).toEqual([]);
  });

  test('keeps the addresses, the operator key and the signing keys', async () => {
    const keys = async (): Promise<unknown> =>
      await (
        await fetch(`${stack.endpoint}/${stack.outputs.userPoolId}/.well-known/jwks.json`)
      ).json();
    const before = [await get(stack, 'outputs'), await keys()];
    await post(stack, 'reset');
    expect([await get(stack, 'outputs'), await keys()]).toEqual(before);
    await expect(addUser(stack)).resolves.toBeDefined();
  });

  test('waits for another one that is under way', async () => {
    const before = seeded.length;
    const answers = await Promise.all([post(stack, 'reset'), post(stack, 'reset')]);
    expect(answers.map(({ status }) => status).sort()).not.toContain(500);
    expect(await get(stack, 'health')).toEqual({ status: 'ready' });
    expect(seeded.length).toBeGreaterThan(before);
  });
});

test('a reset of a data directory lasts over a restart', async () => {
  const data = mkdtempSync(join(tmpdir(), 'portal-auth-reset-'));
  const first = await startFixture({ data });
  await putItem(first, 'gone');
  await post(first, 'clock', { advanceSeconds: 3600 });
  await post(first, 'reset');
  await putItem(first, 'kept');
  await first.stop();
  const second = await startFixture({ data });
  try {
    expect(await itemsOf(second)).toBe(1);
    expect(await get(second, 'messages')).toEqual([]);
    const { now } = (await get(second, 'clock')) as { now: string };
    expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000);
  } finally {
    await second.stop();
    rmSync(data, { recursive: true });
  }
});

test('the seed route of a stack without people of its own refuses, and says why', async () => {
  const stack = await startFixture();
  const response = await post(stack, 'seed', {});
  await stack.stop();
  expect([response.status, await response.json()]).toEqual([
    400,
    {
      error: expect.stringContaining('nothing of it was loaded'),
      faults: [{ path: '', message: expect.stringContaining('without a way to add people') }],
    },
  ]);
});

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

test('the machine says when what a request causes has happened', async () => {
  const stack = await startFixture();
  try {
    await putItem(stack, 'followed to its end');
    await eventually(async () => {
      const { underWay } = (await get(stack, 'work')) as { underWay: boolean };
      return underWay ? undefined : true;
    });
    expect((await archived(stack)).join()).toContain('followed to its end');
  } finally {
    await stack.stop();
  }
});
