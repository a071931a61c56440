/**
 * The signed-in user changes the password: the current one is proven to Cognito, every session and
 * remembered device ends, and a ticket signs this browser in again.
 */
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import { completePasswordReset } from '../../capabilities/accounts/account.transitions.ts';
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
import type { AccountsPort } from '../../capabilities/accounts/accounts.port.ts';
import type { Source, StepRefusal } from '../../capabilities/token-flows/token-flow.ts';
import type { TicketsPort } from '../../capabilities/token-flows/token-flows.port.ts';
import type { AuditPort } from '../../ground/audit/audit.port.ts';
import { limitsOf } from '../../ground/limits/budgets.rules.ts';
import type { LimitsPort } from '../../ground/limits/limits.port.ts';
import { secondsUntil } from '../../ground/limits/limits.rules.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { randomSecret } from '../../ground/platform/random.ts';

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

export async function changePassword(
  deps: PasswordChangeDeps,
  { account, source }: { account: Account; source: Source },
  typed: { currentPassword: string; newPassword: string },
): Promise<{ ticket: string } | StepRefusal> {
  const proven = await proveCurrent(deps, account, typed.currentPassword, source);
  if (proven !== undefined) return proven;
  const password = normalizePassword(typed.newPassword);
  const refused = await refusePassword(deps, password, account);
  if (refused !== undefined) return { refused };
  const lease = { account, now: deps.now() };
  const outcome = await withPasswordLease(deps, lease, (leaseId) =>
    complete(deps, account, password, leaseId),
  );
  return outcome === 'BUSY' ? { refused: 'STEP_OUT_OF_ORDER' } : outcome;
}

/** Counted before it is proven: wrong ones would pause the owner's sign-ins at Cognito. */
async function proveCurrent(
  deps: PasswordChangeDeps,
  { accountId, email = '' }: Account,
  password: string,
  source: Source,
): Promise<StepRefusal | undefined> {
  const now = deps.now();
  const guesses = limitsOf('CURRENT_PASSWORD', { account: accountId }, deps.settings);
  const counted = await deps.limits.count(guesses, now);
  if (counted.outcome === 'EXHAUSTED')
    return {
      refused: 'RATE_LIMITED',
      retryAfterSeconds: secondsUntil(counted.until, now),
    };
  if (await deps.isCognitoPassword(normalizePassword(password), email)) {
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

async function complete(
  deps: PasswordChangeDeps,
  account: Account,
  password: string,
  leaseId: string,
): Promise<{ ticket: string } | StepRefusal> {
  const { accountId, cognitoUsername = '', method: loginMethod = 'EMAIL' } = account;
  if ((await deps.pool.setPassword(cognitoUsername, password)) === 'REFUSED')
    return { refused: 'PASSWORD_INVALID' };
  const now = deps.now();
  const ticket = randomSecret();
  const changed = completePasswordReset(account, leaseId, now);
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
