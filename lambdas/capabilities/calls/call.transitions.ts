/** Every change of a call, by name: the states that it may come from, and what it does. */
import { clausesOf, either, type Transition } from '../../ground/platform/attributes.rules.ts';
import { type Call, LIVE_STATES, type OwnerOfCall } from './call.rules.ts';

export type CallTransition = Transition<Call>;

const { is, oneOf, absent, after } = clausesOf<Call>();

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
  /** The callee pressed 9. */
  DENIED: {
    change: { set: { state: 'FAILED', denied: true } },
    when: [oneOf('state', LIVE_STATES)],
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
