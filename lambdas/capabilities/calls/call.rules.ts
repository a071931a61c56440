/** A verification call: its record, its statuses, and which word about it is taken when. */
import type { CallStatus } from '../../../contract/flows.ts';
import type { CodePurpose } from '../verification/codes.rules.ts';

export type StoredCallState = Exclude<CallStatus, 'EXPIRED'>;

export interface Call {
  /** 128 random bits: the only key to the call's status. */
  callId: string;
  purpose: CodePurpose;
  flowId: string;
  accountId: string;
  epoch: number;
  /** E.164. */
  phone: string;
  state: StoredCallState;
  /** Connect's id of the contact, once known. */
  contactId?: string;
  /** True if the call speaks a code instead of asking for #. */
  spoken: boolean;
  placedAt: number;
  expiresAt: number;
  /** Set when the confirmation passed its flow: it passes once. */
  usedAt?: number;
}

export interface OutboundCall {
  /** E.164. */
  phone: string;
  /** At most one call is placed for a token in seven days. */
  clientToken: string;
  attributes: Record<string, string>;
}

/** States that nothing follows. */
export const FINAL_STATES: readonly StoredCallState[] = ['CONFIRMED', 'NO_ANSWER', 'FAILED'];
export const LIVE_STATES: readonly StoredCallState[] = ['CALLING', 'ANSWERED'];

/** What is said of a call from outside; EXPIRED replaces only what is not final. */
export function statusOf(call: Pick<Call, 'state' | 'expiresAt'>, now: number): CallStatus {
  return LIVE_STATES.includes(call.state) && call.expiresAt <= now ? 'EXPIRED' : call.state;
}

/** Contact events come unordered, late, twice or never: each names the states that it may change. */
export const PRIOR_STATES: Record<
  Exclude<StoredCallState, 'CALLING'>,
  readonly StoredCallState[]
> = {
  ANSWERED: ['CALLING'],
  NO_ANSWER: ['CALLING'],
  CONFIRMED: LIVE_STATES,
  FAILED: LIVE_STATES,
};

export interface ContactEvent {
  eventType: string;
  contactId: string;
  /** ISO 8601; absent or 1970 if nobody picked up. */
  connectedToSystemTimestamp?: string;
}

/** The state that a Connect contact event speaks of, if any. */
export function stateAfter({
  eventType,
  connectedToSystemTimestamp,
}: ContactEvent): Exclude<StoredCallState, 'CALLING' | 'CONFIRMED'> | undefined {
  if (eventType === 'CONNECTED_TO_SYSTEM') return 'ANSWERED';
  if (eventType !== 'DISCONNECTED') return undefined;
  const answered =
    connectedToSystemTimestamp !== undefined && Date.parse(connectedToSystemTimestamp) > 0;
  return answered ? 'FAILED' : 'NO_ANSWER';
}

/** True if the confirmed call still passes this flow. */
export function passes(
  call: Call,
  of: { flowId: string; accountId: string; epoch: number },
  now: number,
): boolean {
  return (
    call.state === 'CONFIRMED' &&
    call.usedAt === undefined &&
    call.expiresAt > now &&
    call.flowId === of.flowId &&
    call.accountId === of.accountId &&
    call.epoch === of.epoch
  );
}
