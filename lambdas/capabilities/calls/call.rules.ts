/** A verification call: its record, its statuses, and which report about it counts when. */
import type { CallStatus } from '../../../contract/flows.ts';
import type { Purpose } from '../messages/purposes.rules.ts';

export type StoredCallState = Exclude<CallStatus, 'EXPIRED'>;

/** Where the flow that asked for a call is kept, so that the callee can end it. */
export interface FlowReference {
  table: 'CHALLENGES' | 'FLOWS';
  pk: string;
}

/** What a flow of every kind has, so that the callee can end it. */
export interface Deniable {
  flowId: string;
  /** Set when the callee pressed 9, "I did not ask for this": the flow is over. */
  deniedAt?: number;
}

export interface Call {
  /** 128 random bits: the only key to the call's status. */
  callId: string;
  purpose: Purpose;
  flowId: string;
  flow: FlowReference;
  accountId: string;
  epoch: number;
  /** E.164. */
  phone: string;
  state: StoredCallState;
  /** The callee pressed 9, which ended the flow. */
  denied?: boolean;
  /** Connect's id of the contact, once it is known. */
  contactId?: string;
  /** True if the call speaks a code instead of asking for #. */
  spoken: boolean;
  /** The two digits that the page shows and the callee types, in the mode MATCH. */
  match?: string;
  placedAt: number;
  expiresAt: number;
  confirmedAt?: number;
  /** Set when the confirmation passed its flow: it passes once. */
  usedAt?: number;
}

/** A call that asks for the # key, as its flow keeps it. */
export interface OpenCall {
  callId: string;
  /** The two digits that the page shows, in the mode MATCH. */
  match?: string;
  sentAt: number;
  expiresAt: number;
}

/** What is kept about a number: its last call, and until when its callee wants no other. */
export interface CalledNumber {
  callId: string;
  deniedUntil?: number;
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

export function isLive(
  { state, expiresAt }: Pick<Call, 'state' | 'expiresAt'>,
  now: number,
): boolean {
  return LIVE_STATES.includes(state) && expiresAt > now;
}

/** A call's status as clients see it; EXPIRED replaces only what is not final. */
export function statusOf(call: Pick<Call, 'state' | 'expiresAt'>, now: number): CallStatus {
  return LIVE_STATES.includes(call.state) && call.expiresAt <= now ? 'EXPIRED' : call.state;
}

export interface ContactEvent {
  eventType: string;
  contactId: string;
  /** ISO 8601; absent or 1970 if the call was not answered. */
  connectedToSystemTimestamp?: string;
}

/** The state that a Connect contact event reports, if any. */
export function stateAfter({
  eventType,
  connectedToSystemTimestamp,
}: ContactEvent): 'ANSWERED' | 'NO_ANSWER' | 'FAILED' | undefined {
  if (eventType === 'CONNECTED_TO_SYSTEM') return 'ANSWERED';
  if (eventType !== 'DISCONNECTED') return undefined;
  const answered =
    connectedToSystemTimestamp !== undefined && Date.parse(connectedToSystemTimestamp) > 0;
  return answered ? 'FAILED' : 'NO_ANSWER';
}

export type OwnerOfCall = Pick<Call, 'flowId' | 'accountId' | 'epoch'>;

/** True if the confirmed call still passes this flow. */
export function passes(call: Call, owner: OwnerOfCall, now: number): boolean {
  return (
    call.state === 'CONFIRMED' &&
    call.usedAt === undefined &&
    call.expiresAt > now &&
    call.flowId === owner.flowId &&
    call.accountId === owner.accountId &&
    call.epoch === owner.epoch
  );
}
