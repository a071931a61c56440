/**
 * Revocation: the account's epoch is raised first, then Cognito signs out. Whoever ends sessions
 * does it here, so that no session that begins in between survives. What Cognito does not take at
 * once stays due on the account: the token gate refuses to refresh until a follower of the audit
 * trail has finished it.
 */
import type { Transition } from '../../ground/platform/attributes.rules.ts';
import type { Commit, CommitPort, Write } from '../../ground/platform/database.ts';
import { errorFields, type Log } from '../../ground/platform/log.ts';
import type { Account } from './account.rules.ts';
import { signedOut } from './account.transitions.ts';
import type { AccountsPort } from './accounts.port.ts';

export interface RevocationDeps extends CommitPort {
  accounts: Pick<AccountsPort, 'apply' | 'get'>;
  pool: {
    /** Revokes every refresh token of the user. Throws UserPoolUnavailable. */
    signOutEverywhere: (username: string) => Promise<void>;
  };
  log: Log;
}

/**
 * Commits a transition that ends sessions, with `writes`, and has Cognito sign out.
 * @returns the commit; it counts whether or not Cognito answered
 */
export async function revoke(
  deps: RevocationDeps,
  account: Account,
  transition: Transition<Account>,
  writes: readonly Write[] = [],
): Promise<Commit> {
  const result = await deps.commit([deps.accounts.apply(account, transition), ...writes]);
  if (result.done) await signOutAfter(deps, account, transition);
  return result;
}

/**
 * For a flow's step that commits such a transition itself. Never throws: what Cognito does not take
 * stays due.
 */
export async function signOutAfter(
  deps: RevocationDeps,
  account: Account,
  transition: Transition<Account>,
): Promise<void> {
  const { signOutDue, epoch } = transition.change.set ?? {};
  if (signOutDue === undefined || epoch === undefined) return;
  try {
    await finishSignOut(deps, { ...account, epoch, signOutDue });
  } catch (error) {
    deps.log('ERROR', 'SIGN_OUT_DUE', errorFields(error));
  }
}

/**
 * Has Cognito sign out what a revocation ended, if that is still due. Throws UserPoolUnavailable
 * and StoreUnavailable.
 */
export async function finishSignOut(
  deps: Pick<RevocationDeps, 'accounts' | 'pool' | 'commit'>,
  account: Account,
): Promise<void> {
  const { cognitoUsername, signOutDue } = account;
  if (cognitoUsername === undefined || signOutDue === undefined) return;
  await deps.pool.signOutEverywhere(cognitoUsername);
  await deps.commit([deps.accounts.apply(account, signedOut(signOutDue))]);
}
