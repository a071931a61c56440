import { describe, expect, test } from '@jest/globals';
import { AccountsStore } from '../../../lambdas/capabilities/accounts/accounts.store.ts';
import { recordProof } from '../../../lambdas/capabilities/accounts/sign-in.transitions.ts';
import type { Grant } from '../../../lambdas/capabilities/accounts/account.rules.ts';
import { GrantsStore } from '../../../lambdas/journeys/sign-in/grants.store.ts';
import { randomId } from '../../../lambdas/ground/platform/random.ts';
import { aGrant, anAccount, CLIENT_ID } from '../../fakes/builders.ts';
import { atOnce, type Contract, write } from '../contract.ts';

export const grantsContract: Contract = (stage) => {
  const accounts = () => new AccountsStore(stage(), 'accounts');
  const grants = () => new GrantsStore(stage(), 'accounts');
  const accountWith = async (...given: Grant[]) => {
    const account = anAccount({ accountId: randomId() });
    await write(stage(), accounts().create(account));
    for (const grant of given)
      await write(stage(), accounts().apply(account, recordProof({ loginMethod: 'PHONE', grant })));
    return account.accountId;
  };
  const left = async (accountId: string) => (await accounts().get(accountId))?.grants;

  describe('grants', () => {
    test('are taken with the account as it was', async () => {
      const accountId = await accountWith(aGrant());
      const taken = await grants().take(accountId, CLIENT_ID, 1);
      expect(taken).toMatchObject({ grant: aGrant(), account: { accountId, role: 'STANDARD' } });
      expect(await left(accountId)).toEqual([]);
    });

    test('are taken once by fifty requests at once, and the others are repeats', async () => {
      const accountId = await accountWith(aGrant());
      const taken = await atOnce(() => grants().take(accountId, CLIENT_ID, 1));
      expect(taken.map((one) => one?.grant)).toEqual(taken.map(() => aGrant()));
      const marks = taken.map((one) => one?.account.lastSignInAt);
      expect(marks.filter((mark) => mark === undefined)).toHaveLength(1);
    });

    test('are found again by a repeat for sixteen seconds', async () => {
      const accountId = await accountWith(aGrant());
      await grants().take(accountId, CLIENT_ID, 1);
      const repeated = await grants().take(accountId, CLIENT_ID, 16_000);
      expect(repeated).toMatchObject({ grant: aGrant(), account: { lastSignInAt: 1 } });
      expect(await grants().take(accountId, CLIENT_ID, 16_001)).toBeUndefined();
    });

    test('keep the time and the method of the sign-in before', async () => {
      const accountId = await accountWith(aGrant({ loginMethod: 'PASSKEY' }), aGrant());
      await grants().take(accountId, CLIENT_ID, 20);
      expect(await accounts().get(accountId)).toMatchObject({
        lastSignInAt: 20,
        previousSignInAt: 0,
        previousLoginMethod: 'UNKNOWN',
      });
      await grants().take(accountId, CLIENT_ID, 30);
      expect(await accounts().get(accountId)).toMatchObject({
        lastSignInAt: 30,
        previousSignInAt: 20,
        previousLoginMethod: 'PASSKEY',
      });
    });

    test('that expired are passed over and go with the one that is taken', async () => {
      const accountId = await accountWith(
        aGrant({ expiresAt: 10 }),
        aGrant({ expiresAt: 11 }),
        aGrant({ expiresAt: 90, loginMethod: 'EMAIL' }),
        aGrant({ expiresAt: 91 }),
      );
      const taken = await grants().take(accountId, CLIENT_ID, 50);
      expect(taken?.grant).toMatchObject({ loginMethod: 'EMAIL' });
      expect(await left(accountId)).toEqual([aGrant({ expiresAt: 91 })]);
    });

    test.each<[string, Grant]>([
      ['have expired', aGrant({ expiresAt: 50 })],
      ['are of another client', aGrant({ clientId: 'another' })],
      ['are of another epoch', aGrant({ epoch: 2 })],
    ])('that %s are not taken', async (_what, grant) => {
      const accountId = await accountWith(grant);
      expect(await grants().take(accountId, CLIENT_ID, 50)).toBeUndefined();
      expect(await left(accountId)).toEqual([grant]);
    });

    test('of nobody are not taken', async () => {
      expect(await grants().take(randomId(), CLIENT_ID, 50)).toBeUndefined();
      expect(await grants().take(await accountWith(), CLIENT_ID, 50)).toBeUndefined();
    });
  });
};
