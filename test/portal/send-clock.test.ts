import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSendClock } from '../../packages/auth-client/src/send-clock.ts';
import { memoryStorage } from './fakes.ts';

const MINUTE = 60_000;
const NOW = Date.parse('2026-01-01T12:00:00.000Z');

/** The `resendAt` of a code that the backend sent at its time `at`. */
const resendAt = (at: number): string => new Date(at + 15_000).toISOString();

describe('the clock of the countdowns', () => {
  test('is the computer clock until a code was sent', () => {
    expect(createSendClock(memoryStorage(), () => NOW).now()).toBe(NOW);
  });

  test.each([
    ['slow', 7 * MINUTE],
    ['right', 0],
    ['fast', -7 * MINUTE],
  ])('shows the time of the backend on a computer whose clock is %s', (_how, ahead) => {
    const clock = createSendClock(memoryStorage(), () => NOW);
    clock.sentJustNow(resendAt(NOW + ahead));
    expect(clock.now()).toBe(NOW + ahead);
  });

  test('advances with the computer clock', () => {
    let time = NOW;
    const clock = createSendClock(memoryStorage(), () => time);
    clock.sentJustNow(resendAt(NOW + MINUTE));
    time += 20_000;
    expect(clock.now()).toBe(NOW + MINUTE + 20_000);
  });

  test('survives a reload', () => {
    const storage = memoryStorage();
    createSendClock(storage, () => NOW).sentJustNow(resendAt(NOW + MINUTE));
    expect(createSendClock(storage, () => NOW).now()).toBe(NOW + MINUTE);
  });

  test('is not set again by an answer that repeats an earlier code', () => {
    let time = NOW;
    const clock = createSendClock(memoryStorage(), () => time);
    clock.sentJustNow(resendAt(NOW));
    time += 30_000;
    clock.sentJustNow(resendAt(NOW));
    expect(clock.now()).toBe(NOW + 30_000);
  });

  test('is set again by a new code', () => {
    let time = NOW;
    const clock = createSendClock(memoryStorage(), () => time);
    clock.sentJustNow(resendAt(NOW));
    time += 30_000;
    clock.sentJustNow(resendAt(NOW + MINUTE));
    expect(clock.now()).toBe(NOW + MINUTE);
  });

  test('leaves the full life of a code to show, however wrong the computer is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
        fc.integer({ min: 30, max: 600 }),
        (wrongBy, lifeSeconds) => {
          const clock = createSendClock(memoryStorage(), () => NOW + wrongBy);
          clock.sentJustNow(resendAt(NOW));
          const expiresAt = NOW + lifeSeconds * 1000;
          expect(expiresAt - clock.now()).toBe(lifeSeconds * 1000);
        },
      ),
    );
  });
});
