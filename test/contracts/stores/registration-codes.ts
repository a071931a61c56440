import { describe, expect, test } from '@jest/globals';
import { RegistrationCodesStore } from '../../../lambdas/capabilities/providers/registration-codes.store.ts';
import { randomId } from '../../../lambdas/ground/platform/random.ts';
import { atOnce, type Contract, won, write } from '../contract.ts';

export const registrationCodesContract: Contract = (stage) => {
  const codes = () => new RegistrationCodesStore(stage(), 'registrationCodes');
  const issued = async () => {
    const npi = randomId();
    await write(
      stage(),
      codes().saveProvider({ npi, name: 'Cedar Grove' }),
      codes().issue({ npi, code: 'mac', role: 'ADMIN', issuedAt: 1 }),
    );
    return npi;
  };

  describe('registration codes', () => {
    test('are found with their provider in one read', async () => {
      const npi = await issued();
      expect(await codes().find(npi, 'mac')).toEqual({
        provider: { npi, name: 'Cedar Grove' },
        code: { npi, code: 'mac', role: 'ADMIN', issuedAt: 1 },
      });
      expect(await codes().provider(npi)).toEqual({ npi, name: 'Cedar Grove' });
    });

    test('that are wrong are undefined, and so is the provider of a wrong NPI', async () => {
      const npi = await issued();
      expect(await codes().find(npi, 'other')).toMatchObject({ provider: { npi } });
      expect((await codes().find(npi, 'other')).code).toBeUndefined();
      expect(await codes().find(randomId(), 'mac')).toEqual({
        provider: undefined,
        code: undefined,
      });
      expect(await codes().provider(randomId())).toBeUndefined();
    });

    test('are issued once: one that exists stays as it is', async () => {
      const npi = await issued();
      const again = await stage().commit([
        codes().issue({ npi, code: 'mac', role: 'STANDARD', issuedAt: 2 }),
      ]);
      expect(again.done).toBe(false);
    });

    test('are redeemed once, for one of fifty accounts at once', async () => {
      const npi = await issued();
      const commits = await atOnce((index) =>
        stage().commit([codes().redeem(npi, 'mac', `account-${index}`, 5)]),
      );
      expect(won(commits)).toBe(1);
      const winner = commits.findIndex(({ done }) => done);
      expect((await codes().find(npi, 'mac')).code).toMatchObject({
        redeemedAt: 5,
        redeemedBy: `account-${winner}`,
      });
    });

    test('that were revoked are not redeemed, and the other way round', async () => {
      const [revoked, redeemed] = [await issued(), await issued()];
      await write(stage(), codes().revoke(revoked, 'mac', 5));
      await write(stage(), codes().redeem(redeemed, 'mac', 'account-1', 5));
      const late = [codes().redeem(revoked, 'mac', 'a', 6), codes().revoke(redeemed, 'mac', 6)];
      for (const one of late) expect((await stage().commit([one])).done).toBe(false);
    });

    test('that were never issued are not redeemed', async () => {
      const result = await stage().commit([codes().redeem(randomId(), 'mac', 'a', 6)]);
      expect(result.done).toBe(false);
    });
  });
};
