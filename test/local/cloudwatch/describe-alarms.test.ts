import { beforeEach, describe, expect, test } from '@jest/globals';
import { createClock } from '../../../local/clock.ts';
import { create } from '../../../local/cloudwatch/cloudwatch.ts';
import { createMetrics, type Metrics } from '../../../local/cloudwatch/metrics.ts';
import { createFunctionLogs } from '../../../local/lambda/logs.ts';
import { callerOf, contextWith, type Resources } from '../context.ts';
import { type CallParts, jsonOf, role } from '../requests.ts';

const alarm = (AlarmName: string): Resources[string] => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmName,
    AlarmDescription: 'Faults & <more>',
    Namespace: 'Own',
    MetricName: AlarmName,
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  },
});
const RESOURCES: Resources = {
  One: alarm('Stage-One'),
  Two: alarm('Stage-Two'),
  Any: {
    Type: 'AWS::CloudWatch::CompositeAlarm',
    Properties: { AlarmName: 'Stage-Any', AlarmRule: 'ALARM("Stage-One")' },
  },
};

let metrics: Metrics;
let ask: ReturnType<typeof callerOf>;
beforeEach(() => {
  const clock = createClock(60_000 - (Date.now() % 60_000));
  metrics = createMetrics(clock);
  const logs = createFunctionLogs();
  ask = callerOf('cloudwatch', create(contextWith(RESOURCES, { clock, metrics, logs })));
});
const call = (parts: CallParts) => ask('DescribeAlarms', parts);

interface Alarms {
  MetricAlarms: Record<string, unknown>[];
  CompositeAlarms: Record<string, unknown>[];
}
const inJson = async (body: object) => jsonOf(await call({ body })) as Alarms;
const names = ({ MetricAlarms, CompositeAlarms }: Alarms) =>
  [...MetricAlarms, ...CompositeAlarms].map(({ AlarmName }) => AlarmName);

describe('the alarms of a stage', () => {
  test('are described with their state, without composites unless they are asked for', async () => {
    metrics.put('Own', 'Stage-One', {}, 1);
    const { MetricAlarms, CompositeAlarms } = await inJson({});
    expect(MetricAlarms).toMatchObject([
      { AlarmName: 'Stage-One', StateValue: 'ALARM', Threshold: 1, ActionsEnabled: true },
      { AlarmName: 'Stage-Two', StateValue: 'OK', StateUpdatedTimestamp: expect.any(Number) },
    ]);
    expect(CompositeAlarms).toEqual([]);
    expect(await inJson({ AlarmTypes: ['CompositeAlarm'] })).toMatchObject({
      MetricAlarms: [],
      CompositeAlarms: [{ AlarmName: 'Stage-Any', StateValue: 'ALARM' }],
    });
  });

  test.each<[string, object, string[]]>([
    ['by name', { AlarmNames: ['Stage-Two', 'Stage-None'] }, ['Stage-Two']],
    ['by the beginning of the name', { AlarmNamePrefix: 'Stage-O' }, ['Stage-One']],
    ['by state', { StateValue: 'ALARM' }, ['Stage-One']],
  ])('are found %s', async (_how, asked, found) => {
    metrics.put('Own', 'Stage-One', {}, 1);
    expect(names(await inJson(asked))).toEqual(found);
  });

  test('are XML for clients of the query protocol, with escaped texts', async () => {
    const body = 'Action=DescribeAlarms&AlarmTypes.member.1=MetricAlarm&AlarmNamePrefix=Stage-T';
    const { body: xml } = await call({ body, protocol: 'query' });
    expect(String(xml)).toContain('<MetricAlarms><member><AlarmName>Stage-Two</AlarmName>');
    expect(String(xml)).toContain('Faults &#38; &#60;more&#62;');
    expect(String(xml)).toMatch(/<StateUpdatedTimestamp>\d{4}-[^<]*Z</);
    expect(String(xml)).not.toContain('Stage-One');
  });

  test('are refused to a role that may not read them, and for an unknown state', async () => {
    await expect(call({ body: {}, principal: role() })).rejects.toMatchObject({
      code: 'AccessDeniedException',
    });
    await expect(call({ body: { StateValue: 'FINE' } })).rejects.toMatchObject({
      code: 'ValidationError',
    });
  });
});
