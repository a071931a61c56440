import { describe, expect, test } from '@jest/globals';
import type { Account } from '../../../../lambdas/capabilities/accounts/account.rules.ts';
import * as transitions from '../../../../lambdas/capabilities/accounts/account.transitions.ts';
import {
  finishSignOut,
  revoke,
  signOutAfter,
} from '../../../../lambdas/capabilities/accounts/revocation.ts';
import { put } from '../../../../lambdas/ground/platform/database.ts';
import { mayRefresh } from '../../../../lambdas/journeys/sign-in/token-gate.ts';
import { Backend } from '../../../fakes/backend.ts';
import { aGrant, anAccount, anInvited } from '../../../fakes/builders.ts';

async function withSession(account = anAccount()) {
  const backend = new Backend();
  const { accountId } = await backend.has(account);
  await backend.alter(accountId, {
    lastFactorAt: backend.now(),
    lastLoginMethod: 'PHONE',
    grants: [aGrant()],
    registrationLink: 'link',
    registrationFlow: 'flow',
  });
  const deps = { ...backend.shared, pool: backend.pool };
  return { backend, deps, account: await backend.account(accountId) };
}

const ended = (account: Account, now: number) => transitions.signOutEverywhere(account, now);

describe('a revocation', () => {
  test('ends what the account has open: grants, the last factor, registration and link', async () => {
    const { backend, deps, account } = await withSession();
    expect(await revoke(deps, account, ended(account, backend.now()))).toEqual({ done: true });
    const after = await backend.account();
    expect(after).toMatchObject({ epoch: 2, validAfter: backend.now() });
    for (const gone of ['grants', 'lastFactorAt', 'registrationLink', 'registrationFlow'])
      expect(after).not.toHaveProperty(gone);
  });

  test('raises the epoch before Cognito signs out', async () => {
    const { backend, deps, account } = await withSession();
    let epochThen: number | undefined;
    backend.pool.before = async () => {
      epochThen = (await backend.account()).epoch;
    };
    await revoke(deps, account, ended(account, backend.now()));
    expect(epochThen).toBe(2);
    expect(backend.pool.user('user-of-account-1').signOuts).toBe(1);
  });

  test('is settled once Cognito has signed out', async () => {
    const { backend, deps, account } = await withSession();
    await revoke(deps, account, ended(account, backend.now()));
    expect(await backend.account()).not.toHaveProperty('signOutDue');
  });

  test('counts also where Cognito does not sign out: it stays due, and no refresh is granted', async () => {
    const { backend, deps, account } = await withSession();
    backend.pool.failNext('signOutEverywhere');
    expect(await revoke(deps, account, ended(account, backend.now()))).toEqual({ done: true });
    const after = await backend.account();
    expect(after).toMatchObject({ epoch: 2, signOutDue: backend.now() });
    const signedInAgain = { ...after, lastFactorAt: backend.now() };
    expect(mayRefresh(signedInAgain, backend.settings, backend.now())).toEqual({
      refused: 'SIGNED_OUT',
    });
    expect(backend.lines.lines).toMatchObject([
      { level: 'ERROR', code: 'SIGN_OUT_DUE', error: 'UserPoolUnavailable' },
    ]);
  });

  test('stays due where Cognito signed out and the database does not take that it did', async () => {
    const { backend, deps, account } = await withSession();
    backend.pool.before = async () => backend.database.failNext('commit');
    await revoke(deps, account, ended(account, backend.now()));
    expect(await backend.account()).toHaveProperty('signOutDue');
    expect(backend.lines.codes()).toEqual(['SIGN_OUT_DUE']);
  });

  test('signs nobody out where it is refused', async () => {
    const { backend, deps, account } = await withSession();
    const stale = { ...account, epoch: 0 };
    expect(await revoke(deps, stale, ended(stale, backend.now()))).toMatchObject({ done: false });
    expect(backend.pool.calls).toEqual([]);
  });

  test('is an outage where it cannot be written, and nobody is signed out', async () => {
    const { backend, deps, account } = await withSession();
    backend.database.failNext('commit');
    await expect(revoke(deps, account, ended(account, 1))).rejects.toMatchObject({
      name: 'StoreUnavailable',
    });
    expect(backend.pool.calls).toEqual([]);
  });

  test('commits the writes of its caller with it, or neither', async () => {
    const { backend, deps, account } = await withSession();
    await revoke(deps, account, ended(account, 1), [put('flows', { pk: 'first' })]);
    await revoke(deps, account, ended(account, 1), [put('flows', { pk: 'second' })]);
    expect(backend.database.all('flows')).toEqual([{ pk: 'first' }]);
  });

  test('of an account without a user in Cognito has nobody to sign out', async () => {
    const backend = new Backend();
    const account = await backend.has(anInvited());
    const deps = { ...backend.shared, pool: backend.pool };
    await revoke(deps, account, transitions.disable(account, backend.now()));
    expect(await backend.account()).toMatchObject({ status: 'DISABLED', statusBefore: 'INVITED' });
    expect(await backend.account()).not.toHaveProperty('signOutDue');
    expect(backend.pool.calls).toEqual([]);
  });

  test('that another one overtook leaves the sign-out due to that one', async () => {
    const { backend, deps, account } = await withSession();
    backend.pool.before = async () => {
      backend.pool.before = undefined;
      backend.pool.failNext('signOutEverywhere');
      const now = await backend.account();
      backend.clock.pass(5);
      await revoke(deps, now, ended(now, backend.now()));
    };
    await revoke(deps, account, ended(account, backend.now()));
    // Whichever of the two calls Cognito took: a sign-out that was not taken is still due.
    expect(await backend.account()).toMatchObject({ epoch: 3, signOutDue: backend.now() });
  });

  test('that ended no session signs nobody out', async () => {
    const { backend, deps, account } = await withSession();
    const first = transitions.activate(
      { ...account, registeredAt: undefined as never },
      {
        loginMethod: 'EMAIL',
        formerEmail: undefined,
        now: 1,
      },
    );
    await signOutAfter(deps, account, first);
    expect(backend.pool.calls).toEqual([]);
  });
});

describe('a sign-out that is due', () => {
  test('is finished once, and nothing is done where nothing is due', async () => {
    const { backend, deps, account } = await withSession(anAccount({ signOutDue: 5 }));
    await finishSignOut(deps, account);
    await finishSignOut(deps, await backend.account());
    expect(backend.pool.user('user-of-account-1').signOuts).toBe(1);
  });

  test('is an outage while Cognito does not answer', async () => {
    const { backend, deps, account } = await withSession(anAccount({ signOutDue: 5 }));
    backend.pool.failNext('signOutEverywhere');
    await expect(finishSignOut(deps, account)).rejects.toMatchObject({
      name: 'UserPoolUnavailable',
    });
    expect(await backend.account()).toMatchObject({ signOutDue: 5 });
  });
});

describe('the transitions that end sessions', () => {
  const now = 7;
  test.each([
    ['reset', transitions.resetRegistration(anAccount(), now), { status: 'RESET' }],
    ['disable', transitions.disable(anAccount(), now), { status: 'DISABLED' }],
    [
      'enable',
      transitions.enable(anAccount({ statusBefore: 'ACTIVE' }), now),
      { status: 'ACTIVE' },
    ],
    ['change the role', transitions.changeRole(anAccount(), 'ADMIN', now), { role: 'ADMIN' }],
    ['complete a reset', transitions.completePasswordReset(anAccount(), 'l', now), {}],
    ['sign out everywhere', transitions.signOutEverywhere(anAccount(), now), {}],
  ])('%s: all of them raise the epoch and leave a sign-out due', (_name, { change }, set) => {
    expect(change.set).toMatchObject({ epoch: 2, validAfter: now, signOutDue: now, ...set });
    expect(change.remove).toEqual(
      expect.arrayContaining(['lastFactorAt', 'grants', 'registrationFlow', 'registrationLink']),
    );
  });

  test('enabling an account that remembers no status makes it RESET', () => {
    expect(transitions.enable(anAccount(), now).change.set).toMatchObject({ status: 'RESET' });
  });

  test('a reset of an incomplete registration keeps the former address', () => {
    const account = anAccount({ status: 'ENROLLING', formerEmail: 'first@a.example' });
    const { change } = transitions.resetRegistration(account, now);
    expect(change.set).toMatchObject({ formerEmail: 'first@a.example' });
  });
});
