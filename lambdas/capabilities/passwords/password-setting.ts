/**
 * Setting a password at the end of a verification: a saga over Cognito and our tables, each step of which may be done
 * again. One request at a time holds the account's lease, the account claims the address, Cognito gets the user and the
 * password, and one conditional write takes everything on; a failure in between leaves a flow that takes the same request again.
 */
import type { Commit, Write } from '../../ground/platform/dynamo.ts';
import {
  absent,
  below,
  type Change,
  type Clause,
  either,
  is,
} from '../../ground/platform/expressions.rules.ts';
import { randomId } from '../../ground/platform/random.ts';
import type { Account } from '../accounts/account.rules.ts';

/** Longer than any function of ours may run: whoever finds a lease that has ended is alone. */
const LEASE_MS = 15_000;

export interface LeaseCollaborators {
  accounts: {
    change(
      account: Pick<Account, 'accountId' | 'epoch'>,
      changes: Change,
      ...when: Clause[]
    ): Write;
  };
  commit(writes: readonly Write[]): Promise<Commit>;
}

/** What the write at the end adds to its change of the account. */
export interface PasswordLease {
  /** Its clause: nobody else has taken the lease. */
  held: Clause;
  /** Its attribute to remove. */
  attribute: 'passwordLease';
}

/**
 * Runs `set` while no other request sets a password of this account: of two, the password that is told to be set is the one
 * that Cognito keeps. `flowHolds` says that the flow has not gone on meanwhile.
 * @returns what `set` returns, or `BUSY` if another request is setting one, or has
 */
export async function withPasswordLease<T extends object>(
  on: LeaseCollaborators,
  account: Account,
  flowHolds: Write,
  now: number,
  set: (lease: PasswordLease) => Promise<T>,
): Promise<T | 'BUSY'> {
  const id = randomId();
  const free = either(absent('passwordLease'), below('passwordLease.until', now));
  const taken = await on.commit([
    flowHolds,
    on.accounts.change(account, { set: { passwordLease: { id, until: now + LEASE_MS } } }, free),
  ]);
  if (!taken.done) return 'BUSY';
  const held = is('passwordLease.id', id);
  const giveBack = async (): Promise<void> =>
    void (await on.commit([on.accounts.change(account, { remove: ['passwordLease'] }, held)]));
  try {
    const outcome = await set({ held, attribute: 'passwordLease' });
    if ('refused' in outcome) await giveBack();
    return outcome;
  } catch (error) {
    // What cannot be given back ends by itself.
    await giveBack().catch(() => undefined);
    throw error;
  }
}

export interface PasswordSettingCollaborators {
  emails: {
    /** Claims an address for an account; holds if nobody has it, or this account has. */
    claim(email: string, accountId: string): Write;
  };
  pool: {
    ensureUser(email: string, accountId: string): Promise<{ username: string } | 'TAKEN'>;
    changeEmail(username: string, email: string): Promise<'DONE' | 'TAKEN'>;
    setPassword(username: string, password: string): Promise<'DONE' | 'REFUSED'>;
    signOutEverywhere(username: string): Promise<void>;
  };
  commit(writes: readonly Write[]): Promise<Commit>;
}

export type PasswordSetting =
  { cognitoUsername: string } | { refused: 'EMAIL_TAKEN' | 'PASSWORD_INVALID' };

/** Steps (a) to (c): claims the address, makes or moves the user, sets the password for good. The caller's write is step (d). */
export async function setPasswordOf(
  on: PasswordSettingCollaborators,
  account: Account,
  email: string,
  password: string,
): Promise<PasswordSetting> {
  const claimed = await on.commit([on.emails.claim(email, account.accountId)]);
  if (!claimed.done) return { refused: 'EMAIL_TAKEN' };
  const username = await userOf(on, account, email);
  if (username === undefined) return { refused: 'EMAIL_TAKEN' };
  if ((await on.pool.setPassword(username, password)) === 'REFUSED')
    return { refused: 'PASSWORD_INVALID' };
  // Refresh tokens of before a reset must not outlive it, whatever became of the sign-out at its time.
  if (account.cognitoUsername !== undefined) await on.pool.signOutEverywhere(username);
  return { cognitoUsername: username };
}

async function userOf(
  on: PasswordSettingCollaborators,
  account: Account,
  email: string,
): Promise<string | undefined> {
  if (account.cognitoUsername === undefined) {
    const user = await on.pool.ensureUser(email, account.accountId);
    return user === 'TAKEN' ? undefined : user.username;
  }
  if (account.email === email) return account.cognitoUsername;
  return (await on.pool.changeEmail(account.cognitoUsername, email)) === 'DONE'
    ? account.cognitoUsername
    : undefined;
}
