/** Follows a call by polling its status, less and less often. */
import type { CallStatus, CallView } from './wire.ts';
import type { CallRoute } from './http-api.ts';
import type { Result } from './refusals.ts';

/** The status of a call; `denied` if the callee pressed 9, which ended what it was for. */
export type CallSeen = Pick<CallView, 'status' | 'denied'>;

const FIRST_MS = 800;
const LONGEST_MS = 4_000;
const GROWTH = 1.25;

const FINAL: readonly CallStatus[] = ['CONFIRMED', 'NO_ANSWER', 'FAILED', 'EXPIRED'];

/**
 * Polls a call and reports every status until a final one.
 * @param signal stops the polling
 * @returns the final status, or undefined if it was stopped
 */
export async function watchCall(
  callRoute: CallRoute,
  callId: string,
  onSeen: (seen: CallSeen) => void,
  signal: AbortSignal,
): Promise<CallStatus | undefined> {
  for (let pause = FIRST_MS; !signal.aborted; pause = Math.min(pause * GROWTH, LONGEST_MS)) {
    const answer = await callRoute('getCall', { parameters: { callId } });
    if (signal.aborted) return undefined;
    const seen = seenIn(answer);
    if (seen !== undefined) onSeen(seen);
    if (seen !== undefined && FINAL.includes(seen.status)) return seen.status;
    await pauseFor(pause, signal);
  }
  return undefined;
}

function seenIn(answer: Result<CallView>): CallSeen | undefined {
  if (answer.ok) return answer.value;
  return answer.refusal.code === 'NOT_FOUND' ? { status: 'EXPIRED' } : undefined;
}

function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
