import { describe, expect, test } from '@jest/globals';
import { AccountsStore } from '../../../lambdas/capabilities/accounts/accounts.store.ts';
import { NamesStore } from '../../../lambdas/capabilities/accounts/names.store.ts';
import { randomId } from '../../../lambdas/ground/platform/random.ts';
import { atOnce, type Contract, won, write } from '../contract.ts';

export const namesContract: Contract = (stage) => {
  const names = new NamesStore('accounts');
  const ownerOf = (email: string, now = 0) =>
    new AccountsStore(stage(), 'accounts').ownerOf(email, now);

  describe('an address', () => {
    test('is claimed by one of fifty accounts at once', async () => {
      const email = `${randomId()}@a.example`;
      const commits = await atOnce((index) =>
        stage().commit([names.claim(email, `account-${index}`)]),
      );
      expect(won(commits)).toBe(1);
      const winner = commits.findIndex(({ done }) => done);
      expect(await ownerOf(email)).toBe(`account-${winner}`);
    });

    test('may be claimed again by the account that has it', async () => {
      const email = `${randomId()}@a.example`;
      await write(stage(), names.claim(email, 'one'));
      expect((await stage().commit([names.claim(email, 'one')])).done).toBe(true);
      expect((await stage().commit([names.claim(email, 'two')])).done).toBe(false);
    });

    test('is given free by its owner only, and may be claimed by another one then', async () => {
      const email = `${randomId()}@a.example`;
      await write(stage(), names.claim(email, 'one'));
      expect((await stage().commit([names.release(email, 'two')])).done).toBe(false);
      await write(stage(), names.release(email, 'one'));
      expect(await ownerOf(email)).toBeUndefined();
      expect((await stage().commit([names.claim(email, 'two')])).done).toBe(true);
    });

    test('lapses at the end of its claim, and is confirmed by its own account only', async () => {
      const email = `${randomId()}@a.example`;
      await write(stage(), names.claim(email, 'one', { until: 100 }));
      expect([await ownerOf(email, 100), await ownerOf(email, 101)]).toEqual(['one', undefined]);
      const early = await stage().commit([names.claim(email, 'two', { now: 100 })]);
      expect(early.done).toBe(false);
      await write(stage(), names.claim(email, 'two', { now: 101, until: 200 }));
      expect((await stage().commit([names.confirm(email, 'one')])).done).toBe(false);
      await write(stage(), names.confirm(email, 'two'));
      expect(await ownerOf(email, 1000)).toBe('two');
      const late = await stage().commit([names.claim(email, 'one', { now: 1000 })]);
      expect(late.done).toBe(false);
    });

    test('that nobody has cannot be given free', async () => {
      expect((await stage().commit([names.release(randomId(), 'one')])).done).toBe(false);
    });
  });

  describe('a username', () => {
    test('is given once, to one of fifty at once, and not even to the same account again', async () => {
      const username = randomId();
      const commits = await atOnce((index) =>
        stage().commit([names.claimUsername(username, `account-${index}`)]),
      );
      expect(won(commits)).toBe(1);
      const winner = commits.findIndex(({ done }) => done);
      const again = await stage().commit([names.claimUsername(username, `account-${winner}`)]);
      expect(again.done).toBe(false);
    });

    test('of a former portal stops what holds only while nobody logs in by it', async () => {
      const [username, accountId] = [randomId(), randomId()];
      const free = () => stage().commit([names.noLegacy(username)]);
      expect((await free()).done).toBe(true);
      await stage().commit([names.claimLegacy(username, accountId)]);
      expect((await free()).done).toBe(false);
      await stage().commit([names.releaseLegacy(username, accountId)]);
      expect((await free()).done).toBe(true);
    });

    test('stops what holds only while nobody has it', async () => {
      const username = randomId();
      const free = () => stage().commit([names.noUsername(username)]);
      expect((await free()).done).toBe(true);
      await stage().commit([names.claimUsername(username, 'account-1')]);
      expect((await free()).done).toBe(false);
    });
  });
};
