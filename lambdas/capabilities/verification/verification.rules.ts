/**
 * A verification that is open: a code to enter, or a call to confirm. Sign-in, registration and
 * recovery share it.
 */
import type { Factor } from '../../../contract/challenges.ts';
import type { OpenCall } from '../calls/call.rules.ts';
import { type IssuedCode, RESEND_AFTER_MS } from './codes.rules.ts';

/** A code may be spoken by a call, whose id it then has. */
export type Verification =
  | { kind: 'CODE'; factor: Factor; code: IssuedCode; callId?: string }
  | { kind: 'CALL'; factor: 'CALL'; call: OpenCall };

/** The call that an open verification made, if any. */
export function callIdOf(open: Verification | undefined): string | undefined {
  return open?.kind === 'CALL' ? open.call.callId : open?.callId;
}

/** When each factor was last sent in this flow, in milliseconds since 1970. */
export type SentAt = Partial<Record<Factor, number>>;

/** True if `factor` was sent in this flow so lately that it is not sent again yet. */
export function isTooSoon(sentAt: SentAt, factor: Factor, now: number): boolean {
  const last = sentAt[factor];
  return last !== undefined && now < last + RESEND_AFTER_MS;
}
