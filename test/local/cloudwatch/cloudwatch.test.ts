import { beforeEach, describe, expect, test } from '@jest/globals';
import { createClock, type Clock } from '../../../local/clock.ts';
import { createAlarms } from '../../../local/cloudwatch/alarms.ts';
import { callMetricMath, parseExpression } from '../../../local/cloudwatch/expression.ts';
import { readFilterPattern } from '../../../local/cloudwatch/filter-pattern.ts';
import { measureLogs } from '../../../local/cloudwatch/log-metrics.ts';
import { createMetrics, type Metrics } from '../../../local/cloudwatch/metrics.ts';
import { createFunctionLogs } from '../../../local/lambda/logs.ts';
import { contextWith, lambdaOf, type Resources } from '../context.ts';

let clock: Clock;
let metrics: Metrics;
beforeEach(() => {
  // At the start of a minute, so that a test does not cross its end.
  clock = createClock(60_000 - (Date.now() % 60_000));
  metrics = createMetrics(clock);
});

const alarm = (name: string, more: object = {}): Resources[string] => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmName: name,
    Namespace: 'Own',
    MetricName: 'Faults',
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    ...more,
  },
});

function alarmsOf(Resources: Resources) {
  const alarms = createAlarms(contextWith(Resources, { clock, metrics }));
  return {
    stateOf: (name: string) => alarms.read().find((one) => one.name === name)?.state,
    read: () => alarms.read(),
  };
}

describe('an alarm on a metric', () => {
  test('goes off at its threshold, and says when and why', () => {
    const alarms = alarmsOf({ One: alarm('one') });
    expect(alarms.stateOf('one')).toBe('OK');
    metrics.put('Own', 'Faults', {}, 1);
    expect(alarms.read()[0]).toMatchObject({
      name: 'one',
      id: 'One',
      state: 'ALARM',
      since: expect.stringMatching(/^\d{4}-.*Z$/),
      reason: 'data [1] is at or above the threshold 1',
    });
  });

  test('ends once the data is out of its range, at that time', () => {
    const alarms = alarmsOf({ One: alarm('one') });
    metrics.put('Own', 'Faults', {}, 1);
    expect(alarms.stateOf('one')).toBe('ALARM');
    const began = clock.now();
    clock.advance(86_400);
    const [ended] = alarms.read();
    expect(ended?.state).toBe('OK');
    expect(Date.parse(ended?.since ?? '') - began).toBeLessThan(17 * 60_000);
  });

  test('goes off again when there is data after a time without any', () => {
    const alarms = alarmsOf({ One: alarm('one') });
    const states: (string | undefined)[] = [];
    for (let day = 0; day < 2; day += 1) {
      metrics.put('Own', 'Faults', {}, 1);
      states.push(alarms.stateOf('one'));
      clock.advance(86_400);
      states.push(alarms.stateOf('one'));
    }
    expect(states).toEqual(['ALARM', 'OK', 'ALARM', 'OK']);
  });

  test('does not go off by other dimensions, or another namespace', () => {
    const Dimensions = [{ Name: 'Channel', Value: 'EMAIL' }];
    const alarms = alarmsOf({ One: alarm('one', { Dimensions }) });
    metrics.put('Own', 'Faults', { Channel: 'SMS' }, 1);
    metrics.put('Other', 'Faults', { Channel: 'EMAIL' }, 1);
    expect(alarms.stateOf('one')).toBe('OK');
    metrics.put('Own', 'Faults', { Channel: 'EMAIL' }, 1);
    expect(alarms.stateOf('one')).toBe('ALARM');
  });

  test('over three periods needs all three', () => {
    const alarms = alarmsOf({ One: alarm('one', { EvaluationPeriods: 3 }) });
    for (const expected of ['OK', 'OK', 'ALARM']) {
      metrics.put('Own', 'Faults', {}, 1);
      expect(alarms.stateOf('one')).toBe(expected);
      clock.advance(300);
    }
  });

  test('that looks back for days goes off within half an hour, also where the clock is moved far', () => {
    const alarms = alarmsOf({ One: alarm('one', { Period: 43_200, EvaluationPeriods: 2 }) });
    metrics.put('Own', 'Faults', {}, 1);
    expect(alarms.stateOf('one')).toBe('OK');
    clock.advance(43_200);
    metrics.put('Own', 'Faults', {}, 1);
    expect(alarms.stateOf('one')).toBe('ALARM');
    const began = clock.now();
    clock.advance(30 * 86_400);
    const [ended] = alarms.read();
    expect(ended?.state).toBe('OK');
    expect(Date.parse(ended?.since ?? '') - began).toBeLessThan(3 * 86_400_000);
  });

  test('without data and without a rule for that has insufficient data', () => {
    const alarms = alarmsOf({ One: alarm('one', { TreatMissingData: 'missing' }) });
    expect(alarms.stateOf('one')).toBe('INSUFFICIENT_DATA');
  });

  test('that this machine cannot evaluate is an error', () => {
    expect(() => alarmsOf({ One: alarm('one', { Statistic: 'p99' }) })).toThrow('The alarm One');
    expect(() =>
      alarmsOf({ One: alarm('one', { Period: 86_400 }), Two: alarm('two', { Period: 604_800 }) }),
    ).toThrow('The alarm Two looks back');
  });
});

describe('a composite alarm', () => {
  test('follows its children, by name or ARN', () => {
    const alarms = alarmsOf({
      One: alarm('one'),
      Two: alarm('two', { MetricName: 'Others' }),
      Any: {
        Type: 'AWS::CloudWatch::CompositeAlarm',
        Properties: {
          AlarmName: 'any',
          AlarmRule:
            '(ALARM("one") OR ALARM("arn:aws:cloudwatch:us-east-1:000000000000:alarm:two")) AND NOT OK("one")',
        },
      },
    });
    expect(alarms.stateOf('any')).toBe('OK');
    metrics.put('Own', 'Others', {}, 1);
    expect(alarms.stateOf('any')).toBe('OK');
    metrics.put('Own', 'Faults', {}, 1);
    expect(alarms.stateOf('any')).toBe('ALARM');
  });
});

describe('metric math', () => {
  const valueOf = (expression: string, values: Record<string, number | undefined> = {}) =>
    parseExpression(expression)({ lookUp: (name) => values[name], call: callMetricMath });

  test.each<[string, Record<string, number | undefined>, unknown]>([
    ['a + b * 2', { a: 1, b: 3 }, 7],
    ['(a + b) * 2', { a: 1, b: 3 }, 8],
    ['a / b', { a: 1, b: 0 }, undefined],
    ['a + b', { a: 1 }, undefined],
    ['FILL(a, 0) + FILL(b, 0)', { a: 1 }, 1],
    ['IF(a >= 20, b / a, 1)', { a: 20, b: 5 }, 0.25],
    ['IF(a >= 20, b / a, 1)', { a: 19, b: 5 }, 1],
    ['IF(a >= 20, b / a, 1)', { b: 5 }, undefined],
    ['MAX([a, b])', { a: 1, b: 4 }, 4],
  ])('%s of %j is %p', (expression, values, value) => {
    expect(valueOf(expression, values)).toBe(value);
  });

  test.each(['ANOMALY_DETECTION_BAND(a, 2)', 'a +', 'a ? b'])('%s is an error', (expression) => {
    expect(() => valueOf(expression, { a: 1 })).toThrow('local machine');
  });
});

describe('a filter pattern', () => {
  const wrapped = JSON.stringify({ message: '{"level":"ERROR","code":"EMAIL_NOT_SENT"}' });

  test.each([
    ['"EMAIL_NOT_SENT"', wrapped, true],
    ['"EMAIL_NOT_SENT" "SIGN_IN"', wrapped, false],
    ['{ $.code = "EMAIL_NOT_SENT" }', wrapped, false],
    ['{ $.code = "A" }', '{"code":"A"}', true],
    ['{ ($.a.b = "x") && (($.c = 1) || ($.c = 2)) }', '{"a":{"b":"x"},"c":2}', true],
    ['{ $.a = "x" }', 'not JSON', false],
  ])('%s on %s: %p', (pattern, line, matched) => {
    expect(readFilterPattern(pattern)(line)).toBe(matched);
  });

  test.each(['EMAIL', '?"A" ?"B"', ''])('%p is an error', (pattern) => {
    expect(() => readFilterPattern(pattern)).toThrow('cannot evaluate the filter pattern');
  });
});

describe('what functions write', () => {
  const EMBEDDED = JSON.stringify({
    code: 'EMAIL_SENT',
    Channel: 'EMAIL',
    Sends: 1,
    _aws: {
      Timestamp: 1,
      CloudWatchMetrics: [
        { Namespace: 'Own', Dimensions: [['Channel'], []], Metrics: [{ Name: 'Sends' }] },
      ],
    },
  });

  function written() {
    const logs = createFunctionLogs();
    const { lambda } = lambdaOf(() => undefined);
    const definition = { id: 'create', name: 'portal-auth-test-create' };
    const filter = {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        LogGroupName: '/aws/lambda/portal-auth-test-create',
        FilterPattern: '"A_CODE"',
        MetricTransformations: [{ MetricName: 'Codes', MetricNamespace: 'Own', MetricValue: '1' }],
      },
    };
    const context = contextWith({ Filter: filter }, { logs, metrics });
    measureLogs({ ...context, lambda: { ...lambda, definitions: [definition as never] } });
    const sumOf = (name: string, dimensions = {}) =>
      metrics
        .series({ namespace: 'Own', name, dimensions })
        .statistic('Sum', { after: 0, until: Number.MAX_SAFE_INTEGER });
    return { logs, sumOf };
  }

  test('is counted by metric filters, wrapped by Lambda or not', () => {
    const { logs, sumOf } = written();
    logs.add('create', { at: 0, text: '{"code":"A_CODE"}', by: 'OUTPUT' });
    logs.add('create', { at: 0, text: '{"code":"A_CODE"}', by: 'CONSOLE' });
    logs.add('other', { at: 0, text: '{"code":"A_CODE"}' });
    expect(sumOf('Codes')).toBe(2);
  });

  test('has embedded metrics on the standard output, and none by the console', () => {
    const { logs, sumOf } = written();
    logs.add('create', { at: 0, text: EMBEDDED, by: 'CONSOLE' });
    expect(sumOf('Sends')).toBeUndefined();
    logs.add('create', { at: 0, text: EMBEDDED, by: 'OUTPUT' });
    expect([sumOf('Sends', { Channel: 'EMAIL' }), sumOf('Sends')]).toEqual([1, 1]);
  });

  test("Lambda's own lines are not among those that functions wrote", () => {
    const { logs, sumOf } = written();
    logs.add('create', { at: 0, text: 'A_CODE', by: 'PLATFORM' });
    expect(sumOf('Codes')).toBe(1);
    expect(logs.read()).toEqual([]);
  });
});
