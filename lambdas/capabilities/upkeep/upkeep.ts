/**
 * Finds what does not fit together between accounts, their names and the user pool, and mends it by
 * conditional writes that any request may have made.
 */
import type { AccountsPort, NamesPort } from '../accounts/accounts.port.ts';
import { finishSignOut } from '../accounts/revocation.ts';
import type { CommitPort, Write } from '../../ground/platform/database.ts';
import { type Fault, faultsOf, type Repair, type Snapshot } from './faults.rules.ts';

export interface UpkeepDeps extends CommitPort {
  /** Reads everything that is compared. */
  snapshot: () => Promise<Snapshot>;
  accounts: Pick<AccountsPort, 'apply' | 'get'>;
  names: Pick<NamesPort, 'claim' | 'release' | 'releaseLegacy'>;
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
export async function lastingFaults({ snapshot }: Pick<UpkeepDeps, 'snapshot'>): Promise<Fault[]> {
  const seen = new Set(faultsOf(await snapshot()).map(identityOf));
  if (seen.size === 0) return [];
  return faultsOf(await snapshot()).filter((fault) => seen.has(identityOf(fault)));
}

const identityOf = ({ fault, subject }: Fault) => `${fault}#${subject}`;

/** @returns whether the fault is mended; false where it has changed meanwhile */
export async function mend(deps: UpkeepDeps, repair: Repair): Promise<boolean> {
  switch (repair.act) {
    case 'RELEASE':
      return isDone(deps, deps.names.release(repair.email, repair.accountId));
    case 'RELEASE_LEGACY':
      return isDone(deps, deps.names.releaseLegacy(repair.name, repair.accountId));
    case 'CLAIM':
      return isDone(deps, deps.names.claim(repair.email, repair.accountId, { now: deps.now() }));
    case 'DELETE_USER':
      return deleteUser(deps, repair);
    case 'MOVE_USER':
      return (await deps.pool.changeEmail(repair.username, repair.email)) === 'DONE';
    case 'SIGN_OUT':
      return signOut(deps, repair.accountId);
  }
}

async function isDone({ commit }: UpkeepDeps, write: Write): Promise<boolean> {
  return (await commit([write])).done;
}

/** The account may have come back to its user since: a registration takes up what one left. */
async function deleteUser(
  { accounts, pool, now }: UpkeepDeps,
  { username, accountId }: Extract<Repair, { act: 'DELETE_USER' }>,
): Promise<boolean> {
  const account = await accounts.get(accountId);
  const isAtIt = account?.passwordLease !== undefined && account.passwordLease.until > now();
  if (isAtIt || account?.cognitoUsername === username) return false;
  await pool.deleteUser(username);
  return true;
}

async function signOut(deps: UpkeepDeps, accountId: string): Promise<boolean> {
  const account = await deps.accounts.get(accountId);
  if (account !== undefined) await finishSignOut(deps, account);
  return account !== undefined;
}
