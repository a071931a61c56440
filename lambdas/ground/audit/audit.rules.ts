/**
 * Audit events: who did what to which account, when, how it ended. Append only; no code, token,
 * address or name.
 */
import type { SignInMethod } from '../../../contract/accounts.ts';

/** Every event of the trail. */
export const AUDIT_EVENTS = [
  'CODE_SENT',
  'CODE_REFUSED',
  'FACTOR_PASSED',
  'TICKET_USED',
  'CALL_PLACED',
  'CALL_CONFIRMED',
  'CALL_DENIED',
  'SIGNED_IN',
  'TERMS_ACCEPTED',
  'DEVICE_REMEMBERED',
  'DEVICE_PROVEN',
  'DEVICE_REFUSED',
  'DEVICE_FORGOTTEN',
  'PASSKEY_ADDED',
  'PASSKEY_RENAMED',
  'PASSKEY_REMOVED',
  'PASSKEY_PROVEN',
  'PASSKEY_REFUSED',
  'PASSKEY_CLONED',
  'RECOVERY_CODES_ISSUED',
  'RECOVERY_CODE_USED',
  'PASSWORD_CHANGED',
  'CURRENT_PASSWORD_REFUSED',
  'EMAIL_CHANGED',
  'EMAIL_CHANGE_UNDONE',
  'PHONE_CHANGED',
  'PHONE_REMOVED',
  'LANGUAGE_CHANGED',
  'ACCOUNT_LOCKED',
  'ACCOUNT_CREATED',
  'ACCOUNT_IMPORTED',
  'CONTACT_EMAIL_CHANGED',
  'LINK_SENT',
  'LINK_USED',
  'REGISTRATION_OPENED',
  'EMAIL_VERIFIED',
  'PASSWORD_SET',
  'PHONE_VERIFIED',
  'REGISTRATION_COMPLETED',
  'REGISTRATION_RESET',
  'PORTAL_PASSWORD_REFUSED',
  'PASSWORD_RESET_STARTED',
  'PASSWORD_RESET_COMPLETED',
  'SIGNED_OUT_EVERYWHERE',
  'STATUS_CHANGED',
  'ROLE_CHANGED',
  'EMAIL_BOUNCED',
  'CODES_ISSUED',
  'CODES_REVOKED',
  'LOOKED_AT',
  'LINK_RESENT',
  'ACCOUNT_UNLOCKED',
  'ACCOUNT_ERASED',
  'LEGAL_HOLD_PLACED',
  'LEGAL_HOLD_RELEASED',
  'PEOPLE_SOUGHT',
  'APPROVAL_REQUESTED',
  'APPROVAL_DENIED',
] as const;
export type AuditEventName = (typeof AUDIT_EVENTS)[number];

export interface AuditEvent {
  accountId: string;
  event: AuditEventName;
  outcome?: string;
  /** `SELF`, an admin's accountId, `HELP_DESK`, `OPERATOR`, or `SYSTEM`. */
  actor?: string;
  loginMethod?: SignInMethod;
  /** The factor of a send that failed, and the class of its cause. */
  factor?: string;
  cause?: string;
  flowId?: string;
  /** Known on HTTP routes only: triggers are given no address. */
  sourceAddress?: string;
  requestId?: string;
  /** What the browser of a remembered device calls itself. Nothing is decided by it. */
  browser?: string;
  /** What the client calls its sign-in, a UUID: the log has it beside each line. */
  attemptId?: string;
  reason?: string;
  /** The employee_id of who acted for the HELP_DESK. Provider admins do not see it. */
  employee?: string;
  /** The employee_id of the second one, who approved or denied it. */
  secondEmployee?: string;
  /** How many of what the event speaks of, where it is more than one. */
  count?: number;
  /** The AWS identity of an operator, as STS names it. */
  operator?: string;
  /** The ticket that an operator works on. */
  ticket?: string;
}

/** An event as it is kept. `eventId` orders the events of an account by time. */
export interface RecordedEvent extends AuditEvent {
  eventId: string;
  /** ISO 8601 UTC. */
  at: string;
}

/** An event as an item, ordered by time; `uniqueId` keeps two of one millisecond apart. */
export function auditItem(
  event: AuditEvent,
  now: number,
  uniqueId: string,
): RecordedEvent & { day: string } {
  const at = new Date(now).toISOString();
  return {
    ...event,
    eventId: `${at}#${uniqueId}`,
    at,
    day: dayOf(at, shardOf(uniqueId)),
  };
}

/**
 * The number of partitions of the index by day over which the events of one day are spread, because
 * all current events are of the same day.
 */
export const DAY_SHARDS = 8;

/** `2026-10-31#3`: the partition of a time in the index by day. */
export function dayOf(at: string, shard: number): string {
  return `${at.slice(0, 10)}#${shard}`;
}

function shardOf(uniqueId: string): number {
  return (uniqueId.codePointAt(0) ?? 0) % DAY_SHARDS;
}

export function isEventId(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[\w-]{22}$/.test(text);
}
