/**
 * The token gate (pre token generation): tokens are issued against a grant that a completed road left, once; refreshed
 * while the account is ACTIVE and its last factor is young enough. A way round the challenges has no grant.
 */
import type { PortalRole, LoginMethod } from '../../../contract/accounts.ts';
import type { Account, Grant } from '../../capabilities/accounts/account.rules.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { HOUR_MS } from '../../ground/limits/limits.rules.ts';

export type TokenSource = 'SIGN_IN' | 'REFRESH';

export interface TokenRequest {
  source: TokenSource;
  accountId: string | undefined;
  clientId: string;
}

export interface Claims {
  login_method: LoginMethod;
  portal_username: string;
  npi: string;
  portal_role: PortalRole;
  /** The account's epoch, exact where `auth_time` has whole seconds: our API refuses tokens of an older one. */
  session_epoch: string;
}

export type GateDecision = { issued: Claims } | { refused: string };

export interface GateCollaborators {
  grants: {
    /** Takes one unexpired grant of this client away and marks the sign-in; undefined if there is none. */
    take(
      accountId: string,
      clientId: string,
      now: number,
    ): Promise<{ account: Account; grant: Grant } | undefined>;
  };
  accounts: { get(accountId: string): Promise<Account | undefined> };
  /** The id of the one public app client. */
  clientId(): Promise<string>;
  settings: FunctionSettings;
  now(): number;
}

export async function decideTokens(
  on: GateCollaborators,
  { source, accountId, clientId }: TokenRequest,
): Promise<GateDecision> {
  if (accountId === undefined) return { refused: 'NO_ACCOUNT' };
  if (clientId !== (await on.clientId())) return { refused: 'FOREIGN_CLIENT' };
  const now = on.now();
  if (source === 'REFRESH') {
    const account = await on.accounts.get(accountId);
    return mayRefresh(account, on.settings, now);
  }
  const taken = await on.grants.take(accountId, clientId, now);
  return taken === undefined
    ? { refused: 'NO_GRANT' }
    : { issued: claimsOf(taken.account, taken.grant.loginMethod) };
}

/** Refresh: ACTIVE, the last factor younger than the session, and the terms in force accepted or their grace not over. */
export function mayRefresh(
  account: Account | undefined,
  { sessionHours, terms, termsGraceHours }: FunctionSettings,
  now: number,
): GateDecision {
  if (account?.status !== 'ACTIVE') return { refused: 'NOT_ACTIVE' };
  const { lastFactorAt, lastLoginMethod } = account;
  if (
    lastFactorAt === undefined ||
    lastLoginMethod === undefined ||
    now >= lastFactorAt + sessionHours * HOUR_MS
  )
    return { refused: 'SESSION_OVER' };
  if (
    account.acceptedTermsVersion !== terms.version &&
    now >= terms.effectiveAt + termsGraceHours * HOUR_MS
  )
    return { refused: 'TERMS_OUTDATED' };
  return { issued: claimsOf(account, lastLoginMethod) };
}

function claimsOf({ username, npi, role, epoch }: Account, loginMethod: LoginMethod): Claims {
  return {
    login_method: loginMethod,
    portal_username: username,
    npi,
    portal_role: role,
    session_epoch: String(epoch),
  };
}
