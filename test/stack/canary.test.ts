import { beforeAll, describe, expect, test } from '@jest/globals';
import { synthesizeApart, type Synthesis } from './synthesize-apart.ts';
import {
  all,
  functions,
  one,
  readTemplate,
  referencesIn,
  rightsOf,
  type Template,
  template as usual,
} from './template.ts';

let synthesis: Synthesis;
let template: Template;
beforeAll(async () => {
  synthesis = await synthesizeApart({
    stage: 'example',
    checks: true,
    overrides: { canary: { everyMinutes: 120 } },
  });
  template = readTemplate(synthesis.folder, 'example');
});

test('a stage has no canary by default', () => {
  expect(functions(usual).has('canary')).toBe(false);
  expect(JSON.stringify(usual)).not.toContain('simulator.amazonses.com');
});

describe('a stage with a canary', () => {
  test('passes the checks', () => {
    expect(synthesis).toMatchObject({ succeeded: true });
  });

  test('runs it by the clock, once', () => {
    const rule = one('AWS::Events::Rule', 'CanaryClock', template).Properties;
    expect(rule.ScheduleExpression).toBe('rate(2 hours)');
    expect(rule.Targets).toMatchObject([{ RetryPolicy: { MaximumRetryAttempts: 0 } }]);
  });

  test('may prepare its account, and neither sends, computes codes, scans nor deletes', () => {
    const rights = rightsOf('canary', template).flatMap(({ Action }) => [Action].flat());
    expect(rights.filter((one) => !/^(logs|kms):/.test(one)).sort()).toEqual([
      'cognito-idp:AdminCreateUser',
      'cognito-idp:AdminGetUser',
      'cognito-idp:AdminSetUserPassword',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ]);
    expect(rights).not.toContain('kms:GenerateMac');
  });

  test('has an address that nobody guesses, and no password anywhere', () => {
    const { Variables } = functions(template).get('canary')!.Properties.Environment;
    expect(referencesIn(Variables.CANARY_EMAIL)).toContain('AWS::StackId');
    expect(Object.keys(Variables).filter((name) => /PASSWORD|SECRET/.test(name))).toEqual([]);
    expect(all('AWS::SecretsManager::Secret', template)).toEqual([]);
  });

  test('has an alarm that lasts until the next run', () => {
    const { Metrics } = one('AWS::CloudWatch::Alarm', 'AlarmsCanaryFails', template).Properties;
    expect(JSON.stringify(Metrics)).toContain('"Period":7500');
  });
});

test('a canary that would spend its own limit is refused, with the remedy', async () => {
  const { succeeded, said } = await synthesizeApart({
    stage: 'example',
    checks: false,
    overrides: { canary: { everyMinutes: 90 }, limits: { sendsPerDay: 10 } },
  });
  expect(succeeded).toBe(false);
  expect(said).toContain('stages.example.canary.everyMinutes = 90: must be so long that a day');
});
