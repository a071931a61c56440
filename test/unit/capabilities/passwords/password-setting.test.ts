import { describe, expect, test } from '@jest/globals';
import type { Account } from '../../../../lambdas/capabilities/accounts/account.rules.ts';
import { holdsPasswordLease } from '../../../../lambdas/capabilities/accounts/account.transitions.ts';
import {
  setPasswordOf,
  withPasswordLease,
} from '../../../../lambdas/capabilities/passwords/password-setting.ts';
import { clausesOf } from '../../../../lambdas/ground/platform/attributes.rules.ts';
import { check } from '../../../../lambdas/ground/platform/database.ts';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount, anInvited, GOOD_PASSWORD } from '../../../fakes/builders.ts';

const flowHolds = check('flows', { pk: 'flow' }, clausesOf<{ pk: string }>().absent('pk'));

async function withAccount(account = anAccount()) {
  const backend = new Backend();
  await backend.has(account);
  const leased = <T extends object>(set: (leaseId: string) => Promise<T>, of = account) =>
    withPasswordLease(backend.shared, { account: of, flowHolds, now: backend.now() }, set);
  return { backend, account, leased };
}

describe('the lease of a password', () => {
  test('is held while the password is set, and its id is what the end must find', async () => {
    const { backend, account, leased } = await withAccount();
    const outcome = await leased(async (leaseId) => {
      const holds = backend.accounts.holds(account, [holdsPasswordLease(leaseId)]);
      return backend.commit([holds]);
    });
    expect(outcome).toEqual({ done: true });
  });

  test('goes to one of fifty requests at once; the others are busy and set nothing', async () => {
    const { backend, leased } = await withAccount();
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        leased(async () => {
          await backend.pool.setPassword('user-of-account-1', `password-${index}`);
          return { index };
        }),
      ),
    );
    const [winner] = outcomes.filter((outcome) => outcome !== 'BUSY');
    expect(outcomes.filter((outcome) => outcome === 'BUSY')).toHaveLength(49);
    expect(backend.pool.user('user-of-account-1').password).toBe(
      `password-${(winner as { index: number }).index}`,
    );
  });

  test('is taken by nobody while another request has it, and by the next one 15 seconds later', async () => {
    const { backend, leased } = await withAccount();
    backend.database.beforeCommit = async () => {
      await leased(async () => ({ other: true }));
    };
    expect(await leased(async () => ({ mine: true }))).toBe('BUSY');
    backend.clock.pass(15_000);
    expect(await leased(async () => ({ mine: true }))).toBe('BUSY');
    backend.clock.pass(1);
    expect(await leased(async () => ({ mine: true }))).toEqual({ mine: true });
  });

  test('is given back at once where the password is refused', async () => {
    const { backend, leased } = await withAccount();
    expect(await leased(async () => ({ refused: 'PASSWORD_INVALID' }))).toEqual({
      refused: 'PASSWORD_INVALID',
    });
    expect(await backend.account()).not.toHaveProperty('passwordLease');
  });

  test('is given back where something fails, and the failure is reported', async () => {
    const { backend, leased } = await withAccount();
    const failure = leased(() => Promise.reject(new Error('Cognito')));
    await expect(failure).rejects.toThrow('Cognito');
    expect(await backend.account()).not.toHaveProperty('passwordLease');
    expect(await leased(async () => ({ again: true }))).toEqual({ again: true });
  });

  test('that cannot be given back is logged and ends by itself; the first failure is reported', async () => {
    const { backend, leased } = await withAccount();
    const failure = leased(() => {
      backend.database.failNext('commit');
      return Promise.reject(new Error('Cognito'));
    });
    await expect(failure).rejects.toThrow('Cognito');
    expect(backend.lines.lines).toMatchObject([
      { level: 'WARN', code: 'LEASE_NOT_RETURNED', error: 'StoreUnavailable' },
    ]);
    backend.clock.pass(15_001);
    expect(await leased(async () => ({ again: true }))).toEqual({ again: true });
  });

  test('is not taken where the flow has gone on meanwhile', async () => {
    const { backend, leased } = await withAccount();
    await backend.write({ kind: 'put', table: 'flows', item: { pk: 'flow' }, when: [] });
    expect(await leased(async () => ({ mine: true }))).toBe('BUSY');
  });

  test('is not taken for an account that was revoked meanwhile', async () => {
    const { backend, leased } = await withAccount();
    await backend.alter('account-1', { epoch: 2 });
    expect(await leased(async () => ({ mine: true }))).toBe('BUSY');
  });

  test('is an outage where it cannot be taken, and nothing is set', async () => {
    const { backend, leased } = await withAccount();
    backend.database.failNext('commit');
    await expect(leased(async () => ({ mine: true }))).rejects.toMatchObject({
      name: 'StoreUnavailable',
    });
    expect(backend.pool.calls).toEqual([]);
  });
});

describe('setting a password', () => {
  const EMAIL = 'pat@cedargrove.example';
  const setting = async (account: Account, email = EMAIL) => {
    const { backend } = await withAccount(account);
    const set = (password = GOOD_PASSWORD) =>
      setPasswordOf({ ...backend.shared, ...backend }, account, email, password);
    return { backend, set };
  };

  test('makes the user of an account that has none, and claims the address', async () => {
    const { backend, set } = await setting(anInvited());
    expect(await set()).toEqual({ cognitoUsername: 'user-1' });
    expect(backend.pool.user('user-1')).toMatchObject({ email: EMAIL, password: GOOD_PASSWORD });
    expect(await backend.accounts.ownerOf(EMAIL)).toBe('account-1');
  });

  test('keeps the user of an account whose address stays', async () => {
    const { backend, set } = await setting(anAccount());
    expect(await set()).toEqual({ cognitoUsername: 'user-of-account-1' });
    expect(backend.pool.calls).toEqual(['setPassword']);
  });

  test('moves the user of an account whose address changes', async () => {
    const { backend, set } = await setting(anAccount(), 'new@cedargrove.example');
    await set();
    expect(backend.pool.user('user-of-account-1').email).toBe('new@cedargrove.example');
  });

  test('refuses an address that another account has claimed, before Cognito hears of it', async () => {
    const { backend, set } = await setting(anInvited());
    await backend.write(backend.names.claim(EMAIL, 'another'));
    expect(await set()).toEqual({ refused: 'EMAIL_TAKEN' });
    expect(backend.pool.calls).toEqual([]);
  });

  test('refuses an address that another user of Cognito has', async () => {
    const { backend, set } = await setting(anInvited());
    backend.pool.add({ username: 'other', email: EMAIL, accountId: 'another' });
    expect(await set()).toEqual({ refused: 'EMAIL_TAKEN' });
    const moved = await setting(anAccount(), 'new@cedargrove.example');
    moved.backend.pool.add({
      ...{ username: 'other', email: 'new@cedargrove.example', accountId: 'another' },
    });
    expect(await moved.set()).toEqual({ refused: 'EMAIL_TAKEN' });
  });

  test('refuses what Cognito refuses', async () => {
    const { set } = await setting(anAccount());
    expect(await set('refused by Cognito')).toEqual({ refused: 'PASSWORD_INVALID' });
  });

  test.each(['ensureUser', 'setPassword'] as const)(
    'goes on at the repeat where %s failed, before or after its effect',
    async (operation) => {
      for (const afterEffect of [false, true]) {
        const { backend, set } = await setting(anInvited());
        backend.pool.failNext(operation, { afterEffect });
        await expect(set()).rejects.toMatchObject({ name: 'UserPoolUnavailable' });
        expect(await set()).toEqual({ cognitoUsername: 'user-1' });
        expect(backend.pool.user('user-1').password).toBe(GOOD_PASSWORD);
      }
    },
  );

  test('goes on at the repeat where the address was moved and the answer lost', async () => {
    const { backend, set } = await setting(anAccount(), 'new@cedargrove.example');
    backend.pool.failNext('changeEmail', { afterEffect: true });
    await expect(set()).rejects.toMatchObject({ name: 'UserPoolUnavailable' });
    expect(await set()).toEqual({ cognitoUsername: 'user-of-account-1' });
  });
});
