/**
 * `ops check` reads the accounts and the user pool whole, page by page, and names what does not fit
 * together. `ops repair` mends what it can, by conditional writes that any request may have made.
 */
import { paginateListUsers, type UserType } from '@aws-sdk/client-cognito-identity-provider';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { type Account, accountOf } from '../../lambdas/capabilities/accounts/account.rules.ts';
import { finishSignOut } from '../../lambdas/capabilities/accounts/revocation.ts';
import { definite } from '../../lambdas/ground/platform/definite.rules.ts';
import {
  type Fault,
  faultsOf,
  lineOf,
  type Name,
  type PoolUser,
  type Repair,
  type Snapshot,
} from './check.rules.ts';
import { EXIT, type Output } from './output.ts';
import type { Target } from './target.ts';

/** @returns the exit code: 0, or 3 if something does not fit together */
export async function check(target: Target, output: Output): Promise<number> {
  const faults = faultsOf(await snapshotOf(target));
  output.result(faults, faults.length === 0 ? 'Nothing was found.' : faults.map(lineOf).join('\n'));
  return faults.length === 0 ? EXIT.done : EXIT.refused;
}

/** @returns the exit code: 0, or 3 if something is left that needs a decision */
export async function repair(target: Target, output: Output): Promise<number> {
  const done: { fault: string; subject: string; outcome: string }[] = [];
  for (const one of faultsOf(await snapshotOf(target)))
    done.push({ fault: one.fault, subject: one.subject, outcome: await mend(target, one) });
  const lines = done.map(({ fault, subject, outcome }) => `${fault}  ${subject}: ${outcome}`);
  output.result(done, lines.length === 0 ? 'Nothing was found.' : lines.join('\n'));
  return done.every(({ outcome }) => outcome.startsWith('mended')) ? EXIT.done : EXIT.refused;
}

async function mend(target: Target, { repair: act, text }: Fault): Promise<string> {
  if (act === undefined) return `left: ${text}`;
  return (await ACTS[act.act](target, act as never))
    ? `mended: ${text}`
    : 'left: it has changed meanwhile, check again';
}

type Acts = {
  [A in Repair['act']]: (target: Target, repair: Extract<Repair, { act: A }>) => Promise<boolean>;
};

const ACTS: Acts = {
  RELEASE: async (target, { email, accountId }) =>
    (await target.database.commit([target.names.release(email, accountId)])).done,
  RELEASE_LEGACY: async (target, { name, accountId }) =>
    (await target.database.commit([target.names.releaseLegacy(name, accountId)])).done,
  CLAIM: async (target, { email, accountId }) =>
    (await target.database.commit([target.names.claim(email, accountId, { now: Date.now() })]))
      .done,
  DELETE_USER: async (target, { username }) => {
    await target.pool.deleteUser(username);
    return true;
  },
  MOVE_USER: async (target, { username, email }) =>
    (await target.pool.changeEmail(username, email)) === 'DONE',
  SIGN_OUT: async (target, { accountId }) => {
    const account = await target.accounts.get(accountId);
    if (account !== undefined) await finishSignOut(target.deps, account);
    return account !== undefined;
  },
};

/**
 * The pool is read first: a user who is made meanwhile is seen with the claim that was there before
 * it.
 */
async function snapshotOf(target: Target): Promise<Snapshot> {
  const users: PoolUser[] = [];
  const pages = paginateListUsers({ client: target.cognito }, { UserPoolId: target.userPoolId });
  for await (const { Users = [] } of pages) users.push(...Users.map(poolUserOf));
  const accounts = new Map<string, Account>();
  const names: Name[] = [];
  const table = { TableName: target.table('Accounts'), ConsistentRead: true };
  for await (const { Items = [] } of paginateScan({ client: target.client }, table))
    for (const item of Items) {
      const [kind = '', name = ''] = partsOf(String(item.pk));
      const account = kind === 'ACCOUNT' ? accountOf(item) : undefined;
      if (account !== undefined) accounts.set(account.accountId, account);
      else if (isNameKind(kind)) names.push(nameOf(kind, name, item));
    }
  return { accounts, names, users, now: Date.now() };
}

function nameOf(kind: Name['kind'], name: string, item: Record<string, unknown>): Name {
  const { accountId, claimedUntil } = item as { accountId: string; claimedUntil?: number };
  return definite({ kind, name, accountId, claimedUntil });
}

function partsOf(pk: string): [string, string] {
  const at = pk.indexOf('#');
  return [pk.slice(0, at), pk.slice(at + 1)];
}

function isNameKind(kind: string): kind is Name['kind'] {
  return kind === 'EMAIL' || kind === 'USERNAME' || kind === 'LEGACY';
}

function poolUserOf({ Username = '', Attributes = [] }: UserType): PoolUser {
  const valueOf = (wanted: string) => Attributes.find(({ Name }) => Name === wanted)?.Value;
  return {
    username: Username,
    email: valueOf('email') ?? '',
    accountId: valueOf('custom:account_id'),
  };
}
