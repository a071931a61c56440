import { describe, expect, test } from '@jest/globals';
import { createPasswordLockout } from '../../../local/cognito/lockout.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The lockout after a number of wrong passwords, the last one at `at`. */
function afterFailures(count: number, at = 0) {
  const lockout = createPasswordLockout();
  for (let failure = 0; failure < count; failure += 1) lockout.failed('pat', at);
  return lockout;
}

describe('wrong passwords', () => {
  test.each([0, 1, 4])('%d of them do not lock', (count) => {
    expect(afterFailures(count).isLocked('pat', 0)).toBe(false);
  });

  test.each<[number, number]>([
    [5, 1],
    [6, 2],
    [7, 4],
    [10, 32],
    [14, 512],
    [15, 900],
    [40, 900],
  ])('%d of them lock for %d s', (count, seconds) => {
    const lockout = afterFailures(count);
    expect(lockout.isLocked('pat', seconds * SECOND - 1)).toBe(true);
    expect(lockout.isLocked('pat', seconds * SECOND)).toBe(false);
  });

  test('of one user do not lock another', () => {
    expect(afterFailures(9).isLocked('erin', 0)).toBe(false);
  });

  test('are forgotten by a right one', () => {
    const lockout = afterFailures(4);
    lockout.succeeded('pat');
    lockout.failed('pat', 0);
    expect(lockout.isLocked('pat', 0)).toBe(false);
  });

  test('are forgotten fifteen minutes after the last', () => {
    const lockout = afterFailures(4);
    lockout.failed('pat', 15 * MINUTE + 1);
    expect(lockout.isLocked('pat', 15 * MINUTE + 1)).toBe(false);
  });

  test('still count at fifteen minutes', () => {
    const lockout = afterFailures(4);
    lockout.failed('pat', 15 * MINUTE);
    expect(lockout.isLocked('pat', 15 * MINUTE)).toBe(true);
  });
});
