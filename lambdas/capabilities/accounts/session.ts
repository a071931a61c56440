/**
 * Who calls with an access token. API Gateway has verified the token; the account decides whether
 * it still counts.
 */
import type { PortalRole } from '../../../contract/accounts.ts';
import type { Account } from './account.rules.ts';
import type { AccountsPort } from './accounts.port.ts';

export interface SessionDeps {
  accounts: Pick<AccountsPort, 'byUsername'>;
  /** The public app client. */
  clientId: string;
}

/** Revoked, disabled, reset: refused at once, whatever the token says. */
export async function sessionOf(
  deps: SessionDeps,
  claims: Record<string, string>,
  role?: PortalRole,
): Promise<{ account: Account } | { refused: 'TOKEN_INVALID' | 'FORBIDDEN' }> {
  const { token_use: use, client_id: client, portal_username: username = '' } = claims;
  if (use !== 'access' || client !== deps.clientId || username === '')
    return { refused: 'TOKEN_INVALID' };
  const account = await deps.accounts.byUsername(username);
  if (account === undefined || !counts(claims, account)) return { refused: 'TOKEN_INVALID' };
  return role === undefined || account.role === role ? { account } : { refused: 'FORBIDDEN' };
}

/**
 * Of this account's current epoch, and signed in since its last revocation (`auth_time` has whole
 * seconds, the epoch has not).
 */
function counts(
  { auth_time: authTime = '0', session_epoch: epoch, username }: Record<string, string>,
  account: Account,
): boolean {
  const isYoung = Number(authTime) >= Math.floor((account.validAfter ?? 0) / 1000);
  return (
    account.status === 'ACTIVE' &&
    isYoung &&
    epoch === String(account.epoch) &&
    (account.cognitoUsername ?? username) === username
  );
}
