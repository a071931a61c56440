import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { watchCall } from '../../packages/auth-client/src/call-watch.ts';
import { fakeApi } from './fakes.ts';

const CALL = 'A'.repeat(22);
const status = (value: string) => ({ status: value, expiresAt: '2026-01-01T00:02:00.000Z' });

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** Watches a call with these answers, while `seconds` pass. */
async function watch(answers: (object | 'NOT_FOUND' | 'UNREACHABLE')[], seconds: number) {
  const { call, calls } = fakeApi({ getCall: answers });
  const abort = new AbortController();
  const seen: string[] = [];
  let final: string | undefined = 'still watching';
  const watching = watchCall(
    call,
    CALL,
    ({ status: value }) => seen.push(value),
    abort.signal,
  ).then((value) => {
    final = value;
  });
  await jest.advanceTimersByTimeAsync(seconds * 1000);
  return { seen, calls, abort, watching, final: () => final };
}

describe('watching a call', () => {
  test('reports every status and returns the final one', async () => {
    const { seen, final } = await watch(
      [status('CALLING'), status('ANSWERED'), status('CONFIRMED')],
      10,
    );
    expect(seen).toEqual(['CALLING', 'ANSWERED', 'CONFIRMED']);
    expect(final()).toBe('CONFIRMED');
  });

  test.each(['CONFIRMED', 'NO_ANSWER', 'FAILED', 'EXPIRED'])('ends with %s', async (value) => {
    const { calls, final } = await watch([status(value)], 60);
    expect(final()).toBe(value);
    expect(calls).toHaveLength(1);
  });

  test('reports that the callee denied the call', async () => {
    const { call } = fakeApi({ getCall: [{ ...status('FAILED'), denied: true }] });
    const seen: object[] = [];
    await watchCall(call, CALL, (value) => seen.push(value), new AbortController().signal);
    expect(seen).toMatchObject([{ status: 'FAILED', denied: true }]);
  });

  test('requests the status of this call', async () => {
    const { calls } = await watch([status('CONFIRMED')], 1);
    expect(calls).toEqual([{ name: 'getCall', parameters: { callId: CALL } }]);
  });

  test('treats a call that no longer exists as expired', async () => {
    const { seen, final } = await watch([status('CALLING'), 'NOT_FOUND'], 5);
    expect(seen).toEqual(['CALLING', 'EXPIRED']);
    expect(final()).toBe('EXPIRED');
  });

  test('continues after an outage, without reporting a status', async () => {
    const { seen, final } = await watch(
      [status('CALLING'), 'UNREACHABLE', status('CONFIRMED')],
      10,
    );
    expect(seen).toEqual(['CALLING', 'CONFIRMED']);
    expect(final()).toBe('CONFIRMED');
  });

  test('polls less and less often, at most every four seconds', async () => {
    const { calls, abort } = await watch(
      Array.from({ length: 100 }, () => status('CALLING')),
      60,
    );
    expect(calls.length).toBeGreaterThan(14);
    expect(calls.length).toBeLessThan(24);
    abort.abort();
  });

  test('stops at once when the screen is left, and returns no status', async () => {
    const { calls, abort, watching, final } = await watch(
      Array.from({ length: 100 }, () => status('CALLING')),
      2,
    );
    const before = calls.length;
    abort.abort();
    await watching;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(before);
    expect(final()).toBeUndefined();
  });

  test('does not start for a screen that was left already', async () => {
    const { call, calls } = fakeApi({});
    const never = () => {
      throw new Error('No status is expected');
    };
    expect(await watchCall(call, CALL, never, AbortSignal.abort())).toBeUndefined();
    expect(calls).toEqual([]);
  });
});
