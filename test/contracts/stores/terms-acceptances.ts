import { describe, expect, test } from '@jest/globals';
import { TermsAcceptancesStore } from '../../../lambdas/capabilities/terms/terms-acceptances.store.ts';
import { randomId } from '../../../lambdas/ground/platform/random.ts';
import { atOnce, type Contract, won, write } from '../contract.ts';

export const termsAcceptancesContract: Contract = (stage) => {
  const store = () => new TermsAcceptancesStore(stage(), 'termsAcceptances');
  const acceptance = (version = '2026-10') => ({
    accountId: randomId(),
    version,
    sha256: 'hash',
    acceptedAt: 1,
    loginMethod: 'PHONE' as const,
    flowId: 'flow-1',
  });

  describe('acceptances of the terms', () => {
    test('are written as they were given', async () => {
      const accepted = acceptance();
      await write(stage(), ...(await store().writesOnce(accepted)));
      const { accountId, version } = accepted;
      expect(await stage().read('termsAcceptances', { accountId, version })).toEqual(accepted);
    });

    test('are written once, of fifty at once', async () => {
      const writes = await store().writesOnce(acceptance());
      const commits = await atOnce(() => stage().commit(writes));
      expect(won(commits)).toBe(1);
    });

    test('that exist need no write, and those of another version do', async () => {
      const accepted = acceptance('2026-09');
      await write(stage(), ...(await store().writesOnce(accepted)));
      expect(await store().writesOnce(accepted)).toEqual([]);
      expect(await store().writesOnce({ ...accepted, version: '2026-10' })).toHaveLength(1);
    });
  });
};
