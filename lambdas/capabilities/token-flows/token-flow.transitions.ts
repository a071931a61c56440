/**
 * Every change that flows of all kinds share, by name. Each kind has its own steps in its journey.
 */
import type { Factor } from '../../../contract/challenges.ts';
import {
  type Clause,
  clausesOf,
  mergeChanges,
  type Transition,
} from '../../ground/platform/attributes.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import type { Verification } from '../verification/verification.rules.ts';
import type { TokenFlow } from './token-flow.rules.ts';

const { is, absent, after, exists } = clausesOf<OpenCodeFlow>();

/** A flow whose open verification is a code, as far as conditions on it go. */
interface OpenCodeFlow extends Omit<TokenFlow, 'open'> {
  open: Extract<Verification, { kind: 'CODE' }>;
}

/** A change of what flows of every kind have. */
export type TokenFlowTransition = Transition<TokenFlow>;

/** What a step changes: whole members only, so that the flow after it is known without a read. */
interface Members<F extends TokenFlow> {
  set?: { [Name in keyof F]?: F[Name] | undefined };
  remove?: readonly (keyof F & string)[];
}

/** A step of a flow, which takes it one turn on. */
export interface Step<F extends TokenFlow> {
  change: Members<F>;
  when: readonly Clause[];
}

const { is: isNow } = clausesOf<{ step: string }>();

/** Makes the steps of a kind of flow, each from the step where the flow is. */
export function stepsFrom<F extends TokenFlow & { step: string }>() {
  return (
    { step }: Pick<F, 'step'>,
    change: Members<F>,
    when: readonly Clause[] = [],
  ): Step<F> => ({ change, when: [isNow('step', step), ...when] });
}

/** The flow exists and its callee has not denied it. */
const GOES_ON: readonly Clause[] = [exists('turn'), absent('deniedAt')];

/**
 * Takes a flow one turn on: of two steps at once one wins. It keeps the language of the step.
 * @param lastRequest the request that takes it, if a repeat may follow
 */
export function nextTurn<F extends TokenFlow>(
  { turn, language }: Pick<F, 'turn' | 'language'>,
  { change, when }: Step<F>,
  lastRequest?: string,
): Transition<F> {
  const set = definite({ turn: turn + 1, lastRequest, language });
  return {
    change: mergeChanges<F>(change as object, { set } as object),
    when: [is('turn', turn), absent('deniedAt'), ...when],
  };
}

/** Conditions of a flow that is still at this turn. */
export function atTurn({ turn }: Pick<TokenFlow, 'turn'>): readonly Clause[] {
  return [is('turn', turn), absent('deniedAt')];
}

/** The flow after a step. */
export function afterStep<F extends TokenFlow>(flow: F, { change }: Step<F>): F {
  const removed: readonly string[] = change.remove ?? [];
  const members = Object.entries({ ...flow, ...change.set, turn: flow.turn + 1 });
  return Object.fromEntries(
    members.filter(([name, value]) => value !== undefined && !removed.includes(name)),
  ) as F;
}

/** A verification is sent: what was open before is void. */
export function recordSend(
  { sentAt }: Pick<TokenFlow, 'sentAt'>,
  open: Verification,
  now: number,
): { set: Required<Pick<TokenFlow, 'open' | 'sentAt'>> } {
  const factor: Factor = open.factor;
  return { set: { open, sentAt: { ...sentAt, [factor]: now } } };
}

/** A step together with the send that goes with it. */
export function withSend<F extends TokenFlow>(
  { change, when }: Step<F>,
  flow: F,
  open: Verification,
  now: number,
): Step<F> {
  const set = { ...change.set, ...recordSend(flow, open, now).set };
  return { change: { ...change, set } as Members<F>, when };
}

/** The request whose send went out, so that a repeat sends nothing. */
export function rememberRequest(
  { turn }: Pick<TokenFlow, 'turn'>,
  lastRequest: string,
): TokenFlowTransition {
  return {
    change: { set: { lastRequest } },
    when: [is('turn', turn + 1)],
  };
}

/** The flow as it was before a send that failed: its verification, and what its step changed. */
export function undoSend<F extends TokenFlow>(flow: F, step: Step<F>): Step<F> {
  const names = ['open', 'sentAt', ...Object.keys(step.change.set ?? {})] as (keyof F & string)[];
  const set = Object.fromEntries(names.map((name) => [name, flow[name]]));
  const remove = names.filter((name) => flow[name] === undefined);
  const change: object = { set, remove };
  return { change, when: [] };
}

/** One attempt on the open code, counted before it is compared. */
export function countAttempt(codeId: string): TokenFlowTransition {
  return {
    change: { add: { 'open.code.attemptsLeft': -1 } },
    when: [...GOES_ON, is('open.code.codeId', codeId), after('open.code.attemptsLeft', 0)],
  };
}

/**
 * Conditions of a step that consumes the open code: it is the one that was checked, and it has not
 * expired.
 */
export function whileOpen({ open }: Pick<TokenFlow, 'open'>, now: number): readonly Clause[] {
  if (open?.kind !== 'CODE') return [];
  return [is('open.code.codeId', open.code.codeId), after('open.code.expiresAt', now)];
}

/**
 * The code that a queue sends: the flow gets the account that its address turns out to have. It
 * does not share the account's epoch yet, so that flows of known and unknown addresses end alike.
 */
export function tieToAccount(
  codeId: string,
  { accountId, mac }: { accountId: string; mac: string },
): TokenFlowTransition {
  return {
    change: { set: { accountId, 'open.code.mac': mac } },
    when: [...GOES_ON, is('open.code.codeId', codeId)],
  };
}
