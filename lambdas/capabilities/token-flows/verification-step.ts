/**
 * The two moves that registration and recovery share with each other: sending a code or placing a call for a flow, and
 * judging what comes back. A code is counted before it is compared, and consumed with the step that it allows.
 */
import type { Factor } from '../../../contract/challenges.ts';
import type { ProblemCode } from '../../../contract/problems.ts';
import type { CodePurpose } from '../verification/codes.rules.ts';
import { deadBecause, mismatchReason } from '../verification/codes.rules.ts';
import { type CodeMac, isRightCode } from '../verification/codes.ts';
import type { Budget, Dispatch, Dispatcher } from '../verification/dispatch.ts';
import { callIdOf, isTooSoon, type Verification } from '../verification/verification.rules.ts';
import { RESEND_AFTER_MS } from '../verification/codes.rules.ts';
import { DeliveryFailed } from '../messages/delivery-failed.rules.ts';
import type { AuditEvent } from '../../ground/audit/audit.rules.ts';
import type { Commit, Write } from '../../ground/platform/dynamo.ts';
import { after, type Change, type Clause, is } from '../../ground/platform/expressions.rules.ts';
import { DAY_MS, HOUR_MS, type Limit, type Limited } from '../../ground/limits/limits.rules.ts';
import { sha256 } from '../../ground/platform/secrets.rules.ts';
import type { TokenFlow } from './token-flow.rules.ts';

export interface StepRefusal {
  refused: ProblemCode;
  retryAfterSeconds?: number;
}

export interface VerificationCollaborators {
  flows: {
    advance(flow: Pick<TokenFlow, 'tokenHash' | 'turn'>, changes: Change, ...when: Clause[]): Write;
    amend(tokenHash: string, changes: Change, ...when: Clause[]): Write;
  };
  dispatcher: Dispatcher;
  calls: { endById(callId: string): Promise<void> } | undefined;
  confirmations: {
    use(
      callId: string,
      flow: { flowId: string; accountId: string; epoch: number },
      now: number,
    ): Promise<Write | undefined>;
  };
  limits: {
    count(limits: readonly Limit[], now: number, writes?: readonly Write[]): Promise<Limited>;
    forgive(limits: readonly Limit[]): Promise<void>;
    restart(limits: readonly Limit[]): Write[];
  };
  mac: CodeMac;
  audit: { write(event: AuditEvent, now: number): Write };
  commit(writes: readonly Write[]): Promise<Commit>;
}

/** What a verification belongs to; `accountId` is `nobody` for an address that no account has. */
export interface VerifiedFlow extends TokenFlow {
  accountId: string;
  epoch: number;
}

export interface SendRequest {
  flow: VerifiedFlow;
  factor: Factor;
  destination: string;
  purpose: CodePurpose;
  budget: Budget;
  /** Changes of the step itself, committed with the send. */
  changes: Change;
  now: number;
}

/** Sends for a flow and takes it on. What was open is void; if the send fails it is open again. */
export async function sendForFlow(
  on: VerificationCollaborators,
  request: SendRequest,
): Promise<{ sent: Verification } | StepRefusal> {
  const { flow, factor, destination, purpose, budget, changes, now } = request;
  if (isTooSoon(flow.sentAt ?? {}, factor, now)) return tooSoon(flow.sentAt?.[factor] ?? now, now);
  const { flowId, accountId, epoch } = flow;
  const dispatch = await on.dispatcher.prepare({
    binding: { purpose, flowId, accountId, destination },
    factor,
    budget,
    epoch,
    now,
  });
  const sentAt = { ...flow.sentAt, [factor]: now };
  const counted = await on.limits.count(dispatch.limits, now, [
    on.flows.advance(flow, { ...changes, set: { ...changes.set, open: dispatch.open, sentAt } }),
    on.audit.write(
      {
        accountId,
        event: factor === 'CALL' ? 'CALL_PLACED' : 'CODE_SENT',
        outcome: purpose,
        flowId,
        actor: 'SELF',
      },
      now,
    ),
    ...dispatch.writes,
  ]);
  if (counted.outcome === 'EXHAUSTED')
    return { refused: 'SEND_LIMIT', retryAfterSeconds: secondsUntil(counted.until, now) };
  if (counted.outcome === 'REFUSED') return { refused: 'STEP_OUT_OF_ORDER' };
  return deliver(on, request, dispatch);
}

async function deliver(
  on: VerificationCollaborators,
  { flow, changes, now }: SendRequest,
  dispatch: Dispatch,
): Promise<{ sent: Verification } | StepRefusal> {
  try {
    await dispatch.deliver();
    const former = callIdOf(flow.open);
    if (former !== undefined) await on.calls?.endById(former);
    return { sent: dispatch.open };
  } catch (error) {
    if (!(error instanceof DeliveryFailed)) throw error;
  }
  await on.commit([
    on.flows.advance(
      { tokenHash: flow.tokenHash, turn: flow.turn + 1 },
      undo(flow, Object.keys(changes.set ?? {})),
    ),
    on.audit.write(
      {
        accountId: flow.accountId,
        event: 'CODE_SENT',
        outcome: 'DELIVERY_FAILED',
        flowId: flow.flowId,
        actor: 'SELF',
      },
      now,
    ),
  ]);
  return { refused: 'DELIVERY_FAILED' };
}

/** The flow as it was before the send that failed. */
function undo(flow: TokenFlow, changed: readonly string[]): Change {
  const before = flow as unknown as Record<string, unknown>;
  const names = ['open', 'sentAt', ...changed];
  return {
    set: Object.fromEntries(
      names.filter((name) => before[name] !== undefined).map((name) => [name, before[name]]),
    ),
    remove: names.filter((name) => before[name] === undefined),
  };
}

export function tooSoon(sentAt: number, now: number): StepRefusal {
  return {
    refused: 'RESEND_TOO_SOON',
    retryAfterSeconds: secondsUntil(sentAt + RESEND_AFTER_MS, now),
  };
}

export function secondsUntil(time: number, now: number): number {
  return Math.max(1, Math.ceil((time - now) / 1000));
}

/**
 * Wrong answers before a proven password: in an hour, and in a row. Right ones are none, but only a flow that is completed
 * ends the row: whoever has one factor may not begin anew with each right code of it and guess the other for ever.
 * Apart from those of sign-ins, so that nobody locks a victim out of signing in; a registration's apart from a reset's, so that it is the way back.
 */
function answerLimits(subject: `RESET#${string}` | `REGISTRATION#${string}`): Limit[] {
  return [
    { key: `ANSWERS#HOUR#${subject}`, max: 20, windowMs: HOUR_MS },
    { key: `ANSWERS#ROW#${subject}`, max: 100, windowMs: 30 * DAY_MS },
  ];
}

/** An address's resets: counted alike whether or not it is anybody's. */
export const resetAnswerLimits = (email: string): Limit[] => answerLimits(`RESET#${sha256(email)}`);
export const registrationAnswerLimits = (accountId: string): Limit[] =>
  answerLimits(`REGISTRATION#${accountId}`);

export interface CodeAnswer {
  flow: VerifiedFlow;
  digits: string;
  destination: string;
  purpose: CodePurpose;
  limits: readonly Limit[];
  now: number;
}

/** Counts, then compares, and takes the count back if it was right. The caller consumes: its step demands `stillOpen(flow)` and removes `open`. */
export async function checkCode(
  on: VerificationCollaborators,
  { flow, digits, destination, purpose, limits, now }: CodeAnswer,
): Promise<'RIGHT' | StepRefusal> {
  const { open, flowId, accountId, tokenHash } = flow;
  if (open?.kind !== 'CODE') return { refused: 'STEP_OUT_OF_ORDER' };
  const dead = deadBecause(open.code, now);
  if (dead !== undefined) return { refused: dead };
  const attempt = on.flows.amend(
    tokenHash,
    { add: { 'open.code.attemptsLeft': -1 } },
    is('open.code.codeId', open.code.codeId),
    after('open.code.attemptsLeft', 0),
  );
  const counted = await on.limits.count(limits, now, [attempt]);
  if (counted.outcome !== 'DONE') return { refused: 'TOO_MANY_ATTEMPTS' };
  if (await isRightCode(on.mac, { purpose, flowId, accountId, destination }, open.code, digits)) {
    // A right code passes though its count cannot be taken back: asking for it again might find no attempt left.
    await on.limits.forgive(limits).catch(() => undefined);
    return 'RIGHT';
  }
  await on.commit([
    on.audit.write(
      { accountId, event: 'CODE_REFUSED', outcome: purpose, flowId, actor: 'SELF' },
      now,
    ),
  ]);
  return { refused: mismatchReason(open.code.attemptsLeft - 1) };
}

/** Conditions of the step that consumes the open code: it is the one that was checked, and it has not expired. */
export function stillOpen({ open }: TokenFlow, now: number): Clause[] {
  return open?.kind === 'CODE'
    ? [is('open.code.codeId', open.code.codeId), after('open.code.expiresAt', now)]
    : [];
}

/** The write that uses a confirmed call up, or the refusal. */
export async function checkCall(
  on: VerificationCollaborators,
  flow: VerifiedFlow,
  now: number,
): Promise<{ use: Write } | StepRefusal> {
  if (flow.open?.kind !== 'CALL') return { refused: 'STEP_OUT_OF_ORDER' };
  const use = await on.confirmations.use(flow.open.call.callId, flow, now);
  return use === undefined ? { refused: 'CALL_NOT_CONFIRMED' } : { use };
}
