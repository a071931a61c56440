/**
 * Answers whose timing must reveal nothing leave together: at a fixed floor, or at the next
 * multiple of it.
 */
import { setTimeout as sleep } from 'node:timers/promises';

export async function atFloor<T>(floorMs: number, answer: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    return await answer();
  } finally {
    const elapsed = performance.now() - started;
    const end = started + Math.ceil(Math.max(elapsed, 1) / floorMs) * floorMs;
    // A timer counts from the last turn of the event loop: after much work it is early.
    for (let now = performance.now(); now < end; now = performance.now()) await sleep(end - now);
  }
}
