import type { Write } from '../../ground/platform/database.ts';
import type { Call, CalledNumber, OutboundCall, OwnerOfCall } from './call.rules.ts';
import type { CallMove } from './call.transitions.ts';

/** The calls that are kept. */
export interface CallsPort {
  get: (callId: string) => Promise<Call | undefined>;
  byContact: (contactId: string) => Promise<Call | undefined>;
  /** What is kept about a number, and the call that it had last. */
  ofNumber: (phone: string) => Promise<{ number?: CalledNumber; last?: Call }>;
  /**
   * Writes a call before it is placed and takes its number over from `seen`, the ID of the call
   * that the number had when it was read.
   */
  place: (call: Call, seen: string | undefined) => Write[];
  /** Ties Connect's contact to the call, once. */
  bind: (callId: string, contactId: string, now: number) => Promise<void>;
  /** Moves a call on; false if its state does not allow it any more. */
  move: (callId: string, to: CallMove, ...writes: Write[]) => Promise<boolean>;
  confirm: (call: Pick<Call, 'callId' | 'phone'>, contactId: string, now: number) => Write;
  /** The write that uses a confirmed call up for its flow. */
  use: (call: Call, owner: OwnerOfCall, now: number) => Write;
  /**
   * The writes that end the flow that asked for the call, and calls to its number until `until`.
   */
  deny: (call: Call, until: number, now: number) => Write[];
}

export interface TelephonyPort {
  /** Returns the contact's id. Throws DeliveryFailed. */
  start: (call: OutboundCall) => Promise<string>;
  /** Hangs up; a contact that has ended already is fine. Throws DeliveryFailed. */
  stop: (contactId: string) => Promise<void>;
}
