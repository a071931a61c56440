/**
 * The token gate (pre token generation): tokens are issued against a grant that a completed sign-in
 * left, once; they are refreshed while the account is ACTIVE and its last factor is young enough. A
 * way round the challenges has no grant.
 */
import type { SignInMethod, PortalRole } from '../../../contract/accounts.ts';
import { type Account, type Grant, liveSince } from '../../capabilities/accounts/account.rules.ts';
import { isCanary } from '../../capabilities/accounts/canary.rules.ts';
import type { AccountsPort } from '../../capabilities/accounts/accounts.port.ts';
import { HOUR_MS } from '../../ground/limits/limits.rules.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';

export type TokenSource = 'SIGN_IN' | 'REFRESH';

export interface TokenRequest {
  source: TokenSource;
  accountId: string | undefined;
  clientId: string;
}

export interface Claims {
  login_method: SignInMethod;
  portal_username: string;
  npi: string;
  portal_role: PortalRole;
  /**
   * The account's epoch, exact where `auth_time` has whole seconds: our API refuses tokens of an
   * older one.
   */
  session_epoch: string;
  /**
   * When the factor behind this sign-in was passed, in seconds since 1970. A refresh claims the
   * oldest one of the sessions that may be alive: never a time later than this session's own.
   */
  factor_at: number;
}

export type GateDecision = { issued: Claims } | { refused: string };

export interface GateDeps {
  grants: {
    /**
     * Takes one unexpired grant of this client away and marks the sign-in. A repeat within sixteen
     * seconds finds the same grant again. Undefined if there is neither.
     */
    take: (
      accountId: string,
      clientId: string,
      now: number,
    ) => Promise<{ account: Account; grant: Grant } | undefined>;
  };
  accounts: Pick<AccountsPort, 'get'>;
  /** The id of the one public app client. */
  clientId: () => Promise<string>;
  settings: FunctionSettings;
  now: () => number;
}

export async function decideTokens(
  deps: GateDeps,
  { source, accountId, clientId }: TokenRequest,
): Promise<GateDecision> {
  if (accountId === undefined) return { refused: 'NO_ACCOUNT' };
  // It only shows that a code is sent. Whoever reads that code must gain nothing.
  if (isCanary(accountId)) return { refused: 'CANARY' };
  if (clientId !== (await deps.clientId())) return { refused: 'FOREIGN_CLIENT' };
  const now = deps.now();
  if (source === 'REFRESH')
    return mayRefresh(await deps.accounts.get(accountId), deps.settings, now);
  const taken = await deps.grants.take(accountId, clientId, now);
  return taken === undefined
    ? { refused: 'NO_GRANT' }
    : { issued: claimsOf(taken.account, taken.grant) };
}

/**
 * Refresh: ACTIVE, every revocation signed out of Cognito, the last factor younger than the
 * session, and the terms in force accepted or their grace not over.
 */
export function mayRefresh(
  account: Account | undefined,
  { sessionHours, terms, termsGraceHours }: FunctionSettings,
  now: number,
): GateDecision {
  if (account?.status !== 'ACTIVE') return { refused: 'NOT_ACTIVE' };
  if (account.signOutDue !== undefined) return { refused: 'SIGNED_OUT' };
  const { lastLoginMethod: loginMethod } = account;
  const factorAt = liveSince(account, sessionHours * HOUR_MS, now);
  if (loginMethod === undefined || factorAt === undefined) return { refused: 'SESSION_OVER' };
  const graceEndsAt = terms.effectiveAt + termsGraceHours * HOUR_MS;
  if (account.acceptedTermsVersion !== terms.version && now >= graceEndsAt)
    return { refused: 'TERMS_OUTDATED' };
  return { issued: claimsOf(account, { loginMethod, factorAt }) };
}

function claimsOf(
  { username, npi, role, epoch }: Account,
  { loginMethod, factorAt }: Pick<Grant, 'loginMethod' | 'factorAt'>,
): Claims {
  return {
    login_method: loginMethod,
    portal_username: username,
    npi,
    portal_role: role,
    session_epoch: String(epoch),
    factor_at: Math.floor(factorAt / 1000),
  };
}
