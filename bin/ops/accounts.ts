/** Imports current portal users with the hashes of their passwords, and shows accounts. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { EmailAddress, Npi, PersonName, PortalRole, Username } from '../../contract/accounts.ts';
import type { Account } from '../../lambdas/capabilities/accounts/account.rules.ts';
import { parseImportedHash } from '../../lambdas/capabilities/passwords/imported-password.rules.ts';
import { managedUserOf } from '../../lambdas/journeys/administration/users.ts';
import { faultsOf } from './codes.ts';
import { type ImportFile, importRows, reportImport } from './rows.ts';
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
      'has an unknown format or costs too much to verify (docs/runbook.md, Imports)',
    ),
});

/** The same username gives the same account ID, so that an interrupted import can be run again. */
function accountIdOf(username: string): string {
  return createHash('sha256')
    .update(`portal-auth/imported/${username}`)
    .digest('base64url')
    .slice(0, 22);
}

/** Imports CSV or JSON Lines: username, firstName, lastName, npi, passwordHash, email?, role?. */
export async function importAccounts(target: Target, file: ImportFile): Promise<number> {
  const { names, audit } = target;
  const report = await importRows({
    ...file,
    commit: (writes) => target.database.commit(writes),
    prepare: ({ values }) => {
      const row = AccountRow.safeParse(values);
      if (!row.success) return { refused: faultsOf(row.error) };
      const account = accountOf(row.data, Date.now());
      const { accountId, username, createdAt } = account;
      return {
        writes: [
          names.claimUsername(username, accountId),
          target.accounts.create(account),
          audit.write({ accountId, event: 'ACCOUNT_IMPORTED', actor: 'OPERATOR' }, createdAt),
        ],
        known: ([owner]) => owner !== true && owner?.accountId === accountId,
        clash: 'username: belongs to another account',
      };
    },
  });
  return reportImport(file, report);
}

function accountOf(row: z.infer<typeof AccountRow>, createdAt: number): Account {
  const { email, passwordHash, ...person } = row;
  return {
    ...person,
    accountId: accountIdOf(row.username),
    status: 'IMPORTED',
    epoch: 1,
    createdAt,
    importedPassword: passwordHash,
    ...(email === undefined ? {} : { contactEmail: email }),
  };
}

export async function showAccount(target: Target, username: string): Promise<number> {
  const account = await target.accounts.byUsername(username.toLowerCase());
  if (account === undefined) {
    console.error(`No account has the username ${username}.`);
    return 3;
  }
  const { npi, accountId, epoch } = account;
  const shown = { ...managedUserOf(account), npi, accountId, epoch };
  console.log(JSON.stringify(shown, null, 2));
  return 0;
}
