/** Wrong answers of an account, across flows and sources: in an hour, and in a row. */
import type { LimitSettings } from '../platform/environment-names.ts';
import {
  absent,
  below,
  type Change,
  type Clause,
  either,
  is,
  notAfter,
} from '../platform/expressions.rules.ts';
import { HOUR_MS } from './limits.rules.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';

/** One answer counted as wrong before it is compared, given the window as last seen; LOCKED if the hour is used up. */
export function countWrongAnswer(
  { wrongAnswers, failuresInARow = 0 }: Pick<Account, 'wrongAnswers' | 'failuresInARow'>,
  limits: LimitSettings,
  now: number,
): { changes: Change; when: Clause[] } | 'LOCKED' {
  if (failuresInARow >= limits.wrongAnswersInARow) return 'LOCKED';
  const inARow = either(
    absent('failuresInARow'),
    below('failuresInARow', limits.wrongAnswersInARow),
  );
  if (wrongAnswers === undefined || wrongAnswers.endsAt <= now) {
    return {
      changes: {
        set: { wrongAnswers: { endsAt: now + HOUR_MS, count: 1 } },
        add: { failuresInARow: 1 },
      },
      when: [inARow, either(absent('wrongAnswers'), notAfter('wrongAnswers.endsAt', now))],
    };
  }
  if (wrongAnswers.count >= limits.wrongAnswersPerHour) return 'LOCKED';
  return {
    changes: { add: { 'wrongAnswers.count': 1, failuresInARow: 1 } },
    when: [
      inARow,
      is('wrongAnswers.endsAt', wrongAnswers.endsAt),
      below('wrongAnswers.count', limits.wrongAnswersPerHour),
    ],
  };
}

/** The answer was right after all: it counts no more, and the row is broken. */
export const FORGIVE_ANSWER: Change = {
  set: { failuresInARow: 0 },
  add: { 'wrongAnswers.count': -1 },
};
