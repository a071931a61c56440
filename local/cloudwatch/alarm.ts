import { z } from 'zod';
import type { Resource } from '../template/template.ts';
import { callMetricMath, type Expression, parseExpression, type Value } from './expression.ts';
import {
  KEPT_MINUTES,
  type MetricName,
  type Metrics,
  type Minutes,
  type Statistic,
} from './metrics.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** The state of an alarm, and the reason. */
interface Verdict {
  state: AlarmState;
  reason: string;
}

/** An alarm of the template. */
export interface Alarm {
  name: string;
  arn: string;
  /** Its logical ID. */
  id: string;
  /** How far it looks back, in minutes. */
  looksBack: number;
  /** @param stateOf the other alarms' states in this evaluation, by name or ARN */
  evaluate: (minute: number, stateOf: (alarm: string) => AlarmState) => Verdict;
}

const Statistics = z.enum(['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount']);
const DimensionList = z
  .array(z.object({ Name: z.string(), Value: z.string() }))
  .default([])
  .transform((list) => Object.fromEntries(list.map(({ Name, Value }) => [Name, Value])));
const period = z.coerce.number().int().multipleOf(60);

const MetricQuery = z.union([
  z.object({
    Id: z.string(),
    MetricStat: z.object({
      Metric: z.object({
        Namespace: z.string(),
        MetricName: z.string(),
        Dimensions: DimensionList,
      }),
      Period: period,
      Stat: Statistics,
    }),
  }),
  z.object({ Id: z.string(), Expression: z.string() }),
]);
type MetricQuery = z.infer<typeof MetricQuery>;

const AlarmProperties = z.object({
  AlarmName: z.string().optional(),
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: DimensionList,
  Statistic: Statistics.optional(),
  Period: period.optional(),
  Metrics: z.array(MetricQuery).optional(),
  Threshold: z.coerce.number(),
  EvaluationPeriods: z.coerce.number().int(),
  DatapointsToAlarm: z.coerce.number().int().optional(),
  ComparisonOperator: z.enum(['GreaterThanOrEqualToThreshold', 'LessThanThreshold']),
  TreatMissingData: z.enum(['notBreaching', 'breaching', 'missing']).default('missing'),
});
type AlarmProperties = z.infer<typeof AlarmProperties>;

/** How many periods CloudWatch looks further back for data than the alarm needs. */
const FURTHER_PERIODS = 2;

/** An alarm on a metric, or on an expression over several. @throws Error on what cannot run here */
export function readMetricAlarm(resource: Resource, metrics: Metrics): Alarm {
  const { logicalId, ref, attributes, properties } = resource;
  const parsed = AlarmProperties.safeParse(properties);
  if (!parsed.success)
    throw new Error(`The alarm ${logicalId} cannot run here: ${z.prettifyError(parsed.error)}`);
  const series = readSeries(logicalId, parsed.data, metrics);
  const looksBack = series.minutes * (parsed.data.EvaluationPeriods + FURTHER_PERIODS);
  if (looksBack > KEPT_MINUTES)
    throw new Error(
      `The alarm ${logicalId} looks back ${looksBack} minutes, and metrics are kept for ` +
        `${KEPT_MINUTES}.`,
    );
  const evaluate = (minute: number) => judge(parsed.data, pointsOf(parsed.data, series, minute));
  return {
    name: ref,
    arn: attributes.Arn ?? '',
    id: logicalId,
    looksBack,
    evaluate: onceWithoutData(evaluate, (until) =>
      series.hasData({ after: until - looksBack, until }),
    ),
  };
}

/** Evaluates without data only once, because the verdict is always the same. */
function onceWithoutData(
  evaluate: (minute: number) => Verdict,
  hasData: (minute: number) => boolean,
): (minute: number) => Verdict {
  let without: Verdict | undefined;
  return (minute) => (hasData(minute) ? evaluate(minute) : (without ??= evaluate(minute)));
}

/** The values that an alarm compares, one for each period. */
interface Series {
  /** How long a period is. */
  minutes: number;
  hasData: (minutes: Minutes) => boolean;
  /** @param minute the last minute of the period */
  at: (minute: number) => number | undefined;
}

function readSeries(logicalId: string, alarm: AlarmProperties, metrics: Metrics): Series {
  if (alarm.Metrics !== undefined) return readMath(logicalId, alarm.Metrics, metrics);
  const { Namespace: namespace, MetricName: name, Dimensions: dimensions } = alarm;
  const { Statistic: statistic, Period } = alarm;
  if (namespace === undefined || name === undefined || statistic === undefined)
    throw new Error(`The alarm ${logicalId} names neither a metric nor an expression.`);
  return seriesOf({ namespace, name, dimensions }, statistic, (Period ?? 60) / 60, metrics);
}

function seriesOf(
  metric: MetricName,
  statistic: Statistic,
  minutes: number,
  metrics: Metrics,
): Series {
  const series = metrics.series(metric);
  return {
    minutes,
    hasData: (range) => series.hasData(range),
    at: (minute) => series.statistic(statistic, { after: minute - minutes, until: minute }),
  };
}

function readMath(logicalId: string, queries: MetricQuery[], metrics: Metrics): Series {
  const series = new Map<string, Series>();
  const expressions: Expression[] = [];
  for (const query of queries) {
    if ('Expression' in query) {
      expressions.push(parseExpression(query.Expression));
      continue;
    }
    const { Metric, Period, Stat } = query.MetricStat;
    const { Namespace: namespace, MetricName: name, Dimensions: dimensions } = Metric;
    const metric = { namespace, name, dimensions };
    series.set(query.Id, seriesOf(metric, Stat, Period / 60, metrics));
  }
  const [expression, ...others] = expressions;
  const minutes = [...series.values()][0]?.minutes;
  if (expression === undefined || minutes === undefined || others.length > 0)
    throw new Error(`The alarm ${logicalId} does not have one expression over metrics.`);
  const lookUp = (name: string, minute: number): Value => {
    const named = series.get(name);
    if (named === undefined)
      throw new Error(`The expression of the alarm ${logicalId} names ${name}, which is unknown.`);
    return named.at(minute);
  };
  return {
    minutes,
    hasData: (range) => [...series.values()].some((one) => one.hasData(range)),
    at(minute) {
      const value = expression({
        lookUp: (name) => lookUp(name, minute),
        call: callMetricMath,
      });
      return value === undefined ? undefined : Number(value);
    },
  };
}

/**
 * The data points that count, newest first: where there are enough in the range, those that are
 * missing in between do not count (CloudWatch, "Configuring how alarms treat missing data").
 */
function pointsOf(
  { EvaluationPeriods }: AlarmProperties,
  { minutes, at }: Series,
  minute: number,
): (number | undefined)[] {
  const range = Array.from({ length: EvaluationPeriods + FURTHER_PERIODS }, (_, index) =>
    at(minute - index * minutes),
  );
  const existing = range.filter((value) => value !== undefined);
  return existing.length >= EvaluationPeriods
    ? existing.slice(0, EvaluationPeriods)
    : range.slice(0, EvaluationPeriods);
}

function judge(alarm: AlarmProperties, points: (number | undefined)[]): Verdict {
  const { EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods, TreatMissingData } = alarm;
  const known = points.filter((point) => point !== undefined);
  if (known.length === 0 && TreatMissingData === 'missing')
    return {
      state: 'INSUFFICIENT_DATA',
      reason: 'No data was found.',
    };
  const breaching = points.filter((point) =>
    point === undefined ? TreatMissingData === 'breaching' : breaches(alarm, point),
  );
  const data = known.length === 0 ? 'no data' : `data [${known.map(rounded).join(', ')}]`;
  const words = alarm.ComparisonOperator === 'LessThanThreshold' ? 'below' : 'at or above';
  return breaching.length >= DatapointsToAlarm
    ? {
        state: 'ALARM',
        reason: `${data} is ${words} the threshold ${alarm.Threshold}`,
      }
    : {
        state: 'OK',
        reason: `${data} is not ${words} the threshold ${alarm.Threshold}`,
      };
}

function breaches({ ComparisonOperator, Threshold }: AlarmProperties, point: number): boolean {
  return ComparisonOperator === 'LessThanThreshold' ? point < Threshold : point >= Threshold;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

const CompositeProperties = z.object({
  AlarmName: z.string().optional(),
  AlarmRule: z.string(),
});

/** An alarm on other alarms. @throws Error on a rule that cannot run here */
export function readCompositeAlarm({ logicalId, ref, attributes, properties }: Resource): Alarm {
  const { AlarmRule } = CompositeProperties.parse(properties);
  const rule = parseExpression(AlarmRule);
  return {
    name: ref,
    arn: attributes.Arn ?? '',
    id: logicalId,
    looksBack: 0,
    evaluate(_minute, stateOf) {
      const inAlarm: string[] = [];
      const value = rule({
        lookUp: (name) => name === 'TRUE',
        call(state, [alarm]) {
          const holds = stateOf(String(alarm)) === state;
          if (holds && state === 'ALARM') inAlarm.push(shortName(String(alarm)));
          return holds;
        },
      });
      return value === true
        ? {
            state: 'ALARM',
            reason: `in ALARM: ${inAlarm.join(', ')}`,
          }
        : { state: 'OK', reason: 'the rule does not hold' };
    },
  };
}

function shortName(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf(':') + 1);
}
