/** Imports current portal users with the hashes of their passwords. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import {
  EmailAddress,
  LegacyUsername,
  Npi,
  PersonName,
  PortalRole,
  Username,
} from '../../contract/accounts.ts';
import { LANGUAGES } from '../../contract/languages.ts';
import {
  type Account,
  addressOnRecord,
  type ImportedDetails,
} from '../../lambdas/capabilities/accounts/account.rules.ts';
import { correctAddressOnRecord } from '../../lambdas/capabilities/accounts/account.transitions.ts';
import { correctImported } from '../../lambdas/capabilities/accounts/staff.transitions.ts';
import { refusalOfHash } from '../../lambdas/capabilities/passwords/imported-password.rules.ts';
import { mergeChanges } from '../../lambdas/ground/platform/attributes.rules.ts';
import type { Write } from '../../lambdas/ground/platform/database.ts';
import { definite } from '../../lambdas/ground/platform/definite.rules.ts';
import { faultsOf, npiOf } from './faults.ts';
import { ACCOUNT_COLUMNS } from './import/columns.ts';
import type { ImportKind, Plan } from './import/run.ts';
import { Seen } from './import/seen.ts';
import type { Target } from './target.ts';

type ImportTarget = Pick<Target, 'accounts' | 'names' | 'audit'>;

const PasswordHash = z
  .preprocess(
    // Keycloak exports a credential as an object.
    (hash) => (typeof hash === 'object' && hash !== null ? JSON.stringify(hash) : hash),
    z.string().max(2048),
  )
  .superRefine((hash, context) => {
    const message = refusalOfHash(hash);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

const upperCase = (role: unknown) => (typeof role === 'string' ? role.trim().toUpperCase() : role);

/** Other systems write `ES` or `es-US`. */
const primarySubtag = (tag: unknown) =>
  typeof tag === 'string' ? tag.trim().toLowerCase().split(/[-_]/)[0] : tag;

const AccountRow = z
  .strictObject({
    username: Username,
    firstName: intact(PersonName),
    lastName: intact(PersonName),
    npi: z.preprocess(npiOf, Npi),
    email: EmailAddress.optional(),
    role: z.preprocess(upperCase, PortalRole.optional()),
    language: z.preprocess(
      primarySubtag,
      z.enum(LANGUAGES, `must be ${LANGUAGES.join(' or ')}`).optional(),
    ),
    passwordHash: PasswordHash.optional(),
    legacyUsername: LegacyUsername.optional(),
  })
  // The same name twice says nothing more.
  .transform(({ legacyUsername, ...row }) =>
    definite({
      ...row,
      legacyUsername: legacyUsername === row.username ? undefined : legacyUsername,
    }),
  )
  .refine(({ passwordHash, email }) => passwordHash !== undefined || email !== undefined, {
    path: ['email'],
    message: 'is required without a passwordHash, because the account then starts by a mailed link',
  });
type AccountRow = z.infer<typeof AccountRow>;

/** U+FFFD stands for a letter that another program has lost. */
function intact(name: z.ZodString) {
  return name.refine(
    (text) => !text.includes('\ufffd'),
    'contains U+FFFD: its letters were lost before. Export the file again as UTF-8',
  );
}

/** The same username gives the same account ID, so that an interrupted import can be run again. */
function accountIdOf(username: string): string {
  return createHash('sha256')
    .update(`portal-auth/imported/${username}`)
    .digest('base64url')
    .slice(0, 22);
}

/** How accounts are imported; `update` changes what differs in accounts that are IMPORTED. */
export function accountImport(target: ImportTarget, update: boolean): ImportKind<AccountRow> {
  const seen = new Seen();
  return {
    name: 'ACCOUNTS',
    columns: ACCOUNT_COLUMNS,
    nameOf: ({ username }) => username,
    read(values, line) {
      const row = AccountRow.safeParse(values);
      if (!row.success)
        return {
          decided: { outcome: 'refused', detail: faultsOf(row.error) },
          ...(typeof values.username === 'string' ? { name: values.username.slice(0, 64) } : {}),
        };
      const { username, legacyUsername } = row.data;
      // Both open the portal login: no two people have one name, in whichever column.
      const kind = 'login';
      const again =
        seen.again({ field: 'username', kind, name: username }, line, values) ??
        (legacyUsername === undefined
          ? undefined
          : seen.again({ field: 'legacyUsername', kind, name: legacyUsername }, line));
      return again === undefined ? row.data : { decided: again, name: username };
    },
    async plan(rows) {
      const logins = rows.flatMap(({ username, legacyUsername = [] }) => [
        username,
        ...[legacyUsername].flat(),
      ]);
      const owners = await target.accounts.ownersOf(logins, logins);
      return rows.map((row) => planOf(target, row, owners, update));
    },
  };
}

type Owners = Awaited<ReturnType<Target['accounts']['ownersOf']>>;

const clash = (field: string): Plan => ({
  outcome: 'refused',
  detail: `${field}: belongs to another account`,
});

function planOf(target: ImportTarget, row: AccountRow, owners: Owners, update: boolean): Plan {
  const accountId = accountIdOf(row.username);
  const owner = owners.byUsername.get(row.username);
  for (const field of ['username', 'legacyUsername'] as const) {
    const name = row[field];
    if (name === undefined) continue;
    const others = [owners.byLegacy.get(name), owners.byUsername.get(name)?.accountId];
    if (others.some((id) => id !== undefined && id !== accountId)) return clash(field);
  }
  if (owner === undefined) return newAccount(target, row, accountId);
  if (owner.account === undefined) return { outcome: 'refused', detail: 'username: was erased' };
  return planChange(target, row, owner.account, update);
}

function newAccount(
  { names, accounts, audit }: ImportTarget,
  row: AccountRow,
  accountId: string,
): Plan {
  const { email, passwordHash, legacyUsername, language, role = 'STANDARD', ...person } = row;
  const createdAt = Date.now();
  const account: Account = {
    ...person,
    accountId,
    role,
    status: 'IMPORTED',
    epoch: 1,
    createdAt,
    ...definite({ importedPassword: passwordHash, contactEmail: email, legacyUsername, language }),
  };
  return {
    outcome: 'written',
    writes: [
      names.claimUsername(row.username, accountId),
      names.noLegacy(row.username),
      ...legacyWrites(names, legacyUsername, accountId),
      accounts.create(account),
      audit.write({ accountId, event: 'ACCOUNT_IMPORTED', actor: 'OPERATOR' }, createdAt),
    ],
  };
}

/** Both names share one space: nobody may have taken it as a username since the row was planned. */
function legacyWrites(
  names: Target['names'],
  legacyUsername: string | undefined,
  accountId: string,
): Write[] {
  if (legacyUsername === undefined) return [];
  return [names.claimLegacy(legacyUsername, accountId), names.noUsername(legacyUsername)];
}

/**
 * Once a person has registered, their address, password and language are theirs, not the file's.
 */
function planChange(
  target: ImportTarget,
  row: AccountRow,
  account: Account,
  update: boolean,
): Plan {
  const isImported = account.status === 'IMPORTED';
  const { firstName, lastName, npi, role, language, passwordHash, email, legacyUsername } = row;
  const wanted: ImportedDetails = definite({
    firstName,
    lastName,
    npi,
    role,
    legacyUsername,
    ...(isImported ? { language, importedPassword: passwordHash } : {}),
  });
  const fields = (Object.keys(wanted) as (keyof ImportedDetails)[]).filter(
    (field) => wanted[field] !== account[field],
  );
  const moves = isImported && email !== undefined && email !== addressOnRecord(account);
  const differing = [
    ...fields.map((field) => (field === 'importedPassword' ? 'passwordHash' : field)),
    ...(moves ? ['email'] : []),
  ];
  if (differing.length === 0) return { outcome: 'same' };
  if (!update || !isImported)
    return {
      outcome: 'different',
      detail: isImported
        ? differing.join(', ')
        : `${differing.join(', ')} (the account is ${account.status})`,
    };
  const changed = Object.fromEntries(fields.map((field) => [field, wanted[field]]));
  return {
    outcome: 'written',
    detail: `updated: ${differing.join(', ')}`,
    writes: updateWrites(target, account, changed, moves ? email : undefined),
  };
}

function updateWrites(
  { accounts, names, audit }: ImportTarget,
  account: Account,
  changed: ImportedDetails,
  email: string | undefined,
) {
  const { accountId, legacyUsername: former } = account;
  const now = Date.now();
  const correction = correctImported(changed);
  const { change } = email === undefined ? { change: {} } : correctAddressOnRecord(account, email);
  const event = { accountId, actor: 'OPERATOR' } as const;
  return [
    accounts.apply(account, { ...correction, change: mergeChanges(correction.change, change) }),
    audit.write({ ...event, event: 'ACCOUNT_IMPORTED', outcome: 'UPDATED' }, now),
    ...(email === undefined
      ? []
      : [audit.write({ ...event, event: 'CONTACT_EMAIL_CHANGED', outcome: 'ON_RECORD' }, now)]),
    ...legacyWrites(names, changed.legacyUsername, accountId),
    ...(changed.legacyUsername === undefined || former === undefined
      ? []
      : [names.releaseLegacy(former, accountId)]),
  ];
}
