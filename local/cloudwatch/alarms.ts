import type { LocalContext } from '../context.ts';
import { type Alarm, type AlarmState, readCompositeAlarm, readMetricAlarm } from './alarm.ts';
import { KEPT_MINUTES, minuteOf } from './metrics.ts';

/** An alarm as `GET /_local/alarms` returns it. */
export interface AlarmReport {
  name: string;
  id: string;
  state: AlarmState;
  /** When the alarm entered the state, ISO 8601. */
  since: string;
  reason: string;
}

/** The stack's alarms on the emulated clock. */
export interface Alarms {
  /** Evaluates the time since the last call. @returns every alarm in its current state */
  read: () => AlarmReport[];
}

type Inputs = Pick<LocalContext, 'template' | 'clock' | 'metrics'>;

/** Longer than most alarms look back: what is older does not change their verdict. */
const USUAL_LOOK_MINUTES = 200;
/**
 * Alarms that look further back are evaluated that often, in minutes, and whenever they are read.
 */
const FURTHER_LOOKS_EVERY = 30;

export function createAlarms(inputs: Inputs): Alarms {
  return new EvaluatedAlarms(inputs);
}

class EvaluatedAlarms implements Alarms {
  readonly #inputs: Inputs;
  readonly #alarms: Alarm[];
  readonly #reports = new Map<string, AlarmReport>();
  readonly #aliases = new Map<string, string>();
  #evaluated: number;

  constructor(inputs: Inputs) {
    const { template, clock, metrics } = inputs;
    this.#inputs = inputs;
    const composites = template.ofType('AWS::CloudWatch::CompositeAlarm').map(readCompositeAlarm);
    const onMetrics = template
      .ofType('AWS::CloudWatch::Alarm')
      .map((resource) => readMetricAlarm(resource, metrics));
    // In this order, because composites follow from the others.
    this.#alarms = [...onMetrics, ...composites];
    for (const { name, arn } of this.#alarms) this.#aliases.set(arn, name);
    this.#evaluated = minuteOf(clock.now()) - 1;
  }

  read(): AlarmReport[] {
    const now = this.#inputs.clock.now();
    const until = minuteOf(now);
    const usual = new Set(minutesBetween(this.#evaluated, until, USUAL_LOOK_MINUTES));
    const further = minutesBetween(this.#evaluated, until, KEPT_MINUTES).filter(
      (minute) => minute % FURTHER_LOOKS_EVERY === 0 || minute === until,
    );
    for (const minute of [...new Set([...usual, ...further])].sort((a, b) => a - b)) {
      const at = Math.min(now, (minute + 1) * 60_000);
      const isFurther = minute % FURTHER_LOOKS_EVERY === 0 || minute === until;
      for (const alarm of this.#alarms)
        if (alarm.looksBack > USUAL_LOOK_MINUTES ? isFurther : usual.has(minute))
          this.#evaluate(alarm, minute, at);
    }
    this.#evaluated = until - 1;
    return this.#alarms.flatMap(({ name }) => this.#reports.get(name) ?? []);
  }

  #evaluate(alarm: Alarm, minute: number, at: number): void {
    const { name, id } = alarm;
    const { state, reason } = alarm.evaluate(minute, (other) => this.#stateOf(other));
    const before = this.#reports.get(name);
    if (before?.state === state) before.reason = reason;
    else
      this.#reports.set(name, {
        name,
        id,
        state,
        since: new Date(at).toISOString(),
        reason,
      });
  }

  #stateOf(nameOrArn: string): AlarmState {
    const name = this.#aliases.get(nameOrArn) ?? nameOrArn;
    const report = this.#reports.get(name);
    if (report === undefined) throw new Error(`An alarm's rule names ${name}, which is unknown.`);
    return report.state;
  }
}

/** The minutes after one up to another; in a long gap those in the middle see no data. */
function minutesBetween(after: number, until: number, look: number): number[] {
  const all = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, index) => from + 1 + index);
  if (until - after <= 2 * look) return all(after, until);
  return [...all(after, after + look), ...all(until - look, until)];
}
