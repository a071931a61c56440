import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ADA, eventually, Machine, PASSWORD, PAT } from '../clients/machine.ts';
import { PortalUser, type Tokens } from '../clients/portal-user.ts';
import { runOps } from '../clients/operator.ts';
import { NEW_PASSWORD } from '../clients/registrant.ts';
import { Resetter } from '../clients/resetter.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());
afterEach(async () => {
  await machine.clearFaults();
  await machine.advance(90_000);
});

const signIn = (who: { email: string; phone: string }, password = PASSWORD): Promise<Tokens> =>
  new PortalUser(machine, who.email).signIn(password, 'SMS', who.phone);

async function isAlive({ AccessToken, RefreshToken }: Tokens): Promise<boolean> {
  const me = await machine.api('GET', '/me', undefined, AccessToken);
  const refreshed = await new PortalUser(machine, PAT.email).refresh(RefreshToken);
  return me.status === 200 || refreshed.AuthenticationResult !== undefined;
}

/** Signs in while `end` is under way, with its first write or its sign-out of Cognito held back. */
async function signInDuring(
  end: () => Promise<unknown>,
  fault: object,
): Promise<Tokens | undefined> {
  const user = new PortalUser(machine, PAT.email);
  await user.provePassword(PASSWORD);
  const code = await user.sendCode('SMS', PAT.phone);
  await machine.fault({ times: 1, delayMs: 1_000, ...fault });
  const ended = end();
  const { tokens } = await user.answer({ code });
  await ended;
  return tokens;
}

describe('no session that begins while sessions are ended survives', () => {
  const inOrder: [what: string, fault: object][] = [
    ['its write is slow', { service: 'dynamodb', operation: 'TransactWriteItems' }],
    ['Cognito is slow', { service: 'cognito', operation: 'AdminUserGlobalSignOut' }],
  ];

  test.each(inOrder)('sign-out everywhere, when %s', async (_what, fault) => {
    const before = await signIn(PAT);
    const tokens = await signInDuring(
      () => machine.api('POST', '/me/sign-out-everywhere', undefined, before.AccessToken),
      { function: 'me', ...fault },
    );
    expect(await isAlive(before)).toBe(false);
    // Without the epoch first, this session would be the one that lives on.
    const survives = tokens !== undefined && (await isAlive(tokens));
    expect(survives).toBe(false);
  });

  test.each(inOrder)('an administrator disables, when %s', async (_what, fault) => {
    const { AccessToken: ada } = await signIn(ADA);
    const status = (status: string) =>
      machine.api('PUT', '/admin/users/pphone/status', { status }, ada);
    const tokens = await signInDuring(() => status('DISABLED'), { function: 'admin', ...fault });
    await status('ENABLED');
    const survives = tokens !== undefined && (await isAlive(tokens));
    expect(survives).toBe(false);
  });

  test.each(inOrder)('a password reset, when %s', async (_what, fault) => {
    const resetter = new Resetter(machine);
    await resetter.proveEmail(PAT.email);
    await machine.advance(16);
    await resetter.provePhone(PAT.phone);
    const tokens = await signInDuring(
      () => resetter.step('PUT', '/password', { password: PASSWORD }),
      { function: 'recovery', ...fault },
    );
    const survives = tokens !== undefined && (await isAlive(tokens));
    expect(survives).toBe(false);
  });

  test.each([
    ...inOrder,
    ['Cognito sets it slowly', { service: 'cognito', operation: 'AdminSetUserPassword' }] as const,
  ])('a changed password, when %s', async (_what, fault) => {
    const before = await signIn(PAT);
    const passwords = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    const tokens = await signInDuring(
      () => machine.api('PUT', '/me/password', passwords, before.AccessToken),
      { function: 'changes', ...fault },
    );
    expect(await isAlive(before)).toBe(false);
    const survives = tokens !== undefined && (await isAlive(tokens));
    expect(survives).toBe(false);
    await machine.advance(901);
    await new Resetter(machine).reset(PAT, PASSWORD);
  });

  test('an operator changes the role, when Cognito is slow', async () => {
    const before = await signIn(PAT);
    const why = ['--yes', '--reason', 'a new task', '--ticket', 'T-1'];
    const makeAdmin = async () => {
      const { code } = await runOps(machine, 'users', 'make-admin', 'pphone', ...why);
      expect(code).toBe(0);
    };
    const slow = { service: 'cognito', operation: 'AdminUserGlobalSignOut' };
    const tokens = await signInDuring(makeAdmin, slow);
    expect(await isAlive(before)).toBe(false);
    // A sign-in that ends before the role changes ends with it; a later one has the new role.
    expect(tokens).toBeDefined();
    const { status, body } = await machine.api('GET', '/me', undefined, tokens?.AccessToken);
    expect(['401', '200 ADMIN']).toContain(status === 200 ? `200 ${body.role}` : String(status));
  });

  test.each(inOrder)('an administrator resets, when %s', async (_what, fault) => {
    const before = await signIn(PAT);
    const { AccessToken: ada } = await signIn(ADA);
    const tokens = await signInDuring(
      () => machine.api('POST', '/admin/users/pphone/registration-reset', {}, ada),
      { function: 'admin', ...fault },
    );
    expect(await isAlive(before)).toBe(false);
    const survives = tokens !== undefined && (await isAlive(tokens));
    expect(survives).toBe(false);
    await machine.reset();
  });
});

describe('while Cognito signs nobody out', () => {
  const failing = {
    service: 'cognito',
    operation: 'AdminUserGlobalSignOut',
    times: 6,
    error: 'InternalErrorException',
  };

  test('disabling and enabling leave no refresh token alive, and a later sign-in revives none', async () => {
    const before = await signIn(PAT);
    const { AccessToken: ada } = await signIn(ADA);
    await machine.fault(failing);
    for (const status of ['DISABLED', 'ENABLED'])
      expect((await machine.api('PUT', '/admin/users/pphone/status', { status }, ada)).status).toBe(
        200,
      );
    await signIn(PAT);
    expect(await isAlive(before)).toBe(false);
    await machine.clearFaults();
    // The follower of the audit trail finishes what Cognito did not take.
    await eventually(
      async () =>
        (await machine.logs('notices')).find(({ line }) => line.includes('SIGN_OUT_FINISHED')),
      'the sign-out',
    );
    await machine.advance(901);
    const fresh = await signIn(PAT);
    expect(await isAlive(before)).toBe(false);
    expect(await isAlive(fresh)).toBe(true);
  });

  test('an administrator’s reset ends every session', async () => {
    const before = await signIn(PAT);
    const { AccessToken: ada } = await signIn(ADA);
    await machine.fault({ ...failing, times: 1 });
    await machine.api('POST', '/admin/users/pphone/registration-reset', {}, ada);
    expect(await isAlive(before)).toBe(false);
  });
});
