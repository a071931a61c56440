import { describe, expect, test } from '@jest/globals';
import type { Account } from '../../../lambdas/capabilities/accounts/account.rules.ts';
import { AccountsStore } from '../../../lambdas/capabilities/accounts/accounts.store.ts';
import { NamesStore } from '../../../lambdas/capabilities/accounts/names.store.ts';
import {
  countPortalPassword,
  resetRegistration,
  returnPasswordLease,
  signOutEverywhere,
  takePasswordLease,
  WHILE_ACTIVE,
} from '../../../lambdas/capabilities/accounts/account.transitions.ts';
import {
  recordProof,
  type Proven,
} from '../../../lambdas/capabilities/accounts/sign-in.transitions.ts';
import type { Write } from '../../../lambdas/ground/platform/database.ts';
import { randomId } from '../../../lambdas/ground/platform/random.ts';
import { anAccount, anInvited } from '../../fakes/builders.ts';
import { atOnce, type Contract, won, write } from '../contract.ts';

export const accountsContract: Contract = (stage) => {
  const store = () => new AccountsStore(stage(), 'accounts');
  const names = new NamesStore('accounts');
  const created = async (more: Parameters<typeof anAccount>[0] = {}) => {
    const accountId = randomId();
    const account = anAccount({
      accountId,
      username: accountId.toLowerCase(),
      email: `${accountId}@a.example`,
      ...more,
    });
    const { username, email = '' } = account;
    await write(
      stage(),
      store().create(account),
      names.claimUsername(username, accountId),
      names.claim(email, accountId),
    );
    return account;
  };

  describe('accounts', () => {
    test('come back as they were created, by id, username and address', async () => {
      const account = await created();
      expect(await store().get(account.accountId)).toEqual(account);
      expect(await store().byUsername(account.username)).toEqual(account);
      expect(await store().byEmail(account.email ?? '')).toEqual(account);
      expect(await store().ownerOf(account.email ?? '', 0)).toBe(account.accountId);
    });

    test('that do not exist are undefined', async () => {
      expect(await store().get('nobody')).toBeUndefined();
      expect(await store().byUsername(randomId())).toBeUndefined();
      expect(await store().byEmail(randomId())).toBeUndefined();
      expect(await store().ownerOf(randomId(), 0)).toBeUndefined();
    });

    test('are created once by fifty requests at once', async () => {
      const account = anInvited({ accountId: randomId() });
      const commits = await atOnce(() => stage().commit([store().create(account)]));
      expect(won(commits)).toBe(1);
    });

    describe('that a sign-in is proven for', () => {
      const sessionMs = 100;
      const proves = async (account: Account, more: Omit<Proven, 'loginMethod'>) =>
        stage().commit([store().apply(account, recordProof({ loginMethod: 'PHONE', ...more }))]);

      test.each([
        ['there was none', {}, 119],
        ['the last one ended', { lastFactorAt: 20, sessionsSince: 10 }, 120],
      ])('begin sessions with its factor where %s', async (_what, before, at) => {
        const account = await created(before);
        expect(await proves(account, { factor: { at, sessionMs } })).toEqual({ done: true });
        expect(await store().get(account.accountId)).toMatchObject({
          lastFactorAt: at,
          sessionsSince: at,
        });
      });

      test('do not begin sessions while one is alive', async () => {
        const account = await created({ lastFactorAt: 20, sessionsSince: 10 });
        const refused = await proves(account, { factor: { at: 119, sessionMs } });
        expect(refused).toMatchObject({ done: false, refused: [{ sessionsSince: 10 }] });
      });

      test('keep the time of the oldest session that may be alive', async () => {
        const factor = { at: 50, sessionsSince: 30, sessionMs };
        for (const [before, sessionsSince] of [
          [{ lastFactorAt: 40, sessionsSince: 20 }, 20],
          [{ lastFactorAt: 30 }, 30],
        ] as const) {
          const account = await created(before);
          expect(await proves(account, { factor })).toEqual({ done: true });
          expect(await store().get(account.accountId)).toMatchObject({
            lastFactorAt: 50,
            sessionsSince,
          });
        }
      });

      test('take back the count of an answer only where there is one', async () => {
        const account = await created({ wrongAnswers: { endsAt: 9, count: 3 } });
        expect(await proves(account, { wrongAnswers: 'FORGIVEN' })).toEqual({ done: true });
        expect(await store().get(account.accountId)).toMatchObject({ wrongAnswers: { count: 2 } });
        const unlocked = await created();
        expect(await proves(unlocked, { wrongAnswers: 'FORGIVEN' })).toMatchObject({ done: false });
        expect(await proves(unlocked, { wrongAnswers: 'STREAK_RESET' })).toEqual({ done: true });
      });
    });

    test('change only under the epoch that the caller saw', async () => {
      const account = await created();
      await write(stage(), store().apply(account, signOutEverywhere(account, 5)));
      expect(await store().get(account.accountId)).toMatchObject({ epoch: 2, validAfter: 5 });
      const stale = await stage().commit([store().apply(account, signOutEverywhere(account, 6))]);
      expect(stale.done).toBe(false);
    });

    test('change only from the states that the transition names', async () => {
      const account = await created({ status: 'RESET' });
      const result = await stage().commit([store().apply(account, signOutEverywhere(account, 5))]);
      expect(result.done).toBe(false);
    });

    test('are held to their epoch and state by a check that changes nothing', async () => {
      const account = await created();
      expect((await stage().commit([store().holds(account, WHILE_ACTIVE)])).done).toBe(true);
      const older = { ...account, epoch: 0 };
      expect((await stage().commit([store().holds(older, WHILE_ACTIVE)])).done).toBe(false);
      expect(await store().get(account.accountId)).toEqual(account);
    });

    test('that are reset have neither phone nor method, and keep the former addresses', async () => {
      const account = await created();
      await write(stage(), store().apply(account, resetRegistration(account, 7)));
      const after = await store().get(account.accountId);
      expect(after).toMatchObject({
        status: 'RESET',
        formerEmail: account.email,
        formerPhone: account.phone,
      });
      expect(after).not.toHaveProperty('phone');
      expect(after).not.toHaveProperty('method');
    });

    test('are revoked once by fifty requests at once', async () => {
      const account = await created();
      const commits = await atOnce(() =>
        stage().commit([store().apply(account, signOutEverywhere(account, 5))]),
      );
      expect(won(commits)).toBe(1);
      expect(await store().get(account.accountId)).toMatchObject({ epoch: 2 });
    });

    test('lease the setting of their password to one of fifty requests at once', async () => {
      const account = await created();
      const commits = await atOnce((index) =>
        stage().commit([store().apply(account, takePasswordLease(`lease-${index}`, 100, 50))]),
      );
      expect(won(commits)).toBe(1);
    });

    test('lease it again once the lease has ended or was given back by its holder', async () => {
      const account = await created();
      const take = (id: string, until: number, now: number) =>
        stage().commit([store().apply(account, takePasswordLease(id, until, now))]);
      const giveBack = (id: string) =>
        stage().commit([store().apply(account, returnPasswordLease(id))]);
      expect((await take('one', 100, 50)).done).toBe(true);
      expect((await take('two', 150, 100)).done).toBe(false);
      expect((await take('two', 150, 101)).done).toBe(true);
      expect((await giveBack('one')).done).toBe(false);
      expect((await giveBack('two')).done).toBe(true);
      expect((await take('three', 200, 102)).done).toBe(true);
    });

    test('give back an address whose claim has lapsed, and none that is confirmed', async () => {
      const { accountId } = await created();
      const commit = async (...writes: Write[]) => (await stage().commit(writes)).done;
      const lapsing = `lapsing-${accountId}@cedargrove.example`;
      await commit(names.claim(lapsing, accountId, { now: 5, until: 10 }));
      expect(await commit(names.releaseLapsed(lapsing, accountId, 10))).toBe(false);
      expect(await commit(names.releaseLapsed(lapsing, 'another', 11))).toBe(false);
      expect(await commit(names.releaseLapsed(lapsing, accountId, 11))).toBe(true);
      await commit(names.claim(lapsing, accountId, { now: 20, until: 30 }));
      await commit(names.confirm(lapsing, accountId));
      expect(await commit(names.releaseLapsed(lapsing, accountId, 99))).toBe(false);
      expect(await store().ownerOf(lapsing, 99)).toBe(accountId);
    });

    test('count wrong portal passwords up to the most, at once or not', async () => {
      const account = await created();
      const commits = await atOnce(() =>
        stage().commit([store().apply(account, countPortalPassword(10))]),
      );
      expect(won(commits)).toBe(10);
      expect(await store().get(account.accountId)).toMatchObject({ portalPasswordFailures: 10 });
    });
  });

  describe('the users of a provider', () => {
    const provider = async (count: number) => {
      const npi = randomId();
      const usernames = Array.from(
        { length: count },
        (_, index) => `${npi.toLowerCase()}-${String(index).padStart(3, '0')}`,
      );
      for (const username of usernames)
        await write(
          stage(),
          store().create(anInvited({ accountId: randomId(), username, npi, lastName: 'Rivera' })),
        );
      return { npi, usernames };
    };
    const page = (npi: string, more: { search?: string; after?: string; size?: number } = {}) =>
      store().ofProvider({ npi, search: '', after: undefined, size: 25, ...more });

    test('come by username, a page at a time', async () => {
      const { npi, usernames } = await provider(5);
      const first = await page(npi, { size: 3 });
      expect(first.accounts.map(({ username }) => username)).toEqual(usernames.slice(0, 3));
      expect(first.last).toBe(usernames[2]);
      const second = await page(npi, { size: 3, after: first.last ?? '' });
      expect(second.accounts.map(({ username }) => username)).toEqual(usernames.slice(3));
      expect(second.last).toBeUndefined();
    });

    test('end without a cursor where the page is exactly full', async () => {
      const { npi } = await provider(3);
      expect((await page(npi, { size: 3 })).last).toBeUndefined();
    });

    test('are found by the beginning of a name, in any case', async () => {
      const { npi } = await provider(2);
      const accountId = randomId();
      const one = anInvited({
        accountId,
        npi,
        username: 'zz',
        firstName: 'Zoë',
        lastName: 'Quill',
      });
      await write(stage(), store().create(one));
      for (const search of ['zz', 'zo', 'qui'])
        expect((await page(npi, { search })).accounts.map(({ username }) => username)).toEqual([
          'zz',
        ]);
      expect((await page(npi, { search: 'ill' })).accounts).toEqual([]);
    });

    test('are found beyond the first hundred that do not match', async () => {
      const { npi } = await provider(101);
      const one = anInvited({ accountId: randomId(), npi, username: 'zz', lastName: 'Quill' });
      await write(stage(), store().create(one));
      const found = await page(npi, { search: 'quill' });
      expect(found.accounts.map(({ username }) => username)).toEqual(['zz']);
      expect(found.last).toBeUndefined();
    });

    test('of another provider are not among them', async () => {
      await provider(1);
      expect((await page(randomId())).accounts).toEqual([]);
    });
  });
};
