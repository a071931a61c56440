/** The end of an MFA registration: the account is ACTIVE, and a ticket signs in once. */
import type { LoginMethod } from '../../../contract/accounts.ts';
import {
  activate,
  type Enrolment,
  holdsPasswordLease,
} from '../../capabilities/accounts/account.transitions.ts';
import { signOutAfter } from '../../capabilities/accounts/revocation.ts';
import { ticketOf } from '../../capabilities/token-flows/repeats.ts';
import type { Verified } from '../../capabilities/token-flows/token-flow.ts';
import { limitsOf } from '../../ground/limits/budgets.rules.ts';
import type { Limit } from '../../ground/limits/limits.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import {
  type MfaDeps,
  type OpenedFlow,
  releases,
  step,
  type StepOutcome,
} from './registration-step.ts';
import * as steps from './registration.transitions.ts';

export interface Completion {
  loginMethod: LoginMethod;
  /** Present where the password was set in the same step, with the lease that it was set under. */
  enrolment?: Enrolment;
  leaseId?: string;
  phone?: string;
  verified?: Verified;
}

/**
 * ACTIVE: older flows, links and devices become invalid with the new epoch. The ticket signs in
 * once.
 */
export async function complete(
  deps: MfaDeps,
  opened: OpenedFlow,
  { loginMethod, enrolment, leaseId, phone, verified }: Completion,
): Promise<StepOutcome> {
  const { flow, account, now, token } = opened;
  const { accountId, flowId } = flow;
  const epoch = account.epoch + 1;
  const email = flow.email ?? account.email;
  const before = account.formerEmail ?? (account.email === email ? undefined : account.email);
  const { language } = flow;
  const rest = definite({ enrolment, phone });
  const active = activate(account, { loginMethod, formerEmail: before, language, now, ...rest });
  const holdsLease = leaseId === undefined ? [] : [holdsPasswordLease(leaseId)];
  const outcome = account.registeredAt === undefined ? 'FIRST' : 'AGAIN';
  const event = { accountId, event: 'REGISTRATION_COMPLETED', outcome, loginMethod } as const;
  const ticket = ticketOf(token);
  const completed = await step(deps, opened, steps.complete(flow, epoch, verified?.when ?? []), [
    deps.accounts.apply(account, active, ...holdsLease),
    ...(enrolment === undefined ? [] : [deps.names.confirm(enrolment.email, accountId)]),
    deps.tickets.issue(ticket, { accountId, epoch, loginMethod }, now),
    deps.audit.write({ ...event, flowId, actor: 'SELF' }, now),
    ...releases(deps, account, [email]),
    ...deps.limits.restart(limitsToRestart(deps, opened, email)),
    ...(verified?.writes ?? []),
  ]);
  if ('refused' in completed) return completed;
  await signOutAfter(deps, account, active);
  return { ...completed, ticket, email };
}

/** A completed registration clears every count of wrong answers. */
function limitsToRestart(
  { settings }: MfaDeps,
  { account: { accountId: account }, source: { sourceAddress: source } }: OpenedFlow,
  subject: string | undefined,
): Limit[] {
  return [
    ...limitsOf('REGISTRATION_ANSWER_BY_PASSWORD', { account }, settings),
    ...limitsOf('REGISTRATION_ANSWER_BY_LINK', { account }, settings),
    ...(subject === undefined ? [] : limitsOf('RESET_ANSWER', { subject, source }, settings)),
  ];
}
