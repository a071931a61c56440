/**
 * The canary on a stack that has one: what a run shows, what it raises, and what nobody gains by
 * it.
 */
import {
  AdminDeleteUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { addPeople, seedLocal } from '../../../bin/seed-local.ts';
import { type LocalStack, startLocal } from '../../../local/local-stack.ts';
import { StackAlarms } from '../clients/alarms.ts';
import { ADA, eventually, Machine, PASSWORD } from '../clients/machine.ts';
import { runOps } from '../clients/operator.ts';
import { assemblyWith } from '../clients/own-assembly.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { Resetter } from '../clients/resetter.ts';

const EVERY_MINUTES = 90;

let stack: LocalStack;
let machine: Machine;
let alarms: StackAlarms;
beforeAll(async () => {
  const assembly = await assemblyWith({ canary: { everyMinutes: EVERY_MINUTES } });
  stack = await startLocal({ assembly, seed: seedLocal, addPeople });
  machine = new Machine(stack);
  alarms = new StackAlarms(machine);
}, 120_000);
afterAll(async () => machine.stop());
beforeEach(async () => {
  await machine.reset();
});

interface Line {
  code: string;
  stage?: string;
  why?: string;
}

const lines = async (code: string) =>
  (await machine.logs('canary'))
    .map(({ line }) => JSON.parse(line) as Line)
    .filter((line) => line.code === code);

/** Lets the next run come, and waits until it has ended. */
async function run(outcome: 'CANARY_PASSED' | 'CANARY_FAILED' = 'CANARY_PASSED'): Promise<Line> {
  const before = (await lines(outcome)).length;
  await machine.advance(EVERY_MINUTES * 60);
  return await eventually(async () => (await lines(outcome))[before], outcome);
}

async function address(): Promise<string> {
  const [sent] = (await machine.messages()).filter(({ to }) => to.includes('simulator'));
  return sent?.to ?? '';
}

async function sumOf(name: string): Promise<number> {
  const metrics = (await machine.local('GET', `metrics?name=${name}`)) as {
    points: { sum: number }[];
  }[];
  return metrics.flatMap(({ points }) => points).reduce((sum, { sum: one }) => sum + one, 0);
}

describe('a run', () => {
  test('has a code sent to the mailbox simulator, and does not count as a sign-in that somebody began', async () => {
    await run();
    await run();
    expect(await address()).toMatch(/^success\+[0-9a-f-]{36}@simulator\.amazonses\.com$/);
    expect(await lines('CANARY_PASSED')).toHaveLength(2);
    expect(await sumOf('CanaryPasses')).toBe(2);
    expect(await sumOf('SignInsStarted')).toBe(0);
    expect(await sumOf('Sends')).toBeGreaterThanOrEqual(2);
    expect(await alarms.raised()).toEqual([]);
  });

  test('logs neither its password nor its address', async () => {
    await run();
    const log = JSON.stringify(await machine.logs());
    expect(log).not.toContain('simulator');
    expect(log.toLowerCase()).not.toContain('password"');
  });

  test('leaves nothing that does not fit together', async () => {
    await run();
    expect((await runOps(machine, 'check')).out).toBe('Nothing was found.\n');
  });

  test('makes what is lost again: its user, and its account', async () => {
    await run();
    await cognito().send(new AdminDeleteUserCommand({ ...pool(), Username: await address() }));
    await run();
    const { code } = await runOps(machine, 'users', 'erase', 'canary', '--yes', '--reason', 'test');
    expect(code).toBe(0);
    await run();
    expect((await runOps(machine, 'check')).out).toBe('Nothing was found.\n');
  });

  test('uses every right that its function has', async () => {
    await run();
    const [, used = new Set<string>()] =
      [...stack.usedRights()].find(([arn]) => arn.includes('CanaryFunctionRole')) ?? [];
    const actions = new Set([...used].map((one) => one.split(' ')[0]));
    for (const action of [
      ...['dynamodb:GetItem', 'dynamodb:PutItem', 'cognito-idp:AdminCreateUser'],
      'cognito-idp:AdminSetUserPassword',
    ])
      expect(actions).toContain(action);
    expect([...actions].filter((one) => /Delete|Scan|Query|Send|Mac/.test(one ?? ''))).toEqual([]);
  });
});

const many = 1_000;

describe('a run that stops', () => {
  test.each<[stage: string, why: RegExp, fault: object]>([
    [
      'ACCOUNT',
      /OUTAGE/,
      { service: 'dynamodb', function: 'canary', error: 'InternalServerError' },
    ],
    ['ACCOUNT', /OUTAGE/, { service: 'cognito', operation: 'AdminSetUserPassword' }],
    ['PASSWORD', /OUTAGE/, { service: 'cognito', operation: 'InitiateAuth' }],
    [
      'PASSWORD',
      /OUTAGE/,
      { service: 'dynamodb', function: 'create', error: 'InternalServerError' },
    ],
    ['CODE', /DELIVERY_FAILED/, { service: 'ses', error: 'ThrottlingException' }],
    ['CODE', /OUTAGE/, { service: 'kms', error: 'KMSInternalException' }],
  ])(
    'at %s says so, raises the alarm, and ends it with the next',
    async (stage, why, fault) => {
      await run();
      await machine.fault({ ...fault, times: many });
      const failed = await run('CANARY_FAILED');
      expect(failed).toMatchObject({ stage, why: expect.stringMatching(why) });
      await alarms.untilRaised('CanaryFails');
      await machine.clearFaults();
      await run();
      await run();
      expect(await alarms.raised()).not.toContain('CanaryFails');
    },
    120_000,
  );

  test('where a person has its username is named, and the person keeps it', async () => {
    const person = { username: 'canary', firstName: 'Some', lastName: 'Body', npi: '1234567893' };
    const email = 'canary@cedargrove.example';
    const users = [{ ...person, method: 'EMAIL', email, password: PASSWORD }];
    await machine.local('POST', 'seed', { users });
    const { stage, why } = await run('CANARY_FAILED');
    expect({ stage, why }).toEqual({
      stage: 'ACCOUNT',
      why: 'The username canary belongs to somebody',
    });
    const found = await runOps(machine, 'users', 'show', 'canary', '--json');
    expect(JSON.parse(found.out)).toMatchObject({ lastName: 'Body' });
  });

  test('once is repeated at once, and raises nothing', async () => {
    await run();
    await machine.fault({ service: 'cognito', operation: 'InitiateAuth', times: 1 });
    await run();
    expect(await lines('CANARY_REPEATS')).toHaveLength(1);
    expect(await alarms.raised()).not.toContain('CanaryFails');
  });
});

const cognito = () =>
  new CognitoIdentityProviderClient({
    endpoint: stack.endpoint,
    region: stack.outputs.region,
    credentials: stack.operatorCredentials,
  });
const pool = () => ({ UserPoolId: stack.outputs.userPoolId });

describe('whoever has the password and the mailbox', () => {
  const KNOWN = 'Known-To-An-Attacker-1';

  /** As if the password had leaked. */
  async function leak(): Promise<PortalUser> {
    await run();
    const Username = await address();
    const input = { ...pool(), Username, Password: KNOWN, Permanent: true };
    await cognito().send(new AdminSetUserPasswordCommand(input));
    return new PortalUser(machine, Username);
  }

  async function acceptTerms(user: PortalUser): Promise<unknown> {
    expect(user.round.challenge).toBe('ACCEPT_TERMS');
    return await user.answer({ acceptTerms: user.round.parameters.termsVersion });
  }

  test('gets no token for the right code', async () => {
    const attacker = await leak();
    await attacker.provePassword(KNOWN);
    const code = await attacker.sendCode('EMAIL', attacker.email);
    await attacker.answer({ code });
    await acceptTerms(attacker);
    expect(attacker.round).toMatchObject({ message: expect.stringContaining('No tokens') });
    expect(attacker.round.tokens).toBeUndefined();
    await machine.logged('token-gate', '"refused":"CANARY"');
  });

  test('gets none by a password reset and its ticket', async () => {
    const attacker = await leak();
    const ticket = await new Resetter(machine).reset({ email: attacker.email }, PASSWORD);
    await attacker.provePassword(PASSWORD);
    await attacker.answer({ ticket });
    await acceptTerms(attacker);
    expect(attacker.round.tokens).toBeUndefined();
  });

  test('finds the next run to have taken the password away', async () => {
    const attacker = await leak();
    await run();
    expect(await attacker.provePassword(KNOWN)).toMatchObject({ error: 'NotAuthorizedException' });
  });
});

test('no administrator lists the canary, and no help desk finds its provider', async () => {
  await run();
  const ada = new PortalUser(machine, ADA.email);
  const { AccessToken } = await ada.signIn(PASSWORD, 'SMS', ADA.phone);
  const { body } = await machine.api('GET', '/admin/users?search=canary', undefined, AccessToken);
  expect(body.users).toEqual([]);
  const one = await machine.api('GET', '/admin/users/canary/events', undefined, AccessToken);
  expect(one.status).toBe(404);
  const npi = '0000000000';
  const taken = await machine.api('POST', '/provider-registrations', { npi, code: 'A-B' });
  expect(taken.status).toBeGreaterThanOrEqual(400);
});
