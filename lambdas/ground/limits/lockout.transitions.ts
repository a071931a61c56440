/** What a wrong answer changes of the account that counts it. */
import { clausesOf, either, type Transition } from '../platform/attributes.rules.ts';
import { HOUR_MS } from './limits.rules.ts';
import { type LockoutLimits, locksNow, type WrongAnswers } from './lockout.rules.ts';

const { absent, is, below, notAfter } = clausesOf<WrongAnswers>();

/**
 * One answer of an account that is not locked is counted as wrong before it is compared, given the
 * window as last seen.
 */
export function countWrongAnswer(
  seen: WrongAnswers,
  limits: LockoutLimits,
  now: number,
): Transition<WrongAnswers> {
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
      change: { set: { wrongAnswers: opened }, add: { failuresInARow: 1 } },
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
