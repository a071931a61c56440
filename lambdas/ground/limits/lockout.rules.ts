/**
 * Lockout (NIST SP 800-63B-4 §3.2.2): wrong answers of an account, across flows and sources.
 * `wrongAnswersPerHour` of them in an hour lock it until the hour has passed. `wrongAnswersInARow`
 * consecutive ones lock it until a password reset or a registration is completed.
 */
import type { LimitSettings } from '../platform/environment-names.ts';
import type { LimitWindow } from './limits.rules.ts';

/** What an account keeps about its wrong answers. */
export interface WrongAnswers {
  wrongAnswers?: LimitWindow;
  failuresInARow?: number;
}

/** How many wrong answers an account has. */
export type LockoutLimits = Pick<LimitSettings, 'wrongAnswersPerHour' | 'wrongAnswersInARow'>;

export type Lock = { until: number } | { until: 'RESET' };

/** The lock that an account is under, if it is under one. */
export function lockOf(
  { wrongAnswers, failuresInARow = 0 }: WrongAnswers,
  limits: LockoutLimits,
  now: number,
): Lock | undefined {
  if (failuresInARow >= limits.wrongAnswersInARow) return { until: 'RESET' };
  const inWindow = wrongAnswers !== undefined && wrongAnswers.endsAt > now ? wrongAnswers.count : 0;
  if (wrongAnswers === undefined || inWindow < limits.wrongAnswersPerHour) return undefined;
  return { until: wrongAnswers.endsAt };
}

/** True if this wrong answer is the one that locks: its owner is notified once. */
export function locksNow(seen: WrongAnswers, limits: LockoutLimits, now: number): boolean {
  const { wrongAnswers, failuresInARow = 0 } = seen;
  const before = wrongAnswers !== undefined && wrongAnswers.endsAt > now ? wrongAnswers.count : 0;
  return (
    before + 1 >= limits.wrongAnswersPerHour || failuresInARow + 1 >= limits.wrongAnswersInARow
  );
}
