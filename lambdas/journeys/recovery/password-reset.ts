/**
 * Forgotten passwords: e-mail code, for phone users a code or call to the phone on file, then the
 * new password (`new-password.ts`). Unknown addresses take the same steps; their code is sent to
 * nobody and is a mismatch whatever is entered.
 */
import type { Channel, PasswordReset } from '../../../contract/flows.ts';
import type { AccountsPort } from '../../capabilities/accounts/accounts.port.ts';
import { isOffered } from '../../capabilities/accounts/phone.rules.ts';
import type { RevocationDeps } from '../../capabilities/accounts/revocation.ts';
import type { OutboxPort } from '../../capabilities/outbox/outbox.port.ts';
import type { StrengthDeps } from '../../capabilities/passwords/password-strength.ts';
import { ticketOf } from '../../capabilities/token-flows/repeats.ts';
import {
  beginFlow,
  callOf,
  findFlow,
  type FlowStep,
  type Found,
  OUT_OF_ORDER,
  rememberSend,
  type Requester,
  sendForFlow,
  type Source,
  type StepRefusal,
  takeStep,
  type TokenFlowDeps,
  tooSoon,
  verify,
} from '../../capabilities/token-flows/token-flow.ts';
import type { TicketsPort } from '../../capabilities/token-flows/token-flows.port.ts';
import { isTooSoon } from '../../capabilities/verification/verification.rules.ts';
import { limitsOf } from '../../ground/limits/budgets.rules.ts';
import { type Limit, secondsUntil } from '../../ground/limits/limits.rules.ts';
import { type Step, undoSend } from '../../capabilities/token-flows/token-flow.transitions.ts';
import type { Write } from '../../ground/platform/database.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { randomId } from '../../ground/platform/random.ts';
import {
  type ResetFlow,
  resetView,
  stillProves,
  takes,
  type TakenReset,
  unsentCode,
} from './recovery.rules.ts';
import * as steps from './recovery.transitions.ts';

export interface ResetDeps extends TokenFlowDeps<ResetFlow>, Omit<StrengthDeps, 'settings'> {
  accounts: Pick<AccountsPort, 'get' | 'apply'>;
  pool: RevocationDeps['pool'] & {
    setPassword: (username: string, password: string) => Promise<'DONE' | 'REFUSED'>;
  };
  outbox: Pick<OutboxPort, 'put'>;
  tickets: Pick<TicketsPort, 'issue'>;
  settings: FunctionSettings;
}

export type OpenedReset = Found<ResetFlow>;

export type ResetOutcome = TakenReset | StepRefusal;

export async function startReset(
  deps: ResetDeps,
  email: string,
  { source, language }: Requester,
): Promise<{ flowToken: string; reset: PasswordReset } | StepRefusal> {
  const { settings } = deps;
  const now = deps.now();
  const requests = limitsOf('RESET_REQUEST', { source: source.sourceAddress }, settings);
  const counted = await deps.limits.count(requests, now);
  if (counted.outcome === 'EXHAUSTED')
    return { refused: 'RATE_LIMITED', retryAfterSeconds: secondsUntil(counted.until, now) };
  // A spent budget of mails does not show: the flow opens, and the code is not sent.
  const sends = sendLimits(deps, email, source);
  const budget = await deps.limits.count(sends, now);
  const { flowToken, flow: begun } = beginFlow('PASSWORD_RESET', now, language);
  const open = unsentCode(randomId(), settings.codeLife.emailVerification, now);
  const flow: ResetFlow = { ...begun, step: 'VERIFY_EMAIL', email, open, sentAt: { EMAIL: now } };
  await deps.commit([deps.flows.open(flow)]);
  if (budget.outcome === 'DONE')
    await queueCode(deps, flow, source).catch(async (error: unknown) => {
      // Otherwise the first request after an outage would find the budget spent, and send nothing.
      await deps.limits.forgive(sends);
      throw error;
    });
  return { flowToken, reset: resetView(flow, undefined, now) };
}

/** The code that the flow shows is made and sent by the worker, if the address is an account's. */
function queueCode(
  { outbox }: ResetDeps,
  { tokenHash, open }: ResetFlow,
  source: Source,
): Promise<void> {
  const codeId = open?.kind === 'CODE' ? open.code.codeId : '';
  return outbox.put({ kind: 'RESET_CODE', tokenHash, codeId, ...source });
}

function sendLimits({ settings }: ResetDeps, destination: string, source: Source): Limit[] {
  return limitsOf('RESET_EMAIL', { destination, source: source.sourceAddress }, settings);
}

/** The flow of a token. It is over where the account has left what the flow has proven. */
export function openReset(deps: ResetDeps, request: FlowStep): Promise<OpenedReset | StepRefusal> {
  return findFlow(deps, {
    kind: 'PASSWORD_RESET',
    ...request,
    overAt: (flow, account, now) => (stillProves(flow, account) ? undefined : now),
  });
}

export async function showReset(
  deps: ResetDeps,
  { flow, now }: OpenedReset,
): Promise<{ reset: PasswordReset }> {
  return { reset: resetView(flow, await callOf(deps, flow), now) };
}

/** The answer of a step that was taken already, with the ticket if it was the last one. */
export async function repeatStep(deps: ResetDeps, opened: OpenedReset): Promise<TakenReset> {
  const shown = await showReset(deps, opened);
  return opened.flow.step === 'DONE' ? { ...shown, ticket: ticketOf(opened.token) } : shown;
}

export async function resendEmail(
  deps: ResetDeps,
  { flow, source, now, requestId }: OpenedReset,
): Promise<ResetOutcome> {
  if (!takes(flow, 'resend')) return OUT_OF_ORDER;
  if (isTooSoon(flow.sentAt ?? {}, 'EMAIL', now)) return tooSoon(flow.sentAt?.EMAIL ?? now, now);
  const { settings } = deps;
  const open = unsentCode(randomId(), settings.codeLife.emailVerification, now);
  const limits = [
    ...sendLimits(deps, flow.email, source),
    ...limitsOf('RESET_REQUEST', { source: source.sourceAddress }, settings),
  ];
  const resent = steps.resendEmail(flow, open, now);
  const counted = await deps.limits.count(limits, now, [deps.flows.advance(flow, resent)]);
  if (counted.outcome === 'EXHAUSTED')
    return { refused: 'SEND_LIMIT', retryAfterSeconds: secondsUntil(counted.until, now) };
  if (counted.outcome === 'REFUSED') return OUT_OF_ORDER;
  const next = { ...flow, open };
  try {
    await queueCode(deps, next, source);
  } catch (error) {
    // The former code is the open one again, and may be sent again at once.
    const undone = deps.flows.advance({ ...flow, turn: flow.turn + 1 }, undoSend(flow, resent));
    await deps.commit([undone]);
    await deps.limits.forgive(limits);
    throw error;
  }
  await rememberSend(deps, flow, requestId);
  return { reset: resetView(next, undefined, now) };
}

/** What a wrong code counts against: alike for every address, whether or not an account has it. */
export function answerLimits({ settings }: ResetDeps, { flow, source }: OpenedReset): Limit[] {
  const spender = { subject: flow.email, source: source.sourceAddress };
  return limitsOf('RESET_ANSWER', spender, settings);
}

export async function verifyEmail(
  deps: ResetDeps,
  opened: OpenedReset,
  code: string,
): Promise<ResetOutcome> {
  const { flow, account, now } = opened;
  if (!takes(flow, 'verifyEmail')) return OUT_OF_ORDER;
  const verified = await verify(deps, opened, {
    answer: { code },
    destination: flow.email,
    purpose: 'PASSWORD_RESET_EMAIL',
    limits: answerLimits(deps, opened),
  });
  if ('refused' in verified) return verified;
  if (account?.status !== 'ACTIVE' || account.email !== flow.email)
    return { refused: 'CODE_MISMATCH' };
  const { accountId } = account;
  return step(deps, opened, steps.verifyEmail(flow, account, verified.when), [
    deps.audit.write({ accountId, event: 'EMAIL_VERIFIED', ...ofReset(flow) }, now),
  ]);
}

const ofReset = ({ flowId }: ResetFlow) =>
  ({ outcome: 'PASSWORD_RESET', flowId, actor: 'SELF' }) as const;

export async function chooseChannel(
  deps: ResetDeps,
  opened: OpenedReset,
  channel: Channel,
): Promise<ResetOutcome> {
  const { flow, account, now } = opened;
  if (!takes(flow, 'phone') || account?.phone === undefined) return OUT_OF_ORDER;
  if (!isOffered(channel, deps.settings)) return { refused: 'PHONE_NOT_ALLOWED' };
  const sent = await sendForFlow(deps, opened, {
    factor: channel,
    destination: account.phone,
    purpose: 'PASSWORD_RESET_PHONE',
    lane: 'RESET',
    step: steps.chooseChannel(flow, account.phone),
  });
  return 'refused' in sent ? sent : { reset: resetView(sent, undefined, now) };
}

export async function verifyPhone(
  deps: ResetDeps,
  opened: OpenedReset,
  answer: { code: string } | { call: 'CONFIRMED' },
): Promise<ResetOutcome> {
  const { flow, account, now } = opened;
  if (!takes(flow, 'verifyPhone') || account?.phone === undefined) return OUT_OF_ORDER;
  const verified = await verify(deps, opened, {
    answer,
    destination: account.phone,
    purpose: 'PASSWORD_RESET_PHONE',
    limits: answerLimits(deps, opened),
  });
  if ('refused' in verified) return verified;
  const { accountId } = account;
  return step(deps, opened, steps.verifyPhone(flow, verified.when), [
    ...verified.writes,
    deps.audit.write({ accountId, event: 'PHONE_VERIFIED', ...ofReset(flow) }, now),
  ]);
}

/** One step: the flow's turn and everything that belongs to it, together. */
export async function step(
  deps: ResetDeps,
  opened: OpenedReset,
  transition: Step<ResetFlow>,
  writes: readonly Write[],
): Promise<{ reset: PasswordReset } | StepRefusal> {
  const after = await takeStep(deps, opened, transition, writes);
  return after === undefined ? OUT_OF_ORDER : { reset: resetView(after, undefined, opened.now) };
}
