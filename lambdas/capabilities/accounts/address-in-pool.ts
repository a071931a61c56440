/**
 * The address of an account's user in Cognito. Our tables say whose an address is, by a claim;
 * Cognito follows. What a flow that lapsed has left there makes way for whoever has the claim.
 */
import type { CommitPort } from '../../ground/platform/database.ts';
import { errorFields, type Log } from '../../ground/platform/log.ts';
import type { Account } from './account.rules.ts';
import { movedInPool } from './account.transitions.ts';
import type { AccountsPort } from './accounts.port.ts';

/** Every operation may be asked again, and throws UserPoolUnavailable. */
export interface AddressPool {
  ensureUser: (email: string, accountId: string) => Promise<{ username: string } | 'TAKEN'>;
  changeEmail: (username: string, email: string) => Promise<'DONE' | 'TAKEN'>;
  /** By address or username. */
  userOf: (
    name: string,
  ) => Promise<{ username: string; accountId: string | undefined } | undefined>;
  deleteUser: (username: string) => Promise<void>;
}

export interface AddressDeps {
  accounts: Pick<AccountsPort, 'get'>;
  pool: AddressPool;
}

/**
 * The user of an account that has none yet. The account has claimed the address.
 * @returns undefined if the address is another account's in Cognito
 */
export async function newPoolUser(
  deps: AddressDeps,
  email: string,
  accountId: string,
): Promise<string | undefined> {
  const made = () => deps.pool.ensureUser(email, accountId);
  const first = await made();
  const user = first === 'TAKEN' && (await makeWay(deps, email)) ? await made() : first;
  return user === 'TAKEN' ? undefined : user.username;
}

/**
 * Moves the user of an account to an address that the account has claimed.
 * @returns false if the address is another account's in Cognito
 */
export async function moveInPool(
  deps: AddressDeps,
  username: string,
  email: string,
): Promise<boolean> {
  const move = async () => (await deps.pool.changeEmail(username, email)) === 'DONE';
  return (await move()) || ((await makeWay(deps, email)) && (await move()));
}

/**
 * Takes an address from a user that has it without a claim. A user that its account does not refer
 * to is deleted, and one whose account has another address gets that one back.
 * @returns false if the address is another account's by right, or the user is not one of ours
 */
async function makeWay({ accounts, pool }: AddressDeps, email: string): Promise<boolean> {
  const user = await pool.userOf(email);
  if (user === undefined) return true;
  if (user.accountId === undefined) return false;
  const holder = await accounts.get(user.accountId);
  if (holder?.cognitoUsername !== user.username) {
    await pool.deleteUser(user.username);
    return true;
  }
  if (holder.email === undefined || holder.email === email) return false;
  return (await pool.changeEmail(user.username, holder.email)) === 'DONE';
}

/** Deletes a user that an earlier attempt made and that its account does not refer to. */
export async function dropUnknownUser(
  { pool }: { pool: Pick<AddressPool, 'userOf' | 'deleteUser'> },
  { accountId, cognitoUsername }: Account,
  email: string,
): Promise<void> {
  const user = cognitoUsername === undefined ? await pool.userOf(email) : undefined;
  if (user?.accountId === accountId) await pool.deleteUser(user.username);
}

export interface MoveDeps extends CommitPort {
  accounts: Pick<AccountsPort, 'get' | 'apply'>;
  log: Log;
}

/**
 * Has Cognito follow a change of the address that was committed. What Cognito does not take stays
 * due: the same request again finishes it, or a follower of the audit trail. Throws as
 * `finishMove`.
 */
export async function followInPool(deps: MoveDeps & AddressDeps, accountId: string): Promise<void> {
  try {
    await finishMove(deps, await deps.accounts.get(accountId), (username, email) =>
      moveInPool(deps, username, email),
    );
  } catch (error) {
    deps.log('ERROR', 'ADDRESS_MOVE_DUE', errorFields(error));
    throw error;
  }
}

/** Cognito has another user with an address that is this account's. */
class AddressHeld extends Error {
  override readonly name = 'AddressHeld';
}

/**
 * Moves the user of an account to its address, if that is still due. Throws UserPoolUnavailable,
 * StoreUnavailable and AddressHeld.
 */
export async function finishMove(
  deps: Omit<MoveDeps, 'log'>,
  account: Account | undefined,
  move: (username: string, email: string) => Promise<boolean>,
): Promise<void> {
  const { poolEmailDue, cognitoUsername, email } = account ?? {};
  if (account === undefined || poolEmailDue === undefined) return;
  if (cognitoUsername === undefined || email === undefined) return;
  if (!(await move(cognitoUsername, email)))
    throw new AddressHeld('Another user of Cognito has the address. Run ops check.');
  await deps.commit([deps.accounts.apply(account, movedInPool(poolEmailDue))]);
}
