/**
 * Lockout (NIST SP 800-63B-4 §3.2.2): wrong answers of an account, across flows and sources.
 * `wrongAnswersPerHour` of them in an hour lock it until the hour has passed. `wrongAnswersInARow`
 * consecutive ones lock it until a password reset or a registration is completed.
 */
import type { LimitSettings } from '../platform/environment-names.ts';
import { clausesOf, either, type Transition } from '../platform/attributes.rules.ts';
import { HOUR_MS, type LimitWindow } from './limits.rules.ts';

/** What an account keeps about its wrong answers. */
export interface WrongAnswers {
  wrongAnswers?: LimitWindow;
  failuresInARow?: number;
}

const { absent, is, below, notAfter } = clausesOf<WrongAnswers>();

export type Lock = { until: number } | { until: 'RESET' };

/** The lock that an account is under, if it is under one. */
export function lockOf(
  { wrongAnswers, failuresInARow = 0 }: WrongAnswers,
  limits: LimitSettings,
  now: number,
): Lock | undefined {
  if (failuresInARow >= limits.wrongAnswersInARow) return { until: 'RESET' };
  const inWindow = wrongAnswers !== undefined && wrongAnswers.endsAt > now ? wrongAnswers.count : 0;
  if (wrongAnswers === undefined || inWindow < limits.wrongAnswersPerHour) return undefined;
  return { until: wrongAnswers.endsAt };
}

/**
 * One answer counted as wrong before it is compared, given the window as last seen; LOCKED if none
 * is left.
 */
export function countWrongAnswer(
  seen: WrongAnswers,
  limits: LimitSettings,
  now: number,
): Transition<WrongAnswers> | 'LOCKED' {
  if (lockOf(seen, limits, now) !== undefined) return 'LOCKED';
  const { wrongAnswers } = seen;
  // Parallel answers count meanwhile. Only a caller who saw that its answer locks may count the one
  // that does, so that the lock is recorded: any other caller leaves one to count, and looks again.
  const left = locksNow(seen, limits, now) ? 0 : 1;
  const inARow = either(
    absent('failuresInARow'),
    below('failuresInARow', limits.wrongAnswersInARow - left),
  );
  if (wrongAnswers === undefined || wrongAnswers.endsAt <= now) {
    const opened = { endsAt: now + HOUR_MS, count: 1 };
    return {
      change: {
        set: { wrongAnswers: opened },
        add: { failuresInARow: 1 },
      },
      when: [inARow, either(absent('wrongAnswers'), notAfter('wrongAnswers.endsAt', now))],
    };
  }
  return {
    change: { add: { 'wrongAnswers.count': 1, failuresInARow: 1 } },
    when: [
      inARow,
      is('wrongAnswers.endsAt', wrongAnswers.endsAt),
      below('wrongAnswers.count', limits.wrongAnswersPerHour - left),
    ],
  };
}

/** True if this wrong answer is the one that locks: its owner is notified once. */
export function locksNow(seen: WrongAnswers, limits: LimitSettings, now: number): boolean {
  const { wrongAnswers, failuresInARow = 0 } = seen;
  const before = wrongAnswers !== undefined && wrongAnswers.endsAt > now ? wrongAnswers.count : 0;
  return (
    before + 1 >= limits.wrongAnswersPerHour || failuresInARow + 1 >= limits.wrongAnswersInARow
  );
}
