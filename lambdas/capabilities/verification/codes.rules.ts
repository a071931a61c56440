/**
 * One-time codes (NIST SP 800-63B-4 §3.1.3.2): what one is bound to, when it is valid, how an
 * answer is judged.
 */
import type { Factor } from '../../../contract/challenges.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import type { Binding, Purpose } from '../messages/purposes.rules.ts';

/** Wrong answers that kill a code. */
export const CODE_ATTEMPTS = 5;
/** A code is sent again after this long at the soonest, per flow and factor. */
export const RESEND_AFTER_MS = 15_000;

/** A code as it is kept: a MAC over everything that it is good for, never the digits. */
export interface IssuedCode {
  codeId: string;
  factor: Factor;
  mac: string;
  sentAt: number;
  expiresAt: number;
  attemptsLeft: number;
}

/** The message under the MAC. No part can hold a line break, so no two bindings share a message. */
export function macMessage(
  { purpose, flowId, accountId, destination }: Binding,
  codeId: string,
  code: string,
): string {
  return ['portal-auth/code/v1', purpose, flowId, accountId, destination, codeId, code].join('\n');
}

/** How long a code is valid, by purpose and factor. */
export function codeLifeMs(
  purpose: Purpose,
  factor: Factor,
  life: FunctionSettings['codeLife'],
): number {
  if (factor === 'SMS') return life.sms * 1000;
  if (factor === 'CALL') return life.call * 1000;
  return (purpose === 'SIGN_IN' ? life.emailSignIn : life.emailVerification) * 1000;
}

export function resendAt(code: Pick<IssuedCode, 'sentAt'>): number {
  return code.sentAt + RESEND_AFTER_MS;
}

/** Why a code takes no answer any more, if so: before an answer is counted and compared. */
export function deadBecause(
  code: Pick<IssuedCode, 'expiresAt' | 'attemptsLeft'>,
  now: number,
): 'CODE_EXPIRED' | 'TOO_MANY_ATTEMPTS' | undefined {
  if (code.attemptsLeft <= 0) return 'TOO_MANY_ATTEMPTS';
  return code.expiresAt <= now ? 'CODE_EXPIRED' : undefined;
}

/** The reason that a wrong answer gets, `attemptsLeft` being what remains after it. */
export function mismatchReason(attemptsLeft: number): 'CODE_MISMATCH' | 'TOO_MANY_ATTEMPTS' {
  return attemptsLeft > 0 ? 'CODE_MISMATCH' : 'TOO_MANY_ATTEMPTS';
}
