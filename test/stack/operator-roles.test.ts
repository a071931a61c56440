import { describe, expect, test } from '@jest/globals';
import { all, listed, referencesIn, template } from './template.ts';

interface Right {
  action: string;
  resource: string;
}

const roleOf = (output: string): string => {
  const { 'Fn::GetAtt': attribute } = template.Outputs[output]!.Value as { 'Fn::GetAtt': string[] };
  return attribute[0] ?? '';
};

/** What the managed policies of a role allow, an entry an action and resource. */
function rightsOfRole(output: string): Right[] {
  const role = template.Resources[roleOf(output)]!.Properties;
  const policies = all('AWS::IAM::ManagedPolicy').filter(
    ([id, { Properties }]) =>
      referencesIn(role.ManagedPolicyArns).includes(id) ||
      referencesIn(Properties.Roles ?? []).includes(roleOf(output)),
  );
  return policies.flatMap(([, { Properties }]) =>
    Properties.PolicyDocument.Statement.flatMap(
      ({ Action, Resource }: { Action: string | string[]; Resource: unknown }) =>
        listed(Action).flatMap((action) =>
          [Resource].flat().map((resource) => ({ action, resource: JSON.stringify(resource) })),
        ),
    ),
  );
}

const actionsOn = (rights: Right[], table: string) =>
  rights
    .filter(({ action, resource }) => action.startsWith('dynamodb:') && resource.includes(table))
    .map(({ action }) => action.replace('dynamodb:', ''))
    .sort();

describe.each(['OperatorRoleArn', 'OperatorReadOnlyRoleArn'])('%s', (output) => {
  const rights = rightsOfRole(output);

  test('is assumed by people of the account, with a second factor', () => {
    const { AssumeRolePolicyDocument } = template.Resources[roleOf(output)]!.Properties;
    expect(AssumeRolePolicyDocument.Statement).toEqual([
      expect.objectContaining({
        Action: 'sts:AssumeRole',
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      }),
    ]);
  });

  test('has no action for all, and no resource for all but where AWS has no other', () => {
    for (const { action } of rights) expect(action).not.toContain('*');
    const everywhere = rights.filter(({ resource }) => resource === '"*"');
    expect(everywhere.map(({ action }) => action)).toEqual([
      ...(output === 'OperatorRoleArn' ? ['cloudwatch:PutMetricData'] : []),
      'cloudtrail:DescribeTrails',
      'ds:DescribeDirectories',
      'events:ListRuleNamesByTarget',
      'lambda:GetAccountSettings',
      'servicequotas:ListServiceQuotas',
      'ses:GetAccount',
      'ses:GetAccountSendingEnabled',
      'ses:GetIdentityDkimAttributes',
      'ses:GetIdentityVerificationAttributes',
      'ses:GetSendQuota',
      'ses:GetSuppressedDestination',
      'sns:GetSMSAttributes',
      'sns:GetSMSSandboxAccountStatus',
    ]);
  });

  test('adds events to the trail, and neither changes nor deletes one', () => {
    const onTrail = new Set(actionsOn(rights, 'TablesAuditEvents'));
    expect([...onTrail]).toEqual([
      ...['BatchGetItem', 'DescribeContinuousBackups', 'GetItem', 'PutItem', 'Query'],
    ]);
  });

  test('scans what ops check compares, and nothing else', () => {
    const scanned = rights
      .filter(({ action }) => action === 'dynamodb:Scan')
      .map(({ resource }) => /Tables([A-Za-z]+)Table/.exec(resource)?.[1]);
    expect(scanned.sort()).toEqual([
      'Accounts',
      'Passkeys',
      'RegistrationCodes',
      'RememberedDevices',
    ]);
  });

  test('counts the messages that failed, and reads none', () => {
    const onQueues = rights.filter(({ action }) => action.startsWith('sqs:'));
    const onDeadLetters = onQueues.filter(({ resource }) => resource.includes('DeadLetters'));
    expect(onDeadLetters.map(({ action }) => action)).toEqual([
      'sqs:GetQueueAttributes',
      'sqs:GetQueueAttributes',
    ]);
  });
});

test('the read-only role changes nothing', () => {
  const changing = rightsOfRole('OperatorReadOnlyRoleArn').filter(
    ({ action, resource }) =>
      /:(?!GET$|Get|List|Describe|Query|BatchGet|Scan|AdminGet|Decrypt|GenerateDataKey)/.test(
        action,
      ) && !resource.includes('TablesAuditEvents'),
  );
  expect(changing).toEqual([]);
});
