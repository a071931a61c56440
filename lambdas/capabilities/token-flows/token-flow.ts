/**
 * The state machine of registrations, password resets, and changes of one's address or number:
 * opening a flow, finding it, advancing it by a step, sending and checking a verification. The
 * journeys define only their steps.
 */
import type { Factor } from '../../../contract/challenges.ts';
import { DEFAULT_LANGUAGE, type Language } from '../../../contract/languages.ts';
import type { ProblemCode } from '../../../contract/problems.ts';
import type { LimitsPort } from '../../ground/limits/limits.port.ts';
import { type Limit, secondsUntil } from '../../ground/limits/limits.rules.ts';
import type { Clause } from '../../ground/platform/attributes.rules.ts';
import type { Write } from '../../ground/platform/database.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import { errorFields, type Log } from '../../ground/platform/log.ts';
import { randomId, randomSecret } from '../../ground/platform/random.ts';
import { hashSecret } from '../../ground/platform/secrets.rules.ts';
import { type Account, NOBODY } from '../accounts/account.rules.ts';
import type { AccountsPort } from '../accounts/accounts.port.ts';
import type { Binding, Purpose } from '../messages/purposes.rules.ts';
import { type CodeMacPort, isRightCode } from '../verification/codes.ts';
import {
  deadBecause,
  type IssuedCode,
  mismatchReason,
  RESEND_AFTER_MS,
} from '../verification/codes.rules.ts';
import { type ConfirmationsPort, useConfirmedCall } from '../verification/confirmations.ts';
import type { SendLane } from '../verification/dispatch.ts';
import { type SendDeps, type SendOutcome, sendVerification } from '../verification/send.ts';
import { isTooSoon, type Verification } from '../verification/verification.rules.ts';
import {
  type CallSeen,
  type FlowKind,
  newTokenFlow,
  referenceOf,
  standingOf,
  type TokenFlow,
} from './token-flow.rules.ts';
import {
  afterStep,
  countAttempt,
  rememberRequest,
  type Step,
  undoSend,
  whileOpen,
  withSend,
} from './token-flow.transitions.ts';
import type { TokenFlowsPort } from './token-flows.port.ts';

export interface TokenFlowDeps<F extends TokenFlow> extends SendDeps {
  flows: TokenFlowsPort<F>;
  accounts: Pick<AccountsPort, 'get'>;
  calls: ConfirmationsPort;
  limits: LimitsPort;
  mac: CodeMacPort;
  log: Log;
  now: () => number;
}

export interface StepRefusal {
  refused: ProblemCode;
  detail?: string;
  retryAfterSeconds?: number;
}

export const OUT_OF_ORDER: StepRefusal = { refused: 'STEP_OUT_OF_ORDER' };

/** Where a request came from. */
export interface Source {
  sourceAddress: string;
  requestId: string;
}

/** The client that opens or advances a flow: its source, and the language of its page. */
export interface Requester {
  source: Source;
  language?: Language | undefined;
}

/** A flow that goes on, and the request that takes it on. */
export interface Opened<F extends TokenFlow> {
  flow: F;
  account: Account | undefined;
  source: Source;
  now: number;
  /** By which a repeat of the request is known, if it may be repeated. */
  requestId?: string | undefined;
}

/** A flow that was found by its token. */
export type Found<F extends TokenFlow> = Opened<F> & { token: string };

/** A new flow's token, and what every flow of its kind begins with. */
export function beginFlow<K extends FlowKind>(
  kind: K,
  now: number,
  language?: Language,
): { flowToken: string; flow: TokenFlow & { kind: K } } {
  const flowToken = randomSecret();
  const tokenHash = hashSecret(flowToken);
  return { flowToken, flow: newTokenFlow(kind, { tokenHash, flowId: randomId(), language, now }) };
}

export interface FindDeps<F extends TokenFlow> {
  flows: Pick<TokenFlowsPort<F>, 'get'>;
  accounts: Pick<AccountsPort, 'get'>;
  now: () => number;
}

/** A request of a flow, as far as it finds the flow and is a step of it. */
export interface FlowStep extends Requester {
  /** The flow token. */
  token: string | undefined;
  requestId?: string | undefined;
}

export interface Wanted<F extends TokenFlow> extends FlowStep {
  kind: F['kind'];
  /** When something other than its time ended the flow, such as a newer one. */
  overAt?: (flow: F, account: Account | undefined, now: number) => number | undefined;
}

/**
 * The flow of a token, in the language of the request: `TOKEN_INVALID` if there is none,
 * `FLOW_EXPIRED` if it is over or replaced.
 */
export async function findFlow<F extends TokenFlow>(
  deps: FindDeps<F>,
  { kind, token, source, language, requestId, overAt }: Wanted<F>,
): Promise<Found<F> | StepRefusal> {
  const flow = token === undefined ? undefined : await deps.flows.get(hashSecret(token));
  const now = deps.now();
  if (token === undefined || flow?.kind !== kind) return { refused: 'TOKEN_INVALID' };
  const account = await deps.accounts.get(flow.accountId ?? NOBODY);
  const standing = standingOf(flow, account, now, overAt?.(flow, account, now));
  if (standing === 'FORGOTTEN') return { refused: 'TOKEN_INVALID' };
  if (standing === 'OVER') return { refused: 'FLOW_EXPIRED' };
  return { flow: { ...flow, ...definite({ language }) }, account, source, now, token, requestId };
}

/** The call that the flow waits for, as far as its view needs it. */
export async function callOf(
  deps: { calls: Pick<ConfirmationsPort, 'get'> },
  { open }: TokenFlow,
): Promise<CallSeen | undefined> {
  return open?.kind === 'CALL' ? deps.calls.get(open.call.callId) : undefined;
}

/** What the flow's codes and calls are bound to: its account, if it has one. */
function ownerOf({ flowId, accountId = NOBODY, epoch = 0 }: TokenFlow) {
  return { flowId, accountId, epoch };
}

/**
 * Takes the flow a step on, with everything that belongs to the step.
 * @returns the flow as it is then, or undefined if a condition did not hold: of two steps at once,
 * the other one
 */
export async function takeStep<F extends TokenFlow>(
  { flows, commit }: Pick<TokenFlowDeps<F>, 'flows' | 'commit'>,
  { flow, requestId }: Pick<Opened<F>, 'flow' | 'requestId'>,
  step: Step<F>,
  writes: readonly Write[] = [],
): Promise<F | undefined> {
  const result = await commit([flows.advance(flow, step, requestId), ...writes]);
  return result.done ? afterStep(flow, step) : undefined;
}

/**
 * After a send went out, its repeat sends nothing. Before that it would be answered as sent, and
 * nothing would arrive. Never throws: what is not remembered is too soon to repeat.
 */
export async function rememberSend<F extends TokenFlow>(
  { flows, commit, log }: Pick<TokenFlowDeps<F>, 'flows' | 'commit' | 'log'>,
  flow: F,
  requestId: string | undefined,
): Promise<void> {
  if (requestId === undefined) return;
  try {
    await commit([flows.apply(flow.tokenHash, rememberRequest(flow, requestId))]);
  } catch (error) {
    log('WARN', 'REQUEST_NOT_REMEMBERED', errorFields(error));
  }
}

export interface FlowSend<F extends TokenFlow> {
  factor: Factor;
  destination: string;
  purpose: Purpose;
  lane: SendLane;
  /** What the step changes beside the verification. */
  step: Step<F>;
}

/** Sends for a flow and takes it on. What was open is void; if the send fails it is open again. */
export async function sendForFlow<F extends TokenFlow>(
  deps: TokenFlowDeps<F>,
  { flow, account, source, now, requestId }: Opened<F>,
  { factor, destination, purpose, lane, step }: FlowSend<F>,
): Promise<F | StepRefusal> {
  if (isTooSoon(flow.sentAt ?? {}, factor, now)) return tooSoon(flow.sentAt?.[factor] ?? now, now);
  const { flowId, accountId, epoch } = ownerOf(flow);
  const sending = (open: Verification): Step<F> => withSend(step, flow, open, now);
  const outcome = await sendVerification(deps, {
    binding: { purpose, flowId, accountId, destination },
    factor,
    lane,
    language: flow.language ?? account?.language ?? DEFAULT_LANGUAGE,
    source: source.sourceAddress,
    flow: referenceOf(flow),
    epoch,
    now,
    former: flow.open,
    outcome: purpose,
    step: (open) => [deps.flows.advance(flow, sending(open))],
    undo: () => [deps.flows.advance({ ...flow, turn: flow.turn + 1 }, undoSend(flow, step))],
  });
  if (!('sent' in outcome)) return refusalOf(outcome, now);
  await rememberSend(deps, flow, requestId);
  return afterStep(flow, sending(outcome.sent));
}

function refusalOf(outcome: Exclude<SendOutcome, { sent: unknown }>, now: number): StepRefusal {
  if ('until' in outcome)
    return { refused: outcome.refused, retryAfterSeconds: secondsUntil(outcome.until, now) };
  return outcome.refused === 'CHANGED' ? OUT_OF_ORDER : { refused: 'DELIVERY_FAILED' };
}

export function tooSoon(sentAt: number, now: number): StepRefusal {
  const retryAfterSeconds = secondsUntil(sentAt + RESEND_AFTER_MS, now);
  return { refused: 'RESEND_TOO_SOON', retryAfterSeconds };
}

/**
 * Conditions and further writes of the step that a right answer allows: they consume the code or
 * the call.
 */
export interface Verified {
  when: readonly Clause[];
  writes: readonly Write[];
}

export interface Answered {
  answer: { code: string } | { call: 'CONFIRMED' };
  destination: string;
  purpose: Purpose;
  /** What a wrong code counts against. */
  limits: readonly Limit[];
}

/** Judges what comes back for the open verification: a code, or the confirmation of a call. */
export async function verify<F extends TokenFlow>(
  deps: TokenFlowDeps<F>,
  opened: Opened<F>,
  answered: Answered,
): Promise<Verified | StepRefusal> {
  const { flow, now } = opened;
  if ('code' in answered.answer) return verifyCode(deps, opened, answered, answered.answer.code);
  if (flow.open?.kind !== 'CALL') return OUT_OF_ORDER;
  const used = await useConfirmedCall(deps.calls, flow.open.call.callId, ownerOf(flow), now);
  return used === undefined ? { refused: 'CALL_NOT_CONFIRMED' } : { when: [], writes: [used] };
}

/** Counts, then compares, and takes the count back if it was right. */
async function verifyCode<F extends TokenFlow>(
  deps: TokenFlowDeps<F>,
  { flow, source, now }: Opened<F>,
  { destination, purpose, limits }: Answered,
  digits: string,
): Promise<Verified | StepRefusal> {
  const { open, tokenHash } = flow;
  const { flowId, accountId } = ownerOf(flow);
  if (open?.kind !== 'CODE') return OUT_OF_ORDER;
  const dead = deadBecause(open.code, now);
  if (dead !== undefined) return { refused: dead };
  const attempt = deps.flows.apply(tokenHash, countAttempt(open.code.codeId));
  const counted = await deps.limits.count(limits, now, [attempt]);
  if (counted.outcome === 'REFUSED') return notCounted(open.code, counted.refused);
  if (counted.outcome === 'EXHAUSTED') return { refused: 'TOO_MANY_ATTEMPTS' };
  const binding: Binding = { purpose, flowId, accountId, destination };
  if (await isRightCode(deps.mac, binding, open.code, digits)) {
    await takeBack(deps, limits);
    return { when: whileOpen(flow, now), writes: [] };
  }
  const event = { accountId, event: 'CODE_REFUSED', outcome: purpose, flowId } as const;
  await deps.commit([deps.audit.write({ ...event, actor: 'SELF', ...source }, now)]);
  return { refused: mismatchReason(open.code.attemptsLeft - 1) };
}

/** Another answer came first: it used the last attempt, or the code itself. */
function notCounted(
  { codeId }: IssuedCode,
  [flow]: readonly (true | Record<string, unknown> | undefined)[],
): StepRefusal {
  const { open } = (flow ?? {}) as Partial<TokenFlow>;
  const isOpen = open?.kind === 'CODE' && open.code.codeId === codeId;
  return isOpen ? { refused: 'TOO_MANY_ATTEMPTS' } : OUT_OF_ORDER;
}

/**
 * A right code passes even if its count cannot be taken back: a second try might find no attempt
 * left.
 */
async function takeBack(
  { limits: counts, log }: Pick<TokenFlowDeps<TokenFlow>, 'limits' | 'log'>,
  limits: readonly Limit[],
): Promise<void> {
  try {
    await counts.forgive(limits);
  } catch (error) {
    log('WARN', 'ATTEMPT_NOT_TAKEN_BACK', errorFields(error));
  }
}
