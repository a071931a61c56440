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

/** The data of CloudWatch: what services and functions measured, by the minute. */
export interface Metrics {
  /** Records a value at the emulated time. */
  put: (namespace: string, name: string, dimensions: Dimensions, value: number) => void;
  /** Calls back whenever values that nobody reports by themselves are to be measured. */
  onSample: (sample: () => void) => void;
  sample: () => void;
  /** A metric to read again and again, whether or not anything was measured yet. */
  series: (metric: MetricName) => MetricSeries;
  /** Every metric with values, or those of a name. */
  read: (name?: string) => (MetricName & { minutes: MinuteOfMetric[] })[];
}

/** The minutes after `after` up to and with `until`. */
export interface Minutes {
  after: number;
  until: number;
}

/** What was measured of one metric. */
interface MetricSeries {
  hasData: (minutes: Minutes) => boolean;
  /** @returns undefined without data */
  statistic: (statistic: Statistic, minutes: Minutes) => number | undefined;
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
  readonly #byKey = new Map<string, KeptSeries>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  put(namespace: string, name: string, dimensions: Dimensions, value: number): void {
    const minute = minuteOf(this.#clock.now());
    this.series({ namespace, name, dimensions }).put(minute, value);
  }

  onSample(sample: () => void): void {
    this.#samplers.push(sample);
  }

  sample(): void {
    for (const sample of this.#samplers) sample();
  }

  series(metric: MetricName): KeptSeries {
    const key = keyOf(metric);
    const series = this.#byKey.get(key) ?? new KeptSeries(metric);
    this.#byKey.set(key, series);
    return series;
  }

  read(name?: string): (MetricName & { minutes: MinuteOfMetric[] })[] {
    return [...this.#byKey.values()]
      .filter(({ metric, minutes }) => minutes.length > 0 && (name ?? metric.name) === metric.name)
      .map(({ metric, minutes }) => ({ ...metric, minutes }));
  }
}

class KeptSeries implements MetricSeries {
  readonly metric: MetricName;
  /** Oldest first. */
  readonly minutes: MinuteOfMetric[] = [];

  constructor(metric: MetricName) {
    this.metric = metric;
  }

  put(minute: number, value: number): void {
    const last = this.minutes.at(-1);
    if (last?.minute !== minute) {
      this.minutes.push({
        minute,
        sum: value,
        count: 1,
        min: value,
        max: value,
      });
      const oldest = minute - KEPT_MINUTES;
      while ((this.minutes[0]?.minute ?? minute) < oldest) this.minutes.shift();
      return;
    }
    last.sum += value;
    last.count += 1;
    last.min = Math.min(last.min, value);
    last.max = Math.max(last.max, value);
  }

  hasData({ after, until }: Minutes): boolean {
    const last = this.minutes[this.#endOf(until) - 1];
    return last !== undefined && last.minute > after;
  }

  statistic(statistic: Statistic, { after, until }: Minutes): number | undefined {
    const minutes = this.minutes.slice(this.#endOf(after), this.#endOf(until));
    return minutes.length === 0 ? undefined : valueOf(minutes, statistic);
  }

  /** How many minutes are up to and with one: found by halving, because they are in order. */
  #endOf(until: number): number {
    let [low, high] = [0, this.minutes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.minutes[middle]?.minute ?? until) <= until) low = middle + 1;
      else high = middle;
    }
    return low;
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
