/**
 * Every change that flows of all kinds share, by name. Each kind has its own steps in its journey.
 */
import type { Factor } from '../../../contract/challenges.ts';
import {
  type Change,
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

export type FlowTransition<F extends TokenFlow = TokenFlow> = Transition<F>;

/** The flow exists and its callee has not denied it. */
export const GOES_ON: readonly Clause[] = [exists('turn'), absent('deniedAt')];

/**
 * Takes a flow one turn on: of two steps at once one wins. It keeps the language of the step.
 * @param lastRequest the request that takes it, if a repeat may follow
 */
export function nextTurn<F extends TokenFlow>(
  { turn, language }: Pick<F, 'turn' | 'language'>,
  { change, when }: Transition<F>,
  lastRequest?: string,
): Transition<F> {
  const set = definite({
    turn: turn + 1,
    lastRequest,
    language,
  });
  const moved = { set } as unknown as Change<F>;
  return {
    change: mergeChanges(change, moved),
    when: [is('turn', turn), absent('deniedAt'), ...when],
  };
}

/** Conditions of a flow that is still at this turn. */
export function atTurn({ turn }: Pick<TokenFlow, 'turn'>): readonly Clause[] {
  return [is('turn', turn), absent('deniedAt')];
}

/** A verification is sent: what was open before is void. */
export function recordSend(
  { sentAt }: Pick<TokenFlow, 'sentAt'>,
  open: Verification,
  now: number,
): FlowTransition {
  const factor: Factor = open.factor;
  return {
    change: { set: { open, sentAt: { ...sentAt, [factor]: now } } },
    when: [],
  };
}

/** The request whose send went out, so that a repeat sends nothing. */
export function rememberRequest(
  { turn }: Pick<TokenFlow, 'turn'>,
  lastRequest: string,
): FlowTransition {
  return {
    change: { set: { lastRequest } },
    when: [is('turn', turn + 1)],
  };
}

/** The flow as it was before a send that failed: its verification, and what its step changed. */
export function undoSend<F extends TokenFlow>(flow: F, changed: readonly string[]): Transition<F> {
  const before = flow as unknown as Record<string, unknown>;
  const names = ['open', 'sentAt', ...changed];
  const set = Object.fromEntries(names.map((name) => [name, before[name]]));
  const remove = names.filter((name) => before[name] === undefined);
  return {
    change: { set, remove } as unknown as Change<F>,
    when: [],
  };
}

/** One attempt on the open code, counted before it is compared. */
export function countAttempt(codeId: string): FlowTransition {
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
): FlowTransition {
  return {
    change: { set: { accountId, 'open.code.mac': mac } },
    when: [...GOES_ON, is('open.code.codeId', codeId)],
  };
}
