/** Whether the memory of this process, which runs the machine, grows with what it does. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Megabytes after a collection: of the main thread's heap, and of the whole process. */
export interface Held {
  heap: number;
  resident: number;
}

/** What caches and pages that are kept for later may add from early to late. */
const ALLOWED: Held = { heap: 24, resident: 256 };

export function held(): Held {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: Math.round(heapUsed / 2 ** 20), resident: Math.round(rss / 2 ** 20) };
}

/** Early is the second quarter, after what starts late has started; late is the last one. */
export function growthOf(samples: readonly Held[]): string[] {
  const quarter = Math.floor(samples.length / 4);
  if (quarter === 0) return [];
  const [early, late] = [samples.slice(quarter, 2 * quarter), samples.slice(-quarter)];
  return (['heap', 'resident'] as const).flatMap((of) => {
    const [before, after] = [middleOf(early, of), middleOf(late, of)];
    return after - before > ALLOWED[of] ? [`${of} grew from ${before} to ${after} MB`] : [];
  });
}

function middleOf(samples: readonly Held[], of: keyof Held): number {
  const sorted = samples.map((sample) => sample[of]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
