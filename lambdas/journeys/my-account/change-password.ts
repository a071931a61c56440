/**
 * The signed-in user changes the password: the current one is proven to Cognito, every session and
 * remembered device ends, and a ticket signs this browser in again.
 */
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import { changePassword as newPassword } from '../../capabilities/accounts/owner.transitions.ts';
import { type RevocationDeps, signOutAfter } from '../../capabilities/accounts/revocation.ts';
import { recordOvertaken } from '../../capabilities/passwords/overtaken.ts';
import { normalizePassword } from '../../capabilities/passwords/password.rules.ts';
import {
  type LeaseDeps,
  withPasswordLease,
} from '../../capabilities/passwords/password-setting.ts';
import {
  refusePassword,
  type StrengthDeps,
} from '../../capabilities/passwords/password-strength.ts';
import type { SessionDeps } from '../../capabilities/accounts/session.ts';
import type { AccountsPort } from '../../capabilities/accounts/accounts.port.ts';
import { ticketOf } from '../../capabilities/token-flows/repeats.ts';
import type { Source, StepRefusal } from '../../capabilities/token-flows/token-flow.ts';
import type { TicketsPort } from '../../capabilities/token-flows/token-flows.port.ts';
import type { AuditPort } from '../../ground/audit/audit.port.ts';
import { limitsOf } from '../../ground/limits/budgets.rules.ts';
import type { LimitsPort } from '../../ground/limits/limits.port.ts';
import { secondsUntil } from '../../ground/limits/limits.rules.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { randomSecret } from '../../ground/platform/random.ts';
import { hashSecret } from '../../ground/platform/secrets.rules.ts';

export interface PasswordChangeDeps
  extends LeaseDeps, RevocationDeps, Omit<StrengthDeps, 'settings'> {
  accounts: Pick<AccountsPort, 'get' | 'apply'>;
  pool: RevocationDeps['pool'] & {
    setPassword: (username: string, password: string) => Promise<'DONE' | 'REFUSED'>;
  };
  isCognitoPassword: (password: string, email: string) => Promise<boolean>;
  limits: Pick<LimitsPort, 'count' | 'forgive'>;
  tickets: Pick<TicketsPort, 'issue'>;
  audit: AuditPort;
  settings: FunctionSettings;
  now: () => number;
}

interface Changer {
  account: Account;
  source: Source;
  /** By which a repeat of the request is known, if it may be repeated. */
  requestId?: string | undefined;
}

export async function changePassword(
  deps: PasswordChangeDeps,
  { account, source, requestId }: Changer,
  typed: { currentPassword: string; newPassword: string },
): Promise<{ ticket: string } | StepRefusal> {
  const changedBy = requestId && hashSecret(requestId);
  // Cognito may have the new password already: the request proved the current one the first time.
  const isRepeat = changedBy !== undefined && account.passwordLease?.id === changedBy;
  const unproven = isRepeat
    ? undefined
    : await proveCurrent(deps, { account, source, changedBy }, typed.currentPassword);
  if (unproven !== undefined) return unproven;
  const password = normalizePassword(typed.newPassword);
  const refused = await refusePassword(deps, password, account);
  if (refused !== undefined) return { refused };
  const lease = { account, now: deps.now(), id: changedBy };
  const outcome = await withPasswordLease(deps, lease, (leaseId) =>
    complete(deps, { account, password, requestId }, leaseId),
  );
  return outcome === 'BUSY' ? { refused: 'STEP_OUT_OF_ORDER' } : outcome;
}

/** Counted before it is proven: wrong ones would pause the owner's sign-ins at Cognito. */
async function proveCurrent(
  deps: PasswordChangeDeps,
  {
    account,
    source,
    changedBy,
  }: Pick<Changer, 'account' | 'source'> & { changedBy: string | undefined },
  password: string,
): Promise<StepRefusal | undefined> {
  const { accountId, email = '' } = account;
  const now = deps.now();
  const guesses = limitsOf('CURRENT_PASSWORD', { account: accountId }, deps.settings);
  const counted = await deps.limits.count(guesses, now);
  if (counted.outcome === 'EXHAUSTED')
    return {
      refused: 'RATE_LIMITED',
      retryAfterSeconds: secondsUntil(counted.until, now),
    };
  const isCurrent = await deps.isCognitoPassword(normalizePassword(password), email);
  if (isCurrent || (await isTaken(deps, accountId, changedBy))) {
    await deps.limits.forgive(guesses);
    return undefined;
  }
  const event = {
    accountId,
    event: 'CURRENT_PASSWORD_REFUSED',
    actor: 'SELF',
  } as const;
  await deps.commit([deps.audit.write({ ...event, ...source }, now)]);
  return { refused: 'CURRENT_PASSWORD_INVALID' };
}

/** The same request came twice at once, and the other one has set the new password already. */
async function isTaken(
  { accounts }: PasswordChangeDeps,
  accountId: string,
  changedBy: string | undefined,
): Promise<boolean> {
  if (changedBy === undefined) return false;
  const { passwordLease, passwordChangedBy } = (await accounts.get(accountId)) ?? {};
  return passwordLease?.id === changedBy || passwordChangedBy === changedBy;
}

async function complete(
  deps: PasswordChangeDeps,
  { account, password, requestId }: Pick<Changer, 'account' | 'requestId'> & { password: string },
  leaseId: string,
): Promise<{ ticket: string } | StepRefusal> {
  const { accountId, cognitoUsername = '', method: loginMethod = 'EMAIL' } = account;
  if ((await deps.pool.setPassword(cognitoUsername, password)) === 'REFUSED')
    return { refused: 'PASSWORD_INVALID' };
  const now = deps.now();
  const ticket = requestId === undefined ? randomSecret() : ticketOf(requestId);
  const changedBy = requestId && hashSecret(requestId);
  const changed = newPassword(account, leaseId, { now, changedBy });
  const holder = { accountId, epoch: account.epoch + 1, loginMethod };
  const event = { accountId, event: 'PASSWORD_CHANGED', actor: 'SELF' } as const;
  const result = await deps.commit([
    deps.accounts.apply(account, changed),
    deps.tickets.issue(ticket, holder, now),
    deps.audit.write(event, now),
  ]);
  if (!result.done)
    return {
      refused: (await recordOvertaken(deps, event, leaseId))
        ? 'TOKEN_INVALID'
        : 'STEP_OUT_OF_ORDER',
    };
  await signOutAfter(deps, account, changed);
  return { ticket };
}

/**
 * The ticket of a request that has changed the password before: its answer was lost, and its
 * session has ended with it. The ticket follows from the request, which has both passwords.
 */
export async function repeatedTicket(
  { accounts }: SessionDeps,
  { portal_username: username = '' }: Record<string, string>,
  requestId: string,
): Promise<string | undefined> {
  const account = username === '' ? undefined : await accounts.byUsername(username);
  return account?.passwordChangedBy === hashSecret(requestId) ? ticketOf(requestId) : undefined;
}
