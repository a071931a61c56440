/**
 * Setting a password at the end of a verification: a saga over Cognito and our tables, each step of
 * which may be done again. One request at a time holds the account's lease, the account claims the
 * address, Cognito gets the user and the password, and one conditional write completes it; after a
 * failure in between the flow takes the same request again.
 */
import type { Clause } from '../../ground/platform/attributes.rules.ts';
import type { CommitPort, Write } from '../../ground/platform/database.ts';
import { errorFields, type Log } from '../../ground/platform/log.ts';
import { randomId } from '../../ground/platform/random.ts';
import type { Account } from '../accounts/account.rules.ts';
import {
  type AccountTransition,
  intendAddress,
  lapsePasswordLease,
  returnPasswordLease,
  takePasswordLease,
} from '../accounts/account.transitions.ts';
import type { AccountsPort, NamesPort } from '../accounts/accounts.port.ts';
import {
  type AddressPool,
  dropUnknownUser,
  moveInPool,
  newPoolUser,
} from '../accounts/address-in-pool.ts';

/** Longer than any of our functions may run: a lease that has ended has no request at work. */
const LEASE_MS = 15_000;

export interface LeaseDeps extends CommitPort {
  accounts: Pick<AccountsPort, 'apply'>;
  log: Log;
}

export interface LeaseRequest {
  account: Account;
  /** Demands that the flow has not gone on meanwhile, where a flow sets the password. */
  flowHolds?: Write;
  /** What the flow has proven, which the account must still have. */
  proven?: readonly Clause[];
  now: number;
  /** What the request has in common with its repeat, which sets the same password. */
  id?: string | undefined;
}

/**
 * Runs `set` while no other request sets a password of this account: the password that Cognito
 * keeps is the one that is reported as set. `set` gets the lease's id, which the write at the end
 * must still find.
 * @returns what `set` returns, or `BUSY` if another request is setting one, or has
 */
export async function withPasswordLease<T extends object>(
  deps: LeaseDeps,
  { account, flowHolds, proven = [], now, id = randomId() }: LeaseRequest,
  set: (leaseId: string) => Promise<T>,
): Promise<T | 'BUSY'> {
  const until = now + LEASE_MS;
  const lease = takePasswordLease(id, until, now);
  const take = deps.accounts.apply(account, lease, ...proven);
  const taken = await deps.commit(flowHolds === undefined ? [take] : [flowHolds, take]);
  if (!taken.done) return 'BUSY';
  const giveBack = async (given: AccountTransition): Promise<void> => {
    await deps.commit([deps.accounts.apply(account, given)]);
  };
  const lapsed = lapsePasswordLease(id, until, now);
  // What an earlier request may have set stays on record where this one sets nothing.
  const unused = account.passwordLease === undefined ? returnPasswordLease(id) : lapsed;
  try {
    const outcome = await set(id);
    if ('refused' in outcome) await giveBack(unused);
    return outcome;
  } catch (error) {
    const isCertain = (error as { isCertain?: boolean }).isCertain === true;
    if (!isCertain)
      deps.log('WARN', 'PASSWORD_UNCERTAIN', { account: account.accountId, ...errorFields(error) });
    await giveBack(isCertain ? unused : lapsed).catch((failure: unknown) => {
      // What cannot be given back ends by itself.
      deps.log('WARN', 'LEASE_NOT_RETURNED', errorFields(failure));
    });
    throw error;
  }
}

export interface PasswordSettingDeps extends CommitPort {
  accounts: Pick<AccountsPort, 'get' | 'apply' | 'ownerOf'>;
  names: Pick<NamesPort, 'claim' | 'release'>;
  pool: AddressPool & {
    setPassword: (username: string, password: string) => Promise<'DONE' | 'REFUSED'>;
  };
  now: () => number;
}

export interface PasswordToSet {
  account: Account;
  email: string;
  password: string;
  /** When the flow ends: the claim of the address lapses with it. */
  until: number;
}

export type PasswordSetting =
  | { cognitoUsername: string }
  /** STEP_OUT_OF_ORDER: the account was revoked meanwhile. */
  | { refused: 'EMAIL_TAKEN' | 'PASSWORD_INVALID' | 'STEP_OUT_OF_ORDER' };

/**
 * Claims the address, makes or moves the user, sets the password for good. The caller's own write
 * completes it, and confirms the claim. If it never comes, the claim lapses, and the user in
 * Cognito makes way for whoever needs the address.
 */
export async function setPasswordOf(
  deps: PasswordSettingDeps,
  { account, email, password, until }: PasswordToSet,
): Promise<PasswordSetting> {
  const { accountId } = account;
  const claimed = await deps.commit([
    deps.names.claim(email, accountId, { now: deps.now(), until }),
    deps.accounts.apply(account, intendAddress(email)),
    ...(await givenUp(deps, account, email)),
  ]);
  if (!claimed.done)
    return { refused: claimed.refused[0] === true ? 'STEP_OUT_OF_ORDER' : 'EMAIL_TAKEN' };
  const username = await userOf(deps, account, email);
  if (username === undefined) return { refused: 'EMAIL_TAKEN' };
  const set = await deps.pool.setPassword(username, password);
  return set === 'REFUSED' ? { refused: 'PASSWORD_INVALID' } : { cognitoUsername: username };
}

/** Frees the address that an earlier attempt with another one has left behind. */
async function givenUp(
  deps: PasswordSettingDeps,
  account: Account,
  email: string,
): Promise<Write[]> {
  const { pendingEmail: left, accountId } = account;
  if (left === undefined || left === email || left === account.email) return [];
  await dropUnknownUser(deps, account, left);
  const isOurs = (await deps.accounts.ownerOf(left, deps.now())) === accountId;
  return isOurs ? [deps.names.release(left, accountId)] : [];
}

async function userOf(
  deps: PasswordSettingDeps,
  { cognitoUsername, accountId, email: former, pendingEmail }: Account,
  email: string,
): Promise<string | undefined> {
  // A restored stage has another user pool, and a hand in the console deletes users.
  if (cognitoUsername === undefined || (await deps.pool.userOf(cognitoUsername)) === undefined)
    return newPoolUser(deps, email, accountId);
  // An attempt that was given up may have moved the user elsewhere.
  if (former === email && pendingEmail === undefined) return cognitoUsername;
  return (await moveInPool(deps, cognitoUsername, email)) ? cognitoUsername : undefined;
}
