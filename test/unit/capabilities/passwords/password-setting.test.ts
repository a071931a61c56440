import { describe, expect, test } from '@jest/globals';
import type { Account } from '../../../../lambdas/capabilities/accounts/account.rules.ts';
import { UserPoolUnavailable } from '../../../../lambdas/capabilities/accounts/user-pool.client.ts';
import { holdsPasswordLease } from '../../../../lambdas/capabilities/accounts/account.transitions.ts';
import {
  setPasswordOf,
  withPasswordLease,
} from '../../../../lambdas/capabilities/passwords/password-setting.ts';
import { clausesOf } from '../../../../lambdas/ground/platform/attributes.rules.ts';
import { check } from '../../../../lambdas/ground/platform/database.ts';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount, anInvited, aReset, GOOD_PASSWORD, HOUR } from '../../../fakes/builders.ts';

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

  test('is over where something fails, which is reported; its ID stays for the repeat', async () => {
    const { backend, leased } = await withAccount();
    const failure = leased(() => Promise.reject(new Error('Cognito')));
    await expect(failure).rejects.toThrow('Cognito');
    expect(await backend.account()).toMatchObject({
      passwordLease: { id: expect.any(String), until: backend.now() - 1 },
    });
    expect(backend.lines.lines).toMatchObject([
      { level: 'WARN', code: 'PASSWORD_UNCERTAIN', account: 'account-1', error: 'Error' },
    ]);
    expect(await leased(async () => ({ again: true }))).toEqual({ again: true });
  });

  test('is given back where Cognito has refused the only attempt, and logs nothing', async () => {
    const { backend, leased } = await withAccount();
    const cause = { $metadata: { httpStatusCode: 403, attempts: 1 } };
    const denied = new UserPoolUnavailable('Cognito', { cause });
    await expect(leased(() => Promise.reject(denied))).rejects.toThrow('Cognito');
    expect(await backend.account()).not.toHaveProperty('passwordLease');
    expect(backend.lines.lines).toEqual([]);
  });

  test.each([
    ['has tried twice', { httpStatusCode: 429, attempts: 2 }],
    ['was answered by an outage', { httpStatusCode: 500, attempts: 1 }],
    ['was not answered', { attempts: 1 }],
  ])('stays on record where Cognito %s', async (_, $metadata) => {
    const { backend, leased } = await withAccount();
    const failed = new UserPoolUnavailable('Cognito', { cause: { $metadata } });
    await expect(leased(() => Promise.reject(failed))).rejects.toThrow('Cognito');
    expect(await backend.account()).toHaveProperty('passwordLease');
    expect(backend.lines.codes()).toEqual(['PASSWORD_UNCERTAIN']);
  });

  test('that an earlier request left stays on record where this one sets nothing', async () => {
    const { backend, leased } = await withAccount(
      anAccount({ passwordLease: { id: 'earlier', until: 0 } }),
    );
    await leased(async () => ({ refused: 'PASSWORD_INVALID' }));
    const { passwordLease } = await backend.account();
    expect(passwordLease?.until).toBe(backend.now() - 1);
  });

  test('that cannot be given back is logged and ends by itself; the first failure is reported', async () => {
    const { backend, leased } = await withAccount();
    const failure = leased(() => {
      backend.database.failNext('commit');
      return Promise.reject(new Error('Cognito'));
    });
    await expect(failure).rejects.toThrow('Cognito');
    expect(backend.lines.lines).toMatchObject([
      { level: 'WARN', code: 'PASSWORD_UNCERTAIN' },
      { level: 'WARN', code: 'LEASE_NOT_RETURNED', error: 'StoreUnavailable' },
    ]);
    backend.clock.pass(15_001);
    expect(await leased(async () => ({ again: true }))).toEqual({ again: true });
  });

  test('is taken again by the repeat of the request that holds it, and by no other', async () => {
    const { backend, account } = await withAccount();
    const lease = (id: string) => ({ account, now: backend.now(), id });
    const inner = (id: string) => async () => ({
      outcome: await withPasswordLease(backend.shared, lease(id), async () => ({ mine: true })),
    });
    expect(await withPasswordLease(backend.shared, lease('request'), inner('request'))).toEqual({
      outcome: { mine: true },
    });
    backend.clock.pass(15_001);
    expect(await withPasswordLease(backend.shared, lease('another'), inner('third'))).toEqual({
      outcome: 'BUSY',
    });
  });

  test('stays with the repeat that holds it when the first request fails', async () => {
    const { backend, account } = await withAccount();
    const request = () => ({ account, now: backend.now(), id: 'request' });
    const begun = Promise.withResolvers<void>();
    const cognito = Promise.withResolvers<object>();
    const first = withPasswordLease(backend.shared, request(), () => {
      begun.resolve();
      return cognito.promise;
    });
    await begun.promise;
    backend.clock.pass(1000);
    await withPasswordLease(backend.shared, request(), async () => {
      cognito.reject(new Error('Cognito'));
      await expect(first).rejects.toThrow('Cognito');
      const { passwordLease } = await backend.account();
      expect(passwordLease).toEqual({ id: 'request', until: backend.now() + 15_000 });
      return {};
    });
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
    const until = backend.now() + HOUR;
    const set = async (password = GOOD_PASSWORD, to = email) =>
      setPasswordOf(
        { ...backend.shared, ...backend },
        { account: await backend.account(account.accountId), email: to, password, until },
      );
    return { backend, set };
  };

  test('makes the user of an account that has none, and claims the address', async () => {
    const { backend, set } = await setting(anInvited());
    expect(await set()).toEqual({ cognitoUsername: 'user-1' });
    expect(backend.pool.user('user-1')).toMatchObject({ email: EMAIL, password: GOOD_PASSWORD });
    expect(await backend.accounts.ownerOf(EMAIL, 0)).toBe('account-1');
  });

  test('keeps the user of an account whose address stays', async () => {
    const { backend, set } = await setting(anAccount());
    expect(await set()).toEqual({ cognitoUsername: 'user-of-account-1' });
    expect(backend.pool.calls).toEqual(['userOf', 'setPassword']);
  });

  test.each([
    ['the address stays', 'pat@cedargrove.example'],
    ['the address changes', 'new@cedargrove.example'],
  ])('makes another user where the pool has lost its own, and %s', async (_what, email) => {
    const { backend, account } = await withAccount(aReset({ cognitoUsername: 'lost' }));
    await backend.pool.deleteUser('lost');
    const until = backend.now() + HOUR;
    const deps = { ...backend.shared, names: backend.names, pool: backend.pool };
    const set = await setPasswordOf(deps, { account, email, password: GOOD_PASSWORD, until });
    expect(set).toEqual({ cognitoUsername: backend.pool.byEmail(email)?.username });
    expect(backend.pool.byEmail(email)).toMatchObject({ password: GOOD_PASSWORD });
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

  test('is out of order where the account was revoked meanwhile, whosever the address is', async () => {
    const { backend, set } = await setting(anInvited());
    backend.database.beforeCommit = () => backend.alter('account-1', { epoch: 9 });
    expect(await set()).toEqual({ refused: 'STEP_OUT_OF_ORDER' });
    expect(backend.pool.calls).toEqual([]);
  });

  test.each([
    ['another account has there', { accountId: 'another' }],
    ['nothing of ours has made', { accountId: undefined as never }],
  ])('refuses an address of a user of Cognito that %s', async (_whose, { accountId }) => {
    for (const account of [anInvited(), anAccount()]) {
      const { backend, set } = await setting(account, 'new@cedargrove.example');
      const email = 'new@cedargrove.example';
      await backend.has(
        anAccount({ accountId: 'another', username: 'other', email, cognitoUsername: 'other' }),
      );
      await backend.write(backend.names.release(email, 'another'));
      await backend.pool.deleteUser('other');
      backend.pool.add({ username: 'other', email, accountId });
      expect(await set()).toEqual({ refused: 'EMAIL_TAKEN' });
    }
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

describe('a password that is never set to the end', () => {
  const FIRST = 'first@cedargrove.example';
  const SECOND = 'second@cedargrove.example';
  /** Two people; the first one gives up between Cognito and the table. */
  async function givenUp(first: Account) {
    const backend = new Backend();
    await backend.has(first);
    const colleague = anInvited({ accountId: 'account-2', username: 'colleague' });
    await backend.has(colleague);
    const set = async (accountId: string, email: string) =>
      setPasswordOf(
        { ...backend.shared, ...backend },
        {
          account: await backend.account(accountId),
          email,
          password: GOOD_PASSWORD,
          until: backend.now() + HOUR,
        },
      );
    await set('account-1', FIRST);
    return { backend, set };
  }

  test('keeps its address from others until its flow ends, and no longer', async () => {
    const { backend, set } = await givenUp(anInvited());
    backend.clock.pass(HOUR);
    expect(await set('account-2', FIRST)).toEqual({ refused: 'EMAIL_TAKEN' });
    backend.clock.pass(1);
    expect(await set('account-2', FIRST)).toHaveProperty('cognitoUsername');
    expect(backend.pool.byEmail(FIRST)).toMatchObject({ accountId: 'account-2' });
    expect(await set('account-1', FIRST)).toEqual({ refused: 'EMAIL_TAKEN' });
  });

  test('leaves no second user where the same person takes another address', async () => {
    const { backend, set } = await givenUp(anInvited());
    expect(await set('account-1', SECOND)).toHaveProperty('cognitoUsername');
    expect(backend.pool.byEmail(FIRST)).toBeUndefined();
    expect(await backend.accounts.ownerOf(FIRST, 0)).toBeUndefined();
    expect(await set('account-2', FIRST)).toHaveProperty('cognitoUsername');
  });

  test('does not take away what a colleague has got meanwhile', async () => {
    const { backend, set } = await givenUp(anInvited());
    backend.clock.pass(HOUR + 1);
    await set('account-2', FIRST);
    await set('account-1', SECOND);
    expect(backend.pool.byEmail(FIRST)).toMatchObject({ accountId: 'account-2' });
    expect(await backend.accounts.ownerOf(FIRST, 0)).toBe('account-2');
  });

  test('has moved a known user elsewhere, who comes back with the next attempt', async () => {
    const { backend, set } = await givenUp(anAccount({ status: 'RESET' }));
    expect(backend.pool.byEmail(FIRST)).toMatchObject({ username: 'user-of-account-1' });
    expect(await set('account-1', EMAIL)).toEqual({ cognitoUsername: 'user-of-account-1' });
    expect(backend.pool.user('user-of-account-1').email).toBe(EMAIL);
  });

  test('has moved a known user elsewhere, who makes way for a colleague', async () => {
    const { backend, set } = await givenUp(anAccount({ status: 'RESET' }));
    backend.clock.pass(HOUR + 1);
    expect(await set('account-2', FIRST)).toHaveProperty('cognitoUsername');
    expect(backend.pool.user('user-of-account-1').email).toBe(EMAIL);
  });

  const EMAIL = 'pat@cedargrove.example';
});
