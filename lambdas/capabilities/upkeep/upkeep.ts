/**
 * Finds what does not fit together between accounts, their names and the user pool, and mends it by
 * conditional writes that any request may have made.
 */
import type { AccountsPort, NamesPort } from '../accounts/accounts.port.ts';
import { sameAddresses } from '../accounts/address.transitions.ts';
import { finishSignOut } from '../accounts/revocation.ts';
import { type OvertakenDeps, recordOvertaken } from '../passwords/overtaken.ts';
import type { Write } from '../../ground/platform/database.ts';
import { type Fault, isUnderWay, keptAddresses, type Repair } from './faults.rules.ts';

export interface UpkeepDeps extends OvertakenDeps {
  accounts: Pick<AccountsPort, 'apply' | 'get' | 'holds'>;
  names: Pick<NamesPort, 'claim' | 'release' | 'releaseLapsed' | 'releaseLegacy'>;
  /** Throws UserPoolUnavailable. */
  pool: {
    deleteUser: (username: string) => Promise<void>;
    changeEmail: (username: string, email: string) => Promise<'DONE' | 'TAKEN'>;
    signOutEverywhere: (username: string) => Promise<void>;
  };
  now: () => number;
}

/**
 * The faults that two looks in a row see. Reading takes time, and a request may finish meanwhile
 * what one look saw half-done.
 */
export async function lasting(look: () => Promise<Fault[]>): Promise<Fault[]> {
  const seen = new Set((await look()).map(identityOf));
  if (seen.size === 0) return [];
  return (await look()).filter((fault) => seen.has(identityOf(fault)));
}

const identityOf = ({ fault, subject }: Fault) => `${fault}#${subject}`;

/**
 * Looks again at what the repair is about: people go on while a look is taken.
 * @returns whether the fault is mended; false where it has changed meanwhile
 */
export async function mend(deps: UpkeepDeps, repair: Repair): Promise<boolean> {
  switch (repair.act) {
    case 'RELEASE':
      return release(deps, repair);
    case 'RELEASE_LAPSED':
      return isDone(deps, deps.names.releaseLapsed(repair.email, repair.accountId, deps.now()));
    case 'RELEASE_LEGACY':
      return isDone(deps, deps.names.releaseLegacy(repair.name, repair.accountId));
    case 'CLAIM':
      return claim(deps, repair);
    case 'DELETE_USER':
      return deleteUser(deps, repair);
    case 'MOVE_USER':
      return moveUser(deps, repair);
    case 'SIGN_OUT':
      return signOut(deps, repair.accountId);
    case 'RECORD_PASSWORD':
      return recordPassword(deps, repair);
  }
}

async function isDone({ commit }: UpkeepDeps, ...writes: Write[]): Promise<boolean> {
  return (await commit(writes)).done;
}

/** The account may have come to need the address since. */
async function release(
  deps: UpkeepDeps,
  { email, accountId }: Extract<Repair, { act: 'RELEASE' }>,
): Promise<boolean> {
  const account = await deps.accounts.get(accountId);
  const released = deps.names.release(email, accountId);
  if (account === undefined) return isDone(deps, released);
  if (keptAddresses(account, deps.now()).includes(email)) return false;
  return isDone(deps, released, deps.accounts.holds(account, sameAddresses(account)));
}

/** The account may have moved to another address since. */
async function claim(
  deps: UpkeepDeps,
  { email, accountId }: Extract<Repair, { act: 'CLAIM' }>,
): Promise<boolean> {
  const account = await deps.accounts.get(accountId);
  if (account?.email !== email) return false;
  const claimed = deps.names.claim(email, accountId, { now: deps.now() });
  return isDone(deps, claimed, deps.accounts.holds(account, sameAddresses(account)));
}

/** To the address that the account has by now. */
async function moveUser(
  { accounts, pool, now }: UpkeepDeps,
  { username, accountId }: Extract<Repair, { act: 'MOVE_USER' }>,
): Promise<boolean> {
  const account = await accounts.get(accountId);
  if (account?.email === undefined || account.cognitoUsername !== username) return false;
  if (isUnderWay(account, now())) return false;
  return (await pool.changeEmail(username, account.email)) === 'DONE';
}

/** The account may have come back to its user since: a registration takes up what one left. */
async function deleteUser(
  { accounts, pool, now }: UpkeepDeps,
  { username, accountId }: Extract<Repair, { act: 'DELETE_USER' }>,
): Promise<boolean> {
  const account = await accounts.get(accountId);
  const isAtIt = account !== undefined && isUnderWay(account, now());
  if (isAtIt || account?.cognitoUsername === username) return false;
  await pool.deleteUser(username);
  return true;
}

/** No session outlives a password that may be new, and the owner is notified. */
function recordPassword(
  deps: UpkeepDeps,
  { accountId, leaseId }: Extract<Repair, { act: 'RECORD_PASSWORD' }>,
): Promise<boolean> {
  const event = { event: 'PASSWORD_CHANGED', outcome: 'UNCONFIRMED', actor: 'SYSTEM' } as const;
  return recordOvertaken(deps, { accountId, ...event }, leaseId);
}

async function signOut(deps: UpkeepDeps, accountId: string): Promise<boolean> {
  const account = await deps.accounts.get(accountId);
  if (account !== undefined) await finishSignOut(deps, account);
  return account !== undefined;
}
