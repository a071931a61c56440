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
  const policies = all('AWS::IAM::ManagedPolicy').filter(([id]) =>
    referencesIn(template.Resources[roleOf(output)]!.Properties.ManagedPolicyArns).includes(id),
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

  test('has no action and no resource for all', () => {
    for (const { action, resource } of rights) {
      expect(action).not.toContain('*');
      expect(resource).not.toBe('"*"');
    }
  });

  test('adds events to the trail, and neither changes nor deletes one', () => {
    const onTrail = new Set(actionsOn(rights, 'TablesAuditEvents'));
    expect([...onTrail]).toEqual(['BatchGetItem', 'GetItem', 'PutItem', 'Query']);
  });

  test('scans the accounts, which are compared with the pool, and nothing else', () => {
    const scanned = rights.filter(({ action }) => action === 'dynamodb:Scan');
    expect(scanned).toHaveLength(1);
    expect(scanned[0]?.resource).toContain('TablesAccounts');
  });
});

test('the read-only role changes nothing', () => {
  const changing = rightsOfRole('OperatorReadOnlyRoleArn').filter(
    ({ action, resource }) =>
      /Put|Update|Delete|Send|GlobalSignOut|GenerateMac/.test(action) &&
      !resource.includes('TablesAuditEvents'),
  );
  expect(changing).toEqual([]);
});
