/** Every change of a call, by name: the states that it may come from, and what it does. */
import {
  type Clause,
  clausesOf,
  either,
  type Transition,
} from '../../ground/platform/attributes.rules.ts';
import {
  type Call,
  type CalledNumber,
  type Deniable,
  LIVE_STATES,
  type OwnerOfCall,
} from './call.rules.ts';

export type CallTransition = Transition<Call>;

const { is, oneOf, absent, after } = clausesOf<Call>();
const onNumber = clausesOf<CalledNumber>();
const onFlow = clausesOf<Deniable>();

/**
 * Contact events come unordered, late, twice or never: each names the states that it may change.
 */
export const CALL_MOVES = {
  ANSWERED: {
    change: { set: { state: 'ANSWERED' } },
    when: [is('state', 'CALLING')],
  },
  NO_ANSWER: {
    change: { set: { state: 'NO_ANSWER' } },
    when: [is('state', 'CALLING')],
  },
  FAILED: {
    change: { set: { state: 'FAILED' } },
    when: [oneOf('state', LIVE_STATES)],
  },
  /** The callee pressed 9, perhaps a moment after its flow had replaced the call. */
  DENIED: {
    change: { set: { state: 'FAILED', denied: true } },
    when: [oneOf('state', [...LIVE_STATES, 'FAILED']), absent('denied')],
  },
} as const satisfies Record<string, CallTransition>;

export type CallMove = keyof typeof CALL_MOVES;

/** Connect's contact is tied to the call, once. */
export function bindContact(contactId: string): CallTransition {
  return {
    change: { set: { contactId } },
    when: [either(absent('contactId'), is('contactId', contactId))],
  };
}

/** The # key: right contact and number; a call that asks for # and has not expired. */
export function confirm(
  { phone }: Pick<Call, 'phone'>,
  contactId: string,
  now: number,
): CallTransition {
  return {
    change: {
      set: {
        state: 'CONFIRMED',
        contactId,
        confirmedAt: now,
      },
    },
    when: [
      oneOf('state', LIVE_STATES),
      is('phone', phone),
      is('spoken', false),
      after('expiresAt', now),
      either(absent('contactId'), is('contactId', contactId)),
    ],
  };
}

/** The confirmation passes its flow, once. */
export function useConfirmation(
  { flowId, accountId, epoch }: OwnerOfCall,
  now: number,
): CallTransition {
  return {
    change: { set: { usedAt: now } },
    when: [
      is('state', 'CONFIRMED'),
      absent('usedAt'),
      after('expiresAt', now),
      is('flowId', flowId),
      is('accountId', accountId),
      is('epoch', epoch),
    ],
  };
}

/** The flow that asked for the call is over. */
export function denyFlow(now: number): Transition<Deniable> {
  return { change: { set: { deniedAt: now } }, when: [onFlow.exists('flowId')] };
}

/** No call is placed to the number until then. */
export function denyNumber(until: number): Transition<StoredNumber> {
  return { change: { set: { deniedUntil: until, ttl: Math.ceil(until / 1000) } }, when: [] };
}

interface StoredNumber extends CalledNumber {
  /** Seconds since 1970. */
  ttl: number;
}

/**
 * Conditions of a number that takes a call: no other call than the one that the caller saw has it,
 * and its callee has not denied a call meanwhile.
 */
export function mayTake({ placedAt }: Call, seen: string | undefined): readonly Clause[] {
  const free = onNumber.absent('callId');
  return [
    seen === undefined ? free : either(free, onNumber.is('callId', seen)),
    either(onNumber.absent('deniedUntil'), onNumber.notAfter('deniedUntil', placedAt)),
  ];
}
