import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { all, functions, one, referencesIn, template } from './template.ts';

const alarms = all('AWS::CloudWatch::Alarm');
const topicId = all('AWS::SNS::Topic').find(([id]) => id.startsWith('AlarmsTopic'))?.[0] ?? '';
/** `AlarmsOutboxWaitsD1B2C3D4` → `OutboxWaits` */
const nameOf = (id: string) => id.replace(/^Alarms/, '').replace(/[0-9A-F]{8}$/, '');
const alarm = (name: string) => one('AWS::CloudWatch::Alarm', `Alarms${name}`).Properties;

describe.each(alarms.map(([id, { Properties }]) => ({ name: nameOf(id), Properties })))(
  'the alarm $name',
  ({ Properties }) => {
    test('is sent to the topic of alarms', () => {
      expect(Properties.AlarmActions.map((action: unknown) => referencesIn(action))).toEqual([
        [topicId],
      ]);
    });

    test('goes off at its threshold, in one period', () => {
      expect(Properties.ComparisonOperator).toBe('GreaterThanOrEqualToThreshold');
      expect(Properties.EvaluationPeriods).toBe(1);
      expect(Properties.Threshold).toBeGreaterThan(0);
    });

    test('stays silent without data', () => {
      expect(Properties.TreatMissingData).toBe('notBreaching');
    });

    test('describes what has happened', () => {
      expect(Properties.AlarmDescription.length).toBeGreaterThan(15);
    });
  },
);

describe('the alarms', () => {
  test('are these, besides those of each function', () => {
    const ofFunctions = /Function(Errors|Throttles)$/;
    expect(
      alarms
        .map(([id]) => nameOf(id))
        .filter((name) => !ofFunctions.test(name))
        .sort(),
    ).toEqual([
      'ApiFaults',
      'AuditDeadLetters',
      'Bounces',
      'CallBreaker',
      'CallFlowErrors',
      'CallFlowFatalErrors',
      'CallsNotPlaced',
      'Complaints',
      'EmailBreaker',
      'EmailsNotSent',
      'OutboxDeadLetters',
      'OutboxWaits',
      'TextBreaker',
      'TextSpending',
      'TextsNotSent',
      'ThrottledCalls',
      'UnprovenCallBreaker',
      'UnprovenEmailBreaker',
      'UnprovenTextBreaker',
    ]);
  });

  test('watch every function for errors and throttles', () => {
    const watched = alarms.map(([id]) => nameOf(id));
    for (const id of functions().keys()) {
      const name = id.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
      expect(watched).toContain(`${name}FunctionErrors`);
      expect(watched).toContain(`${name}FunctionThrottles`);
    }
  });

  test('refer only to sections of the runbook that exist', () => {
    const headings = [...readFileSync('docs/runbook.md', 'utf8').matchAll(/^#+ (.+)$/gm)].map(
      ([, heading]) => heading,
    );
    const sections = alarms.flatMap(([, { Properties }]) => {
      const description: string = Properties.AlarmDescription;
      return /see the runbook, (.+)$/.exec(description)?.[1] ?? [];
    });
    expect(sections.length).toBeGreaterThan(5);
    for (const section of sections) expect(headings).toContain(section);
  });

  test('are all in the tables of the runbook, or refer to it by a section', () => {
    const runbook = readFileSync('docs/runbook.md', 'utf8');
    for (const name of ['OutboxDeadLetters', 'OutboxWaits', 'CallBreaker', 'CallsNotPlaced'])
      expect(runbook).toContain(name);
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

  test.each([
    ['EmailBreaker', '"BREAKER_OPEN" "AFTER_PASSWORD#EMAIL"', 4],
    ['TextBreaker', '"BREAKER_OPEN" "AFTER_PASSWORD#TEXT"', 4],
    ['CallBreaker', '"BREAKER_OPEN" "AFTER_PASSWORD#CALL"', 4],
    ['UnprovenEmailBreaker', '"BREAKER_OPEN" "BEFORE_PASSWORD#EMAIL"', 4],
    ['UnprovenTextBreaker', '"BREAKER_OPEN" "BEFORE_PASSWORD#TEXT"', 4],
    ['UnprovenCallBreaker', '"BREAKER_OPEN" "BEFORE_PASSWORD#CALL"', 4],
    ['EmailsNotSent', '"EMAIL_NOT_SENT"', 5],
    ['TextsNotSent', '"TEXT_NOT_SENT"', 5],
    ['CallsNotPlaced', '"CALL_NOT_PLACED"', 5],
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
    expect([alarm(name).Namespace, alarm(name).MetricName]).toEqual([
      'PortalAuth/PortalAuth-local',
      name,
    ]);
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
      all('AWS::SNS::Subscription', template).filter(([, { Properties }]) =>
        referencesIn(Properties.TopicArn).includes(topicId),
      ),
    ).toEqual([]);
  });
});
