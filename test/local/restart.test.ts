import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { LocalStack } from '../../local/local-stack.ts';
import { createSrpClient } from '../clients/srp-client.ts';
import { Callee } from '../journeys/clients/callee.ts';
import { Machine, PASSWORD as SAMPLE_PASSWORD, PAT } from '../journeys/clients/machine.ts';
import { PortalUser } from '../journeys/clients/portal-user.ts';
import {
  addUser,
  answer,
  clientsOf,
  PASSWORD,
  provePassword,
  signIn,
  startFixture,
} from './fixture.ts';

let data: string;
/** What runs now, ended after each test whatever became of it. */
let running: { stop: () => Promise<void> } | undefined;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'portal-auth-data-'));
});
afterEach(async () => {
  await running?.stop();
  rmSync(data, { recursive: true });
});

async function start(): Promise<LocalStack> {
  const stack = await startFixture({ data });
  running = stack;
  return stack;
}

async function boot(): Promise<Machine> {
  const machine = await Machine.boot(undefined, data);
  running = machine;
  return machine;
}

const dynamo = ({ endpoint }: LocalStack): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'anything', secretAccessKey: 'anything' },
  });

describe('a restart in the same directory', () => {
  test('keeps users, passwords, sign-ins, keys, items, messages and the clock', async () => {
    const first = await start();
    const { email } = await addUser(first);
    const { RefreshToken } = await signIn(first, email);
    await dynamo(first).send(
      new PutItemCommand({ TableName: first.outputs.tables.Codes, Item: { pk: { S: 'kept' } } }),
    );
    await clientsOf(first).local('POST', 'clock', { advanceSeconds: 600 });
    const keysBefore = await (
      await fetch(`${first.endpoint}/${first.outputs.userPoolId}/.well-known/jwks.json`)
    ).json();
    await first.stop();
    const second = await start();
    expect([first.resumed, second.resumed]).toEqual([false, true]);
    expect((await provePassword(second, email)).ChallengeName).toBe('CUSTOM_CHALLENGE');
    const renewed = await clientsOf(second).anonymous.send(
      new GetTokensFromRefreshTokenCommand({
        ClientId: second.outputs.userPoolClientId,
        RefreshToken,
      }),
    );
    expect(renewed.AuthenticationResult?.AccessToken).toBeDefined();
    expect(
      (
        await dynamo(second).send(
          new GetItemCommand({
            TableName: second.outputs.tables.Codes,
            Key: { pk: { S: 'kept' } },
          }),
        )
      ).Item,
    ).toBeDefined();
    expect(await clientsOf(second).local('GET', `messages?to=${email}`)).toHaveLength(2);
    expect(
      Date.parse(((await clientsOf(second).local('GET', 'clock')) as { now: string }).now),
    ).toBeGreaterThan(Date.now() + 599_000);
    expect(
      await (
        await fetch(`${second.endpoint}/${second.outputs.userPoolId}/.well-known/jwks.json`)
      ).json(),
    ).toEqual(keysBefore);
  });

  test.each([
    ['with its session', true],
    ['by its secret block', false],
  ])('lets a password be proven that was asked for before it, %s', async (_how, withSession) => {
    const first = await start();
    const { email } = await addUser(first);
    const { userPoolClientId: ClientId, userPoolId } = first.outputs;
    const srp = createSrpClient();
    const begun = await clientsOf(first).anonymous.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: 'CUSTOM_AUTH',
        AuthParameters: { USERNAME: email, SRP_A: srp.srpA, CHALLENGE_NAME: 'SRP_A' },
      }),
    );
    await first.stop();
    const { ChallengeName } = await clientsOf(await start()).anonymous.send(
      new RespondToAuthChallengeCommand({
        ClientId,
        ChallengeName: 'PASSWORD_VERIFIER',
        ...(withSession ? { Session: begun.Session } : {}),
        ChallengeResponses: srp.answer(userPoolId, PASSWORD, begun.ChallengeParameters),
      }),
    );
    expect(ChallengeName).toBe('CUSTOM_CHALLENGE');
  });

  test('neither revives a spent session nor prolongs an open one, and writes none down as it is', async () => {
    const first = await start();
    const { email } = await addUser(first);
    const spent = await provePassword(first, email);
    const open = await answer(first, email, spent.Session, '000000');
    await first.stop();
    expect(readFileSync(join(data, 'services.json'), 'utf8')).not.toContain(open.Session);
    const second = await start();
    await expect(answer(second, email, spent.Session, '100002')).rejects.toMatchObject({
      message: expect.stringContaining('can only be used once'),
    });
    await clientsOf(second).local('POST', 'clock', { advanceSeconds: 900 });
    await expect(answer(second, email, open.Session, '100003')).rejects.toMatchObject({
      message: expect.stringContaining('session is expired'),
    });
  });

  test('lets someone go on with the code that was sent before it', async () => {
    const before = new PortalUser(await boot(), PAT.email);
    await before.provePassword(SAMPLE_PASSWORD);
    const code = await before.sendCode('SMS', PAT.phone);
    const { session } = before.round;
    await before.machine.stop();
    const after = new PortalUser(await boot(), PAT.email);
    expect((await after.answer({ code }, session)).tokens).toBeDefined();
  });

  test.each([
    ['rang', 'NO_ANSWER'],
    ['was answered', 'FAILED'],
  ])('ends a call that %s before it, and the page that polls sees %s', async (how, status) => {
    const machine = await boot();
    const before = new PortalUser(machine, PAT.email);
    await before.provePassword(SAMPLE_PASSWORD);
    const { callId } = (await before.answer({ factor: 'CALL' })).parameters;
    const phone = new Callee(machine, PAT.phone);
    if (how === 'was answered') {
      await phone.answer();
      await phone.becomes(callId, 'ANSWERED');
    }
    await machine.stop();
    const after = new Callee(await boot(), PAT.phone);
    expect((await after.newest()).state).toBe('ENDED');
    expect(await after.becomes(callId, status)).toBe(status);
    await after.machine.stop();
    // Told once: the next start has nothing to say of it.
    expect(await new Callee(await boot(), PAT.phone).status(callId)).toBe(status);
  });
});

test('a directory in use is refused with the process that has it, which goes on undisturbed; after its end it is free', async () => {
  const first = await start();
  await expect(startFixture({ data })).rejects.toThrow(
    `The data directory ${data} is in use by process ${process.pid}. End that process, or set --data to another directory.`,
  );
  expect(await clientsOf(first).local('GET', 'health')).toEqual({ status: 'ready' });
  await first.stop();
  expect((await start()).resumed).toBe(true);
});

test('a directory that cannot be filled is named with the remedy, and let go of', async () => {
  const seed = async (): Promise<void> => {
    throw new Error('half of it is there');
  };
  await expect(startFixture({ data, seed })).rejects.toThrow(
    `The stack cannot be filled: half of it is there. If an earlier start was cut off while it filled ${data}, remove that directory`,
  );
  expect((await start()).resumed).toBe(true);
});
