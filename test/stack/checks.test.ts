import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ACKNOWLEDGEMENTS } from '../../lib/acknowledgements.ts';
import { deployedRoutes } from './http-routes.ts';
import { reportOf, runApart, synthesizeApart } from './synthesize-apart.ts';
import type { Finding, Synthesis } from './synthesize-apart.ts';
import { all, functions, listed, readTemplate, rightsOf } from './template.ts';
import type { Template } from './template.ts';

let synthesis: Synthesis;
let template: Template;
beforeAll(async () => {
  synthesis = await synthesizeApart({ stage: 'example', checks: true });
  if (synthesis.succeeded) template = readTemplate(synthesis.folder, 'example');
});

const open = (pack: string) =>
  reportOf(synthesis.folder, pack).open.map(
    ({ ruleName, violatingConstructs }) => `${ruleName} ${violatingConstructs[0]?.constructPath}`,
  );

/** Rule → number of resources at which it is acknowledged. */
function acknowledged(pack: string): Record<string, number> {
  const findings = reportOf(synthesis.folder, pack).acknowledged;
  const rules = findings.map(({ ruleName }) =>
    ruleName.replace(/^.+?-(?=[A-Z])/, '').replace(/\[.*/, ''),
  );
  return Object.fromEntries(
    [...new Set(rules)]
      .sort()
      .map((rule) => [rule, rules.filter((other) => other === rule).length]),
  );
}

const OPERATOR_ROLES = 2;

/** Alarms that count within a composite one. */
function childAlarms(from: Template): number {
  return all('AWS::CloudWatch::Alarm', from).filter(
    ([, { Properties }]) => Properties.AlarmActions === undefined,
  ).length;
}

describe('the checks of a real stage', () => {
  test('succeed on the synthesized stage', () => {
    expect(synthesis).toMatchObject({ succeeded: true });
  });

  test.each(['AwsSolutions', 'HIPAA.Security'])('leave no finding of %s open', (pack) => {
    expect(open(pack)).toEqual([]);
  });

  test('count every acknowledged finding of AwsSolutions', () => {
    const withoutToken = deployedRoutes(template).filter(
      ({ access }) => access === 'PUBLIC' || access === 'FLOW',
    ).length;
    const archives = functions(template).has('audit-archive') ? 1 : 0;
    const texting =
      [...functions(template).keys()].filter((id) =>
        rightsOf(id, template).some(
          ({ Effect, Resource }) => Effect === 'Allow' && Resource === '*',
        ),
      ).length - archives;
    const calling = [...functions(template).keys()].filter((id) =>
      rightsOf(id, template).some(({ Action }) => listed(Action).includes('connect:StopContact')),
    ).length;
    const pools = all('AWS::Cognito::UserPool', template).length;
    expect(acknowledged('AwsSolutions')).toEqual({
      APIG4: withoutToken,
      COG1: pools,
      COG2: pools,
      COG4: withoutToken,
      COG8: pools,
      IAM4: 1,
      // Each operator role reads every object of the archive, both examine the account and its
      // trails, and one writes metrics.
      IAM5: texting + calling + 2 * archives + OPERATOR_ROLES + 3,
      SQS3: 1,
    });
  });

  test('count every acknowledged finding of HIPAA.Security', () => {
    const each = functions(template).size;
    expect(acknowledged('HIPAA.Security')).toEqual({
      APIGWCacheEnabledAndEncrypted: 1,
      APIGWSSLEnabled: 1,
      CloudWatchAlarmAction: childAlarms(template),
      DynamoDBInBackupPlan: all('AWS::DynamoDB::Table', template).length,
      LambdaConcurrency: each,
      LambdaDLQ: each,
      LambdaInsideVPC: each,
      S3BucketReplicationEnabled: 2,
      S3DefaultEncryptionKMS: 1,
    });
  });

  test('record a reason with every acknowledgement', () => {
    const findings: Finding[] = ['AwsSolutions', 'HIPAA.Security'].flatMap(
      (pack) => reportOf(synthesis.folder, pack).acknowledged,
    );
    expect(findings.filter(({ reason }) => (reason ?? '').length < 20)).toEqual([]);
  });
});

test('docs/compliance.md gives the reason of every acknowledged finding', () => {
  const page = readFileSync('docs/compliance.md', 'utf8');
  for (const { rules, reason } of ACKNOWLEDGEMENTS) {
    const names = rules.map((rule) => rule.replace(/\[.*/, '').replace(/^.*::/, ''));
    expect(page).toContain(`| ${names.join(', ')} | ${reason} |`);
  }
});

const withFault = `
  const { readFileSync } = await import('node:fs');
  const { createRequire } = await import('node:module');
  const { App, CfnResource, Stack } = createRequire(process.argv[1] + '/')('aws-cdk-lib');
  const { cdkJson, outdir } = JSON.parse(process.argv[2]);
  const app = new App({ context: JSON.parse(readFileSync(cdkJson, 'utf8')).context, outdir });
  const properties = { VisibilityTimeout: 'soon' };
  new CfnResource(new Stack(app, 'Faulty'), 'Queue', { type: 'AWS::SQS::Queue', properties });
  app.synth();
`;

test("CloudFormation's own schemas are errors, not warnings", async () => {
  const { succeeded, said } = await runApart(withFault, {
    cdkJson: resolve('cdk.json'),
    outdir: `${synthesis.folder}-faulty`,
  });
  expect(succeeded).toBe(false);
  expect(said).toContain('VisibilityTimeout');
});

test('synthesis of a stage without settings names the stages that exist', async () => {
  const { succeeded, said } = await synthesizeApart({ stage: 'nowhere', checks: false });
  expect(succeeded).toBe(false);
  expect(said).toContain('Stage "nowhere" has no settings');
  expect(said).toContain('local, example');
});
