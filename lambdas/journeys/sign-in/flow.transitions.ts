/** Every change of a sign-in flow, by name: the round that it belongs to, and what it does. */
import type { SignInMethod } from '../../../contract/accounts.ts';
import type { IssuedCode } from '../../capabilities/verification/codes.rules.ts';
import type { Verification } from '../../capabilities/verification/verification.rules.ts';
import {
  type Change,
  type Clause,
  clausesOf,
  either,
  mergeChanges,
  type Transition,
} from '../../ground/platform/attributes.rules.ts';
import {
  FLOW_LIFE_MS,
  FLOW_VERSION,
  type Presentation,
  type RoundState,
  type SentRound,
  type SignInFlow,
  type SignInOpen,
  type StoredAnswer,
} from './flow.rules.ts';

export type SignInFlowTransition = Transition<StoredFlow>;

interface StoredFlow extends SignInFlow {
  /** Seconds since 1970. */
  ttl: number;
}

const { is, absent, exists, below, after } = clausesOf<StoredFlow>();

const isOpen = ({ codeId }: Pick<IssuedCode, 'codeId'>) => is('open.code.codeId', codeId);

export interface Proved {
  loginMethod: SignInMethod;
  /** When the factor was passed. @default now */
  factorAt?: number;
  now: number;
}

const proof = ({ loginMethod, now, factorAt = now }: Proved): Change<StoredFlow> => ({
  set: { proved: { loginMethod, at: now, factorAt } },
});

/**
 * The first answer of a round counts, and the first answer of all makes the flow; a second one is
 * refused.
 */
export function storeAnswer(
  { flowId, accountId, epoch, round }: RoundState,
  answer: Omit<StoredAnswer, 'round'>,
  now: number,
): SignInFlowTransition {
  const ttl = Math.ceil((now + FLOW_LIFE_MS) / 1000);
  const stored = { ...answer, round };
  return {
    change: {
      set: {
        v: FLOW_VERSION,
        flowId,
        accountId,
        epoch,
        ttl,
        answer: stored,
      },
    },
    when: [either(absent('answer'), below('answer.round', round)), absent('deniedAt')],
  };
}

function alsoDo(
  { change, when }: SignInFlowTransition,
  more: Change<StoredFlow>,
  also: readonly Clause[] = [],
): SignInFlowTransition {
  return {
    change: mergeChanges(change, more),
    when: [...when, ...also],
  };
}

/** The answer is a completed proof: by a device or a ticket. */
export function proveRound(state: RoundState, hash: string, proved: Proved): SignInFlowTransition {
  const stored = storeAnswer(state, { hash, outcome: 'PROVED' }, proved.now);
  return alsoDo(stored, mergeChanges(proof(proved), { remove: ['open'] }));
}

/** The answer is a completed proof by the call that is open. */
export function proveByCall(
  state: RoundState,
  hash: string,
  proved: Proved & { callId: string },
): SignInFlowTransition {
  const { change, when } = proveRound(state, hash, proved);
  return {
    change,
    when: [...when, is('open.call.callId', proved.callId)],
  };
}

/** One attempt on the open code, counted before it is compared. */
export function countCode(
  state: RoundState,
  answer: Omit<StoredAnswer, 'round'>,
  code: Pick<IssuedCode, 'codeId'>,
  now: number,
): SignInFlowTransition {
  return alsoDo(storeAnswer(state, answer, now), { add: { 'open.code.attemptsLeft': -1 } }, [
    isOpen(code),
    after('open.code.attemptsLeft', 0),
  ]);
}

/** Conditions of what follows the count: it is still this answer's, and was not settled before. */
function counted({ round }: RoundState, hash: string): readonly Clause[] {
  return [
    is('answer.round', round),
    is('answer.hash', hash),
    is('answer.outcome', 'COUNTED'),
    absent('deniedAt'),
  ];
}

/** The counted code was right: it is consumed before its end. */
export function consumeCode(
  state: RoundState,
  hash: string,
  proved: Proved & { code: Pick<IssuedCode, 'codeId'> },
): SignInFlowTransition {
  const { code, now } = proved;
  const consumed: Change<StoredFlow> = {
    set: { 'answer.outcome': 'PROVED' },
    remove: ['open', 'answer.wish'],
  };
  return {
    change: mergeChanges(consumed, proof(proved)),
    when: [...counted(state, hash), isOpen(code), after('open.code.expiresAt', now)],
  };
}

/** The counted code was wrong. */
export function refuseCode(state: RoundState, hash: string): SignInFlowTransition {
  return {
    change: { set: { 'answer.outcome': 'REFUSED' } },
    when: counted(state, hash),
  };
}

/** The terms are accepted, after a proof. */
export function acceptTerms(state: RoundState, hash: string, now: number): SignInFlowTransition {
  return alsoDo(storeAnswer(state, { hash, outcome: 'PROVED' }, now), {}, [exists('proved')]);
}

/** Conditions of a round that nothing was asked for yet; its callee has not ended the flow. */
function unclaimed({ round }: SentRound): readonly Clause[] {
  return [
    is('answer.round', round - 1),
    either(absent('sent'), below('sent.round', round)),
    absent('deniedAt'),
  ];
}

/**
 * The round is claimed by one conditional write: of two calls for the same round one sends, the
 * other waits for it.
 */
export function claimSend(
  { sentAt }: SignInFlow,
  open: Verification,
  sent: SentRound,
): SignInFlowTransition {
  return {
    change: {
      set: {
        open,
        sentAt: { ...sentAt, [open.factor]: sent.at },
        sent,
      },
    },
    when: unclaimed(sent),
  };
}

/** A factor that is not sent is asked for: what was open before is void. */
export function openUnsent(open: SignInOpen, sent: SentRound): SignInFlowTransition {
  return {
    change: { set: { open, sent } },
    when: unclaimed(sent),
  };
}

/** A send failed: what was open before is open again. */
export function undoSend(
  flow: SignInFlow,
  round: number,
  failed: Presentation,
): SignInFlowTransition {
  const { open, sentAt } = flow;
  const remove: ('open' | 'sentAt')[] = [];
  if (open === undefined) remove.push('open');
  if (sentAt === undefined) remove.push('sentAt');
  return {
    change: {
      set: {
        'sent.failed': failed,
        open,
        sentAt,
      },
      remove,
    },
    when: [is('answer.round', round - 1), is('sent.round', round)],
  };
}
