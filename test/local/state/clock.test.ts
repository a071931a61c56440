import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createClock, type Clock } from '../../../local/clock.ts';

const START = Date.UTC(2026, 0, 1);
const DAY = 86_400;

beforeEach(() => {
  jest.useFakeTimers({ now: START });
});
afterEach(() => {
  jest.useRealTimers();
});

/** A clock that notes what rings. */
function noting(clock: Clock = createClock()) {
  const rung: string[] = [];
  const when = (seconds: number, name: string) =>
    clock.when(clock.now() + seconds * 1000, () => rung.push(name));
  return { clock, rung, when };
}

describe('the time', () => {
  test('runs on with the machine, ahead by what it started with and was moved by', () => {
    const clock = createClock(5000);
    expect(clock.now()).toBe(START + 5000);
    jest.advanceTimersByTime(1000);
    clock.advance(60);
    expect(clock.now()).toBe(START + 66_000);
  });

  test('is shared with threads as one count of milliseconds', () => {
    const clock = createClock(7);
    clock.advance(1);
    expect(new BigInt64Array(clock.offset)[0]).toBe(1007n);
  });
});

describe('an alarm', () => {
  test('rings once its time has passed', () => {
    const { rung, when } = noting();
    when(10, 'a');
    jest.advanceTimersByTime(9000);
    expect(rung).toEqual([]);
    jest.advanceTimersByTime(1000);
    expect(rung).toEqual(['a']);
    jest.advanceTimersByTime(60_000);
    expect(rung).toEqual(['a']);
  });

  test('rings at once when the clock is moved past it', () => {
    const { clock, rung, when } = noting();
    when(3600, 'a');
    clock.advance(3600);
    expect(rung).toEqual(['a']);
  });

  test('that lies behind rings at the next opportunity', () => {
    const { rung, when } = noting();
    when(-5, 'a');
    expect(rung).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(rung).toEqual(['a']);
  });

  test('rings earlier after a move, by exactly that much', () => {
    const { clock, rung, when } = noting();
    when(100, 'a');
    clock.advance(60);
    jest.advanceTimersByTime(39_000);
    expect(rung).toEqual([]);
    jest.advanceTimersByTime(1000);
    expect(rung).toEqual(['a']);
  });

  test('beyond the longest timer still waits for its time', () => {
    const { rung, when } = noting();
    when(40 * DAY, 'a');
    jest.advanceTimersByTime(39 * DAY * 1000);
    expect(rung).toEqual([]);
    jest.advanceTimersByTime(DAY * 1000);
    expect(rung).toEqual(['a']);
  });

  test('rings in the order of time, not of setting', () => {
    const { clock, rung, when } = noting();
    when(30, 'late');
    when(10, 'early');
    when(20, 'between');
    clock.advance(60);
    expect(rung).toEqual(['early', 'between', 'late']);
  });

  test('that is cancelled does not ring, also not from another alarm of the same move', () => {
    const { clock, rung, when } = noting();
    const cancel = when(20, 'cancelled');
    clock.when(clock.now() + 10_000, () => cancel());
    clock.advance(60);
    expect(rung).toEqual([]);
  });

  test('may set another one', () => {
    const { clock, rung, when } = noting();
    clock.when(clock.now() + 1000, () => void when(1, 'second'));
    clock.advance(5);
    expect(rung).toEqual([]);
    jest.advanceTimersByTime(1000);
    expect(rung).toEqual(['second']);
  });
});

describe('a stopped clock', () => {
  test('rings nothing that waited, and takes nothing new', () => {
    const { clock, rung, when } = noting();
    when(10, 'before');
    clock.stop();
    when(1, 'after');
    clock.advance(60);
    jest.advanceTimersByTime(60_000);
    expect(rung).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
  });
});
