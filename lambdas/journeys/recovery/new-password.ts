/** The end of a password reset: the new password, and a ticket for the first sign-in by it. */
import type { LoginMethod } from '../../../contract/accounts.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import {
  completeProvenReset,
  sameFactors,
} from '../../capabilities/accounts/account.transitions.ts';
import { signOutAfter } from '../../capabilities/accounts/revocation.ts';
import { recordOvertaken } from '../../capabilities/passwords/overtaken.ts';
import { normalizePassword } from '../../capabilities/passwords/password.rules.ts';
import { withPasswordLease } from '../../capabilities/passwords/password-setting.ts';
import { refusePassword } from '../../capabilities/passwords/password-strength.ts';
import { ticketOf } from '../../capabilities/token-flows/repeats.ts';
import { OUT_OF_ORDER } from '../../capabilities/token-flows/token-flow.ts';
import { limitsOf } from '../../ground/limits/budgets.rules.ts';
import type { Limit } from '../../ground/limits/limits.rules.ts';
import {
  answerLimits,
  type OpenedReset,
  type ResetDeps,
  type ResetOutcome,
  step,
} from './password-reset.ts';
import { takes } from './recovery.rules.ts';
import * as steps from './recovery.transitions.ts';

/**
 * Every session, device, flow, link and grant of the account ends with its epoch; the ticket signs
 * in once.
 */
export async function setPassword(
  deps: ResetDeps,
  opened: OpenedReset,
  typed: string,
): Promise<ResetOutcome> {
  const { flow, account, now } = opened;
  const { method, cognitoUsername } = account ?? {};
  if (!takes(flow, 'password') || account === undefined) return OUT_OF_ORDER;
  if (method === undefined || cognitoUsername === undefined) return OUT_OF_ORDER;
  const password = normalizePassword(typed);
  const refused = await refusePassword(deps, password, account);
  if (refused !== undefined) return { refused };
  const lease = {
    account,
    flowHolds: deps.flows.holds(flow),
    proven: sameFactors(account),
    now,
    id: opened.requestId,
  };
  const outcome = await withPasswordLease(deps, lease, async (leaseId): Promise<ResetOutcome> => {
    if ((await deps.pool.setPassword(cognitoUsername, password)) === 'REFUSED')
      return { refused: 'PASSWORD_INVALID' };
    return complete(deps, { ...opened, account: { ...account, method } }, leaseId);
  });
  return outcome === 'BUSY' ? OUT_OF_ORDER : outcome;
}

type Completing = OpenedReset & { account: Account & { method: LoginMethod } };

async function complete(
  deps: ResetDeps,
  opened: Completing,
  leaseId: string,
): Promise<ResetOutcome> {
  const { flow, account, now } = opened;
  const { accountId, method: loginMethod } = account;
  const epoch = account.epoch + 1;
  const ticket = ticketOf(opened.token);
  const revoked = completeProvenReset(account, leaseId, now);
  const event = {
    accountId,
    event: 'PASSWORD_RESET_COMPLETED',
    loginMethod,
    flowId: flow.flowId,
    actor: 'SELF',
  } as const;
  const done = await step(deps, opened, steps.complete(flow, epoch), [
    deps.accounts.apply(account, revoked),
    deps.tickets.issue(ticket, { accountId, epoch, loginMethod }, now),
    ...deps.limits.restart(limitsToRestart(deps, opened, account)),
    deps.audit.write(event, now),
  ]);
  if ('refused' in done)
    return (await recordOvertaken(deps, event, leaseId)) ? { refused: 'FLOW_EXPIRED' } : done;
  await signOutAfter(deps, account, revoked);
  return { ...done, ticket };
}

/**
 * A completed reset clears the counts of wrong answers, and of sends that the former password
 * spent.
 */
function limitsToRestart(deps: ResetDeps, opened: OpenedReset, account: Account): Limit[] {
  const { settings } = deps;
  const { accountId, email, phone } = account;
  const sends = (budget: 'SIGN_IN_EMAIL' | 'SIGN_IN_PHONE', destination: string | undefined) =>
    destination === undefined
      ? []
      : limitsOf(budget, { destination, account: accountId }, settings);
  return [
    ...answerLimits(deps, opened),
    ...sends('SIGN_IN_EMAIL', email),
    ...sends('SIGN_IN_PHONE', phone),
  ];
}
