import { describe, expect, test } from '@jest/globals';
import { AccountsStore } from '../../../lambdas/capabilities/accounts/accounts.store.ts';
import { NamesStore } from '../../../lambdas/capabilities/accounts/names.store.ts';
import { PeopleStore } from '../../../lambdas/capabilities/accounts/people.store.ts';
import { correctImported } from '../../../lambdas/capabilities/accounts/staff.transitions.ts';
import { randomId } from '../../../lambdas/ground/platform/random.ts';
import { anAccount, anImported } from '../../fakes/builders.ts';
import { type Contract, write } from '../contract.ts';

export const peopleContract: Contract = (stage) => {
  const people = () => new PeopleStore(stage(), 'accounts');
  const accounts = () => new AccountsStore(stage(), 'accounts');
  const names = new NamesStore('accounts');
  const unique = () =>
    randomId()
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, '');
  const stored = async (account: ReturnType<typeof anAccount>) => {
    await write(
      stage(),
      accounts().create(account),
      names.claimUsername(account.username, account.accountId),
    );
    return account;
  };
  const someone = (more: Parameters<typeof anAccount>[0]) => {
    const accountId = unique();
    return stored(anAccount({ accountId, username: accountId, ...more }));
  };
  const numberOf = () => `+1202555${String(Math.floor(Math.random() * 9000) + 1000)}`;
  const idsOf = (found: readonly { accountId: string }[]) =>
    found.map(({ accountId }) => accountId).sort();

  describe('people', () => {
    test('are found by their verified address, by that on record, and by the former one', async () => {
      const [verified, record, contact] = [unique(), unique(), unique()].map(
        (name) => `${name}@a.example`,
      ) as [string, string, string];
      const { accountId } = await someone({
        email: verified,
        recordEmail: record,
        contactEmail: contact,
      });
      await write(stage(), names.claim(verified, accountId));
      for (const email of [verified, record, contact])
        expect(idsOf(await people().byEmail(email))).toEqual([accountId]);
      expect(await people().byEmail(`${unique()}@a.example`)).toEqual([]);
    });

    test('who share an address or a number are all found', async () => {
      const contactEmail = `${unique()}@a.example`;
      const phone = numberOf();
      const [one, two] = [
        await someone({ contactEmail, phone }),
        await someone({ contactEmail, phone }),
      ];
      const both = [one.accountId, two.accountId].sort();
      expect(idsOf(await people().byEmail(contactEmail))).toEqual(both);
      expect(idsOf(await people().byPhone(phone))).toEqual(both);
    });

    test('are found by the number of their registration form, until one is verified and after', async () => {
      const [phone, contactPhone] = [numberOf(), numberOf()];
      const { accountId } = await someone({ contactPhone });
      expect(idsOf(await people().byPhone(contactPhone))).toEqual([accountId]);
      const verified = await someone({ contactPhone, phone });
      const both = [accountId, verified.accountId].sort();
      expect(idsOf(await people().byPhone(contactPhone))).toEqual(both);
      expect(idsOf(await people().byPhone(phone))).toEqual([verified.accountId]);
    });

    test('are found by name without case, accents and punctuation', async () => {
      const family = unique();
      const { accountId } = await someone({ lastName: `O'Núñez-${family}`, firstName: 'José' });
      expect(idsOf(await people().byName(`onunez ${family}`, 'jos'))).toEqual([accountId]);
      expect(idsOf(await people().byName(`O'NÚÑEZ ${family}`, ''))).toEqual([accountId]);
      expect(await people().byName(`onunez ${family}`, 'maria')).toEqual([]);
    });

    test('are found by a corrected name only', async () => {
      const accountId = unique();
      const [former, name] = [unique(), unique()];
      const account = await stored(
        anImported({ accountId, username: accountId, lastName: former }),
      );
      await write(stage(), accounts().apply(account, correctImported({ lastName: name })));
      expect(await people().byName(former, '')).toEqual([]);
      expect(idsOf(await people().byName(name, ''))).toEqual([accountId]);
    });

    test('log in by their username, or by that of a former portal', async () => {
      const legacy = `CEDAR\\${unique()}`.toLowerCase();
      const { accountId, username } = await someone({});
      await write(stage(), names.claimLegacy(legacy, accountId));
      expect((await accounts().byLogin(legacy))?.accountId).toBe(accountId);
      expect((await accounts().byLogin(username))?.accountId).toBe(accountId);
      expect((await stage().commit([names.claimLegacy(legacy, 'another')])).done).toBe(false);
      await write(stage(), names.releaseLegacy(legacy, accountId));
      expect(await accounts().byLogin(legacy)).toBeUndefined();
    });

    test('are known by many usernames at once', async () => {
      const one = await someone({});
      const legacy = unique();
      await write(stage(), names.claimLegacy(legacy, one.accountId));
      const owners = await accounts().ownersOf([one.username, unique()], [legacy, unique()]);
      expect([...owners.byUsername]).toEqual([
        [one.username, { accountId: one.accountId, account: one }],
      ]);
      expect([...owners.byLegacy]).toEqual([[legacy, one.accountId]]);
    });
  });
};
