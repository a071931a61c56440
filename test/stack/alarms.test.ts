import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { all, functions, one, referencesIn } from './template.ts';

const onMetrics = all('AWS::CloudWatch::Alarm');
const composites = all('AWS::CloudWatch::CompositeAlarm');
const topicId = all('AWS::SNS::Topic').find(([id]) => id.startsWith('AlarmsTopic'))?.[0] ?? '';
/** `AlarmsOutboxWaitsD1B2C3D4` → `OutboxWaits` */
const nameOf = (id: string) => id.replace(/^Alarms/, '').replace(/[0-9A-F]{8}$/, '');
const childIds = new Set(composites.flatMap(([, { Properties }]) => referencesIn(Properties)));
const notifying = [...onMetrics, ...composites]
  .filter(([id]) => !childIds.has(id))
  .map(([id, { Properties }]) => ({ name: nameOf(id), Properties }));
const alarm = (name: string) =>
  notifying.find((one) => one.name === name)?.Properties ?? { AlarmDescription: '' };
const runbook = readFileSync('docs/runbook.md', 'utf8');

describe.each(notifying)('the alarm $name', ({ name, Properties }) => {
  test('notifies the topic when it goes off, and when all is well again', () => {
    for (const actions of [Properties.AlarmActions, Properties.OKActions])
      expect(actions.map((action: unknown) => referencesIn(action))).toEqual([[topicId]]);
  });

  test('has its name, and a description that ends with its section of the runbook', () => {
    expect(Properties.AlarmName).toBe(`PortalAuth-local-${name}`);
    const [, section = ''] = /: see the runbook, (.+)$/.exec(Properties.AlarmDescription) ?? [];
    expect(runbook).toMatch(new RegExp(`^#+ ${section}$`, 'm'));
  });

  test('has an entry in the runbook: meaning, query and remedy', () => {
    const entry = new RegExp(`^\\| (?:[\\w, ]*\\b)?${name}\\b[^|]*\\|(.+)\\|(.+)\\|(.+)\\|$`, 'm');
    const cells = entry.exec(runbook)?.slice(1) ?? [];
    expect(cells).toHaveLength(3);
    for (const cell of cells) expect(cell.trim().length).toBeGreaterThan(5);
  });
});

describe.each(onMetrics.map(([id, { Properties }]) => ({ name: nameOf(id), Properties })))(
  'the alarm on a metric $name',
  ({ Properties }) => {
    test('stays silent without data', () => {
      expect(Properties.TreatMissingData).toBe('notBreaching');
      expect(Properties.Threshold).toBeGreaterThan(0);
    });
  },
);

describe('the alarms', () => {
  test('that notify are these', () => {
    expect(notifying.map(({ name }) => name).sort()).toEqual([
      'ApiFaults',
      'ApiFunctionsFail',
      'AuditDeadLetters',
      'AuditLags',
      'Bounces',
      'CallBreaker',
      'CallConcurrency',
      'CallFlowErrors',
      'CallFlowFatalErrors',
      'CallQuota',
      'CallsNotPlaced',
      'Complaints',
      'EmailBreaker',
      'EmailsNotSent',
      'FaultsLeft',
      'FirewallBlocks',
      'HelpDeskLooks',
      'OutboxDeadLetters',
      'OutboxWaits',
      'SignInFails',
      'SignInThrottles',
      'SignInsNotCompleted',
      'SweepMissing',
      'TablesFail',
      'TextBreaker',
      'TextSpending',
      'TextsNotDelivered',
      'TextsNotSent',
      'UnprovenCallBreaker',
      'UnprovenEmailBreaker',
      'UnprovenTextBreaker',
      'WorkersFail',
    ]);
  });

  test('watch every function, in one of three that notify', () => {
    const watched = ['SignInFails', 'ApiFunctionsFail', 'WorkersFail']
      .flatMap((name) => referencesIn(alarm(name)))
      .map(nameOf);
    for (const id of functions().keys()) {
      const name = id.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
      expect(watched).toContain(`${name}FunctionFails`);
    }
  });

  test("do not take the token gate's refusals for failures", () => {
    const gate = one('AWS::CloudWatch::Alarm', 'AlarmsTokenGateFunctionFails').Properties;
    const names = gate.Metrics.map(
      (query: { MetricStat?: { Metric: { MetricName: string } } }) =>
        query.MetricStat?.Metric.MetricName,
    );
    expect(names).toEqual(expect.arrayContaining(['TokenGateFailures', 'Throttles']));
    expect(names).not.toContain('Errors');
    const patterns = all('AWS::Logs::MetricFilter')
      .filter(([id]) => id.startsWith('AlarmsTokenGate'))
      .map(([, { Properties }]) => Properties.FilterPattern);
    expect(patterns).toEqual([
      '{ ($.type = "platform.report") && (($.record.status = "timeout") || ($.record.status = "failure")) }',
      '"TOKENS_DECIDED_FAILED"',
    ]);
  });

  test('on the sweep leave a new stage a day, and look back no further than CloudWatch does', () => {
    const { EvaluationPeriods, Metrics } = alarm('SweepMissing');
    const [period] = Metrics.flatMap(({ MetricStat }: { MetricStat?: { Period: number } }) =>
      MetricStat === undefined ? [] : [MetricStat.Period],
    );
    expect((EvaluationPeriods - 1) * period).toBeGreaterThanOrEqual(25 * 3_600);
    expect(EvaluationPeriods * period).toBeLessThanOrEqual(7 * 86_400);
  });

  test.each([
    ['Bounces', 0.05],
    ['Complaints', 0.001],
  ])('on %s go off before AWS pauses the sender', (name, threshold) => {
    expect([alarm(name).Namespace, alarm(name).Threshold]).toEqual(['AWS/SES', threshold]);
  });

  test('on waiting links go off after two minutes', () => {
    expect(alarm('OutboxWaits')).toMatchObject({
      MetricName: 'ApproximateAgeOfOldestMessage',
      Threshold: 120,
    });
  });

  test('on the API go off at five server errors', () => {
    expect(alarm('ApiFaults')).toMatchObject({ MetricName: '5XXError', Threshold: 5 });
  });

  test('on blocked requests add up those of every firewall', () => {
    const watched = alarm('FirewallBlocks')
      .Metrics.flatMap(
        ({
          MetricStat,
        }: {
          MetricStat?: { Metric: { Dimensions: { Name: string; Value: string }[] } };
        }) => MetricStat?.Metric.Dimensions.filter(({ Name }) => Name === 'WebACL') ?? [],
      )
      .map(({ Value }: { Value: string }) => Value);
    const firewalls = all('AWS::WAFv2::WebACL').map(([, { Properties }]) => Properties.Name);
    expect(firewalls).toHaveLength(3);
    expect(watched.sort()).toEqual(firewalls.sort());
  });

  test.each([
    ['EmailBreaker', 'AFTER_PASSWORD#EMAIL'],
    ['TextBreaker', 'AFTER_PASSWORD#TEXT'],
    ['CallBreaker', 'AFTER_PASSWORD#CALL'],
    ['UnprovenEmailBreaker', 'BEFORE_PASSWORD#EMAIL'],
    ['UnprovenTextBreaker', 'BEFORE_PASSWORD#TEXT'],
    ['UnprovenCallBreaker', 'BEFORE_PASSWORD#CALL'],
  ])('on %s go off when the breaker %s is open', (name, breaker) => {
    expect(alarm(name)).toMatchObject({
      MetricName: 'BreakersOpen',
      Namespace: 'PortalAuth/PortalAuth-local',
      Dimensions: [{ Name: 'Breaker', Value: breaker }],
      Threshold: 1,
    });
  });

  test.each([
    ['EmailsNotSent', '"EMAIL_NOT_SENT"', 6],
    ['TextsNotSent', '"TEXT_NOT_SENT"', 6],
    ['CallsNotPlaced', '"CALL_NOT_PLACED"', 6],
  ])('on %s count the log lines %s of every sender', (name, pattern, senders) => {
    const filters = all('AWS::Logs::MetricFilter').filter(([id]) =>
      id.startsWith(`Alarms${name}In`),
    );
    expect(filters).toHaveLength(senders);
    for (const [, { Properties }] of filters) {
      expect(Properties.FilterPattern).toBe(pattern);
      expect(Properties.MetricTransformations).toMatchObject([
        { MetricName: name, MetricNamespace: 'PortalAuth/PortalAuth-local', MetricValue: '1' },
      ]);
    }
  });
});

describe('the topic of alarms', () => {
  const statements = all('AWS::SNS::TopicPolicy')
    .filter(([, { Properties }]) => referencesIn(Properties.Topics).includes(topicId))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);

  test('accepts messages from CloudWatch alarms of this account only', () => {
    const publishing = statements.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');
    expect(publishing).toMatchObject([
      {
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { ArnLike: { 'aws:SourceArn': expect.anything() } },
      },
    ]);
    expect(JSON.stringify(publishing)).toContain('000000000000');
  });

  test('hears of both keys that are disabled or are to be deleted, and has a key of its own', () => {
    const rule = one('AWS::Events::Rule', 'AlarmsKeysEndangered').Properties;
    expect(rule.EventPattern.detail).toMatchObject({
      eventName: ['DisableKey', 'ScheduleKeyDeletion'],
    });
    expect(referencesIn(rule.EventPattern.detail.resources.ARN)).toHaveLength(2);
    expect(referencesIn(rule.Targets)).toContain(topicId);
    const topic = one('AWS::SNS::Topic', 'AlarmsTopic').Properties;
    expect(referencesIn(topic.KmsMasterKeyId)[0]).toMatch(/^KeysAlarms/);
  });

  test('refuses requests without TLS', () => {
    expect(statements).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  });

  test('has no subscriber in a stage without an address for alarms', () => {
    expect(
      all('AWS::SNS::Subscription').filter(([, { Properties }]) =>
        referencesIn(Properties.TopicArn).includes(topicId),
      ),
    ).toEqual([]);
  });
});
