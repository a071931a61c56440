import { describe, expect, test } from '@jest/globals';
import { deployedFunctions } from '../../lib/functions.ts';
import { functions, one, referencesIn, template } from './template.ts';

const TRIGGERS = ['define', 'create', 'verify', 'token-gate'];

test('every function of the list is deployed, and no other', () => {
  expect([...functions().keys()].sort()).toEqual(
    deployedFunctions({ voice: true, workforce: true, canary: false }).sort(),
  );
});

test('are few enough, with all that belongs to them, for a template of 500 resources', () => {
  expect(Object.keys(template.Resources).length).toBeLessThanOrEqual(490);
});

test.each(TRIGGERS)('the trigger %s may take the five seconds that Cognito waits', (trigger) => {
  expect(new Map(functions()).get(trigger)?.Properties.Timeout).toBe(5);
});

describe.each([...functions()])('the function %s', (functionId, { Properties: fn }) => {
  test('runs its bundle on Node.js 24', () => {
    expect(fn.Runtime).toBe('nodejs24.x');
    expect(fn.Handler).toBe('index.handler');
    expect(fn.FunctionName).toBe(`portal-auth-local-${functionId}`);
  });

  test('ends before its caller gives up', () => {
    expect(fn.Timeout).toBeLessThanOrEqual(functionId === 'sweep' ? 900 : 30);
  });

  test('logs JSON to a group of its own, encrypted, for a year', () => {
    const [logGroupId] = referencesIn(fn.LoggingConfig.LogGroup);
    const group = template.Resources[logGroupId!]!.Properties;
    expect(fn.LoggingConfig.LogFormat).toBe('JSON');
    expect(group.LogGroupName).toBe(`/aws/lambda/portal-auth-local-${functionId}`);
    expect(group.RetentionInDays).toBe(365);
    expect(referencesIn(group.KmsKeyId)).toEqual([expect.stringMatching(/^KeysData/)]);
  });

  test('has no secret in its environment', () => {
    const variables: Record<string, unknown> = fn.Environment?.Variables ?? {};
    expect(
      Object.keys(variables).filter((name) => /SECRET|PASSWORD|TOKEN|PEPPER|API_KEY/.test(name)),
    ).toEqual([]);
    expect(JSON.stringify(variables)).not.toMatch(/\{\{resolve:|AKIA|BEGIN [A-Z ]*PRIVATE KEY/);
  });

  test('is watched for errors and throttles', () => {
    const watching = Object.values(template.Resources).filter(
      ({ Type, Properties }) =>
        Type === 'AWS::CloudWatch::Alarm' &&
        JSON.stringify(Properties).includes('"Throttles"') &&
        referencesIn(Properties).some((one) => template.Resources[one]?.Properties === fn),
    );
    expect(watching).toHaveLength(1);
    const gates: Record<string, string> = {
      'token-gate': 'TokenGateFailures',
      'workforce-gate': 'WorkforceGateFailures',
    };
    const errors = gates[functionId] ?? 'Errors';
    expect(JSON.stringify(watching[0]?.Properties)).toContain(`"${errors}"`);
  });
});

test('define has no environment variable but the namespace of its metrics', () => {
  const { Variables } = functions().get('define')!.Properties.Environment;
  expect(Object.keys(Variables)).toEqual(['METRICS_NAMESPACE']);
});

test('functions receive only the settings that they need', () => {
  const provided = JSON.parse(
    functions().get('create')!.Properties.Environment.Variables.PORTAL_SETTINGS,
  );
  expect(Object.keys(provided).sort()).toEqual(
    [
      ...[
        'allowedCountries',
        'codeLife',
        'connect',
        'furtherPhonePrefixes',
        'limits',
        'linkLife',
        'passkeys',
        'portalName',
        'portalOrigins',
        'rememberDeviceHours',
        'sender',
        'sessionHours',
      ],
      ...[
        'sms',
        'stage',
        'terms',
        'termsGraceHours',
        'voiceConfirmation',
        'workforce',
        'workforceEmailDomains',
      ],
    ].sort(),
  );
  expect(provided.terms).toEqual({
    version: '2026-10',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    effectiveAt: Date.parse('2026-10-01T00:00:00Z'),
  });
  expect(provided.limits).not.toHaveProperty('requestsPerSecond');
});

test('alarms go to a topic that is encrypted with a key of its own', () => {
  const topic = one('AWS::SNS::Topic', 'AlarmsTopic').Properties;
  expect(referencesIn(topic.KmsMasterKeyId)).toEqual([expect.stringMatching(/^KeysAlarms/)]);
  const actions = Object.values(template.Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::CloudWatch::CompositeAlarm' ? [referencesIn(Properties.AlarmActions)] : [],
  );
  expect(actions.length).toBeGreaterThan(5);
  expect(actions.every(([id]) => id?.startsWith('AlarmsTopic'))).toBe(true);
});

test('spending on texts sets off the alarm at the dollars of the settings', () => {
  expect(one('AWS::CloudWatch::Alarm', 'AlarmsTextSpending').Properties).toMatchObject({
    MetricName: 'SMSMonthToDateSpentUSD',
    Namespace: 'AWS/SNS',
    Threshold: 25,
  });
});
