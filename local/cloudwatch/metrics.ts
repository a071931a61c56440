import type { Clock } from '../clock.ts';

export type Dimensions = Readonly<Record<string, string>>;

/** What names a metric. */
export interface MetricName {
  namespace: string;
  name: string;
  dimensions: Dimensions;
}

export type Statistic = 'Sum' | 'Average' | 'Minimum' | 'Maximum' | 'SampleCount';

/** The values of one minute. */
interface MinuteOfMetric {
  /** Minutes since 1970. */
  minute: number;
  sum: number;
  count: number;
  min: number;
  max: number;
}

/** What CloudWatch knows: what services and functions measured, by the minute. */
export interface Metrics {
  /** Records a value at the emulated time. */
  put: (namespace: string, name: string, dimensions: Dimensions, value: number) => void;
  /** Calls back whenever values that nobody reports by themselves are to be measured. */
  onSample: (sample: () => void) => void;
  sample: () => void;
  /**
   * The statistic over the minutes after `after` up to and with `until`.
   * @returns undefined without data
   */
  statistic: (
    metric: MetricName,
    statistic: Statistic,
    minutes: { after: number; until: number },
  ) => number | undefined;
  /** Every metric, or those of a name. */
  read: (name?: string) => (MetricName & { minutes: MinuteOfMetric[] })[];
}

/** Longer than any alarm looks back. */
export const KEPT_MINUTES = 4 * 24 * 60;

export const minuteOf = (time: number): number => Math.floor(time / 60_000);

export function createMetrics(clock: Clock): Metrics {
  return new KeptMetrics(clock);
}

class KeptMetrics implements Metrics {
  readonly #clock: Clock;
  readonly #samplers: (() => void)[] = [];
  readonly #byKey = new Map<string, MetricName & { minutes: MinuteOfMetric[] }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  put(namespace: string, name: string, dimensions: Dimensions, value: number): void {
    const metric = { namespace, name, dimensions };
    const key = keyOf(metric);
    const kept = this.#byKey.get(key) ?? { ...metric, minutes: [] };
    this.#byKey.set(key, kept);
    const minute = minuteOf(this.#clock.now());
    const last = kept.minutes.at(-1);
    if (last?.minute !== minute) {
      kept.minutes.push({ minute, sum: value, count: 1, min: value, max: value });
      const oldest = minute - KEPT_MINUTES;
      while ((kept.minutes[0]?.minute ?? minute) < oldest) kept.minutes.shift();
      return;
    }
    last.sum += value;
    last.count += 1;
    last.min = Math.min(last.min, value);
    last.max = Math.max(last.max, value);
  }

  onSample(sample: () => void): void {
    this.#samplers.push(sample);
  }

  sample(): void {
    for (const sample of this.#samplers) sample();
  }

  statistic(
    metric: MetricName,
    statistic: Statistic,
    { after, until }: { after: number; until: number },
  ): number | undefined {
    const minutes = (this.#byKey.get(keyOf(metric))?.minutes ?? []).filter(
      ({ minute }) => minute > after && minute <= until,
    );
    return minutes.length === 0 ? undefined : valueOf(minutes, statistic);
  }

  read(name?: string): (MetricName & { minutes: MinuteOfMetric[] })[] {
    return [...this.#byKey.values()].filter((metric) => name === undefined || metric.name === name);
  }
}

function keyOf({ namespace, name, dimensions }: MetricName): string {
  const sorted = Object.entries(dimensions).sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([namespace, name, sorted]);
}

function valueOf(minutes: MinuteOfMetric[], statistic: Statistic): number {
  const sum = minutes.reduce((total, minute) => total + minute.sum, 0);
  const count = minutes.reduce((total, minute) => total + minute.count, 0);
  switch (statistic) {
    case 'Sum':
      return sum;
    case 'SampleCount':
      return count;
    case 'Average':
      return sum / count;
    case 'Minimum':
      return Math.min(...minutes.map(({ min }) => min));
    case 'Maximum':
      return Math.max(...minutes.map(({ max }) => max));
  }
}
