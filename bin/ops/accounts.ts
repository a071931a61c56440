/** Current portal users, imported with the hashes of their passwords. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { EmailAddress, Npi, PersonName, PortalRole, Username } from '../../contract/accounts.ts';
import type { Account } from '../../lambdas/capabilities/accounts/account.rules.ts';
import { parseImportedHash } from '../../lambdas/capabilities/passwords/imported-password.rules.ts';
import { managedUserOf } from '../../lambdas/journeys/administration/users.ts';
import { faultsOf } from './codes.ts';
import { importRows, tell } from './rows.ts';
import type { Target } from './target.ts';

const AccountRow = z.strictObject({
  username: Username,
  firstName: PersonName,
  lastName: PersonName,
  npi: Npi,
  email: EmailAddress.optional(),
  role: PortalRole.default('STANDARD'),
  passwordHash: z
    .string()
    .refine(
      (hash) => parseImportedHash(hash) !== undefined,
      'is of no known format, or costs too much to verify (docs/runbook.md, Imports)',
    ),
});

/** The same username gives the same account: an import that stopped half-way goes on where it was. */
function accountIdOf(username: string): string {
  return createHash('sha256')
    .update(`portal-auth/imported/${username}`)
    .digest('base64url')
    .slice(0, 22);
}

/** CSV or JSON Lines with username, firstName, lastName, npi, passwordHash; email and role are optional. */
export async function importAccounts(
  target: Target,
  file: string,
  dryRun: boolean,
  progress: boolean,
): Promise<number> {
  const { names, audit } = target;
  const report = await importRows({
    file,
    dryRun,
    progress,
    commit: (writes) => target.database.commit(writes),
    prepare: async ({ values }) => {
      const row = AccountRow.safeParse(values);
      if (!row.success) return { refused: faultsOf(row.error) };
      const { username, firstName, lastName, npi, email, role, passwordHash } = row.data;
      const now = Date.now();
      const accountId = accountIdOf(username);
      const account: Account = {
        ...{
          accountId,
          username,
          firstName,
          lastName,
          npi,
          role,
          status: 'IMPORTED',
          epoch: 1,
          createdAt: now,
          importedPassword: passwordHash,
        },
        ...(email === undefined ? {} : { contactEmail: email }),
      };
      return {
        writes: [
          names.claimUsername(username, accountId),
          target.accounts.create(account),
          audit.write({ accountId, event: 'ACCOUNT_IMPORTED', actor: 'OPERATOR' }, now),
        ],
        known: ([username]) => username !== true && username?.accountId === accountId,
        clash: 'username: is given to another account',
      };
    },
  });
  return tell(file, report, dryRun);
}

export async function showAccount(target: Target, username: string): Promise<number> {
  const account = await target.accounts.byUsername(username.toLowerCase());
  if (account === undefined) {
    console.error(`No account has the username ${username}.`);
    return 3;
  }
  console.log(
    JSON.stringify(
      {
        ...managedUserOf(account),
        npi: account.npi,
        accountId: account.accountId,
        epoch: account.epoch,
      },
      null,
      2,
    ),
  );
  return 0;
}
