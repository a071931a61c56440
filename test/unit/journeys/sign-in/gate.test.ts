import { describe, expect, test } from '@jest/globals';
import { decideTokens } from '../../../../lambdas/journeys/sign-in/token-gate.ts';
import { Backend } from '../../../fakes/backend.ts';
import { aGrant, anAccount, CLIENT_ID, HOUR, type Some } from '../../../fakes/builders.ts';
import type { Grant } from '../../../../lambdas/capabilities/accounts/account.rules.ts';
import { gateDeps } from './sign-in.ts';

const IN_A_MINUTE = Date.parse('2026-10-05T12:01:00.000Z');
const grant = (more: Some<Grant> = {}) => aGrant({ expiresAt: IN_A_MINUTE, ...more });

async function withGrants(grants: Grant[], more: Parameters<typeof anAccount>[0] = {}) {
  const backend = new Backend();
  await backend.has(anAccount({ grants, ...more }));
  return backend;
}

const signIn = (backend: Backend, more: { accountId?: string; clientId?: string } = {}) =>
  decideTokens(gateDeps(backend), {
    source: 'SIGN_IN',
    accountId: 'account-1',
    clientId: CLIENT_ID,
    ...more,
  });
const refresh = (backend: Backend) =>
  decideTokens(gateDeps(backend), {
    source: 'REFRESH',
    accountId: 'account-1',
    clientId: CLIENT_ID,
  });

describe('the token gate at a sign-in', () => {
  test('takes the grant away and marks the sign-in', async () => {
    const backend = await withGrants([grant()]);
    expect(await signIn(backend)).toMatchObject({ issued: { login_method: 'PHONE' } });
    expect(await backend.account()).toMatchObject({ grants: [], lastSignInAt: backend.now() });
  });

  test('issues once for one grant', async () => {
    const backend = await withGrants([grant()]);
    await signIn(backend);
    backend.clock.pass(16_000);
    expect(await signIn(backend)).toEqual({ refused: 'NO_GRANT' });
  });

  test('gives each repeat within sixteen seconds the same answer, and marks nothing again', async () => {
    const backend = await withGrants([grant({ factorAt: 5_000 })], { lastSignInAt: 7 });
    const first = await signIn(backend);
    const marked = await backend.account();
    // Cognito waits five seconds for each of three calls, and the last one may start slowly.
    for (const ms of [5_000, 5_000, 5_999]) {
      backend.clock.pass(ms);
      expect(await signIn(backend)).toEqual(first);
    }
    expect(await backend.account()).toEqual(marked);
    expect(marked.previousSignInAt).toBe(7);
  });

  test.each([
    ['another client', { clientId: 'another' }, { refused: 'FOREIGN_CLIENT' }],
    ['another account', { accountId: 'account-2' }, { refused: 'NO_GRANT' }],
  ])('gives a repeat of %s nothing', async (_whose, more, refused) => {
    const backend = await withGrants([grant()]);
    await signIn(backend);
    expect(await signIn(backend, more)).toEqual(refused);
  });

  test('gives a repeat nothing after a revocation', async () => {
    const backend = await withGrants([grant()]);
    await signIn(backend);
    await backend.alter('account-1', { epoch: 2 });
    expect(await signIn(backend)).toEqual({ refused: 'NO_GRANT' });
  });

  test('takes every grant once, of fifty calls at once', async () => {
    const backend = await withGrants([grant(), grant({ loginMethod: 'EMAIL' })]);
    await Promise.all(Array.from({ length: 50 }, () => signIn(backend)));
    expect((await backend.account()).grants).toEqual([]);
    backend.clock.pass(16_000);
    expect(await signIn(backend)).toEqual({ refused: 'NO_GRANT' });
  });

  test('passes over a grant that has expired, and removes it', async () => {
    const expired = grant({ expiresAt: IN_A_MINUTE - 60_000 });
    const backend = await withGrants([expired, grant({ loginMethod: 'EMAIL' })]);
    expect(await signIn(backend)).toMatchObject({ issued: { login_method: 'EMAIL' } });
    expect((await backend.account()).grants).toEqual([]);
  });

  test.each<[string, Grant[]]>([
    ['without any grant', []],
    ['with a grant that ends now', [grant({ expiresAt: IN_A_MINUTE - 60_000 })]],
    ['with a grant of another client', [grant({ clientId: 'another' })]],
    ['with a grant of an older epoch', [grant({ epoch: 0 })]],
  ])('refuses %s', async (_what, grants) => {
    const backend = await withGrants(grants);
    expect(await signIn(backend)).toEqual({ refused: 'NO_GRANT' });
    expect((await backend.account()).lastSignInAt).toBeUndefined();
  });

  test.each(['RESET', 'DISABLED', 'ENROLLING'] as const)(
    'refuses an account that is %s, grant or not',
    async (status) => {
      const backend = await withGrants([grant()], { status });
      expect(await signIn(backend)).toEqual({ refused: 'NO_GRANT' });
    },
  );

  test('refuses a user without an account and a foreign client, before it looks for a grant', async () => {
    const backend = await withGrants([grant()]);
    const before = backend.database.calls.length;
    const request = { source: 'SIGN_IN', clientId: CLIENT_ID } as const;
    const nobody = await decideTokens(gateDeps(backend), { ...request, accountId: undefined });
    expect(nobody).toEqual({ refused: 'NO_ACCOUNT' });
    expect(await signIn(backend, { clientId: 'another' })).toEqual({ refused: 'FOREIGN_CLIENT' });
    expect(backend.database.calls).toHaveLength(before);
  });

  test('issues nothing while the database does not answer, and keeps the grant', async () => {
    const backend = await withGrants([grant()]);
    backend.database.failNext('take');
    await expect(signIn(backend)).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(await signIn(backend)).toMatchObject({ issued: {} });
  });

  test('is an outage where the client id cannot be read', async () => {
    const backend = await withGrants([grant()]);
    const deps = { ...gateDeps(backend), clientId: () => Promise.reject(new Error('SSM')) };
    const request = { source: 'SIGN_IN', accountId: 'account-1', clientId: CLIENT_ID } as const;
    await expect(decideTokens(deps, request)).rejects.toThrow('SSM');
    expect((await backend.account()).grants).toHaveLength(1);
  });
});

describe('the token gate at a refresh', () => {
  const signedIn = { lastFactorAt: IN_A_MINUTE - 60_000, lastLoginMethod: 'PHONE' } as const;

  test('issues the claims of the last sign-in and takes no grant', async () => {
    const backend = await withGrants([grant()], signedIn);
    expect(await refresh(backend)).toMatchObject({ issued: { login_method: 'PHONE' } });
    expect((await backend.account()).grants).toHaveLength(1);
  });

  test('claims the oldest factor of the sessions that may be alive', async () => {
    const sessionsSince = IN_A_MINUTE - HOUR;
    const backend = await withGrants([], { ...signedIn, sessionsSince });
    expect(await refresh(backend)).toMatchObject({ issued: { factor_at: sessionsSince / 1000 } });
  });

  test('refuses while a revocation is not signed out of Cognito', async () => {
    const backend = await withGrants([], { ...signedIn, signOutDue: 1 });
    expect(await refresh(backend)).toEqual({ refused: 'SIGNED_OUT' });
  });

  test('refuses four hours after the last factor', async () => {
    const backend = await withGrants([], signedIn);
    backend.clock.pass(4 * HOUR);
    expect(await refresh(backend)).toEqual({ refused: 'SESSION_OVER' });
  });

  test('refuses an account that is gone', async () => {
    const backend = new Backend();
    expect(await refresh(backend)).toEqual({ refused: 'NOT_ACTIVE' });
  });

  test('refuses nothing and issues nothing while the database does not answer', async () => {
    const backend = await withGrants([], signedIn);
    backend.database.failNext('read');
    await expect(refresh(backend)).rejects.toMatchObject({ name: 'StoreUnavailable' });
  });
});
