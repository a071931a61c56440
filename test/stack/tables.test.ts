import { describe, expect, test } from '@jest/globals';
import { all, template } from './template.ts';

const KEYS: Record<string, string[]> = {
  Accounts: ['pk'],
  RegistrationCodes: ['npi', 'code'],
  TermsAcceptances: ['accountId', 'version'],
  RememberedDevices: ['accountId', 'deviceId'],
  Challenges: ['pk'],
  Flows: ['pk'],
  Limits: ['pk'],
  AuditEvents: ['accountId', 'eventId'],
};
const EXPIRING = ['RememberedDevices', 'Challenges', 'Flows', 'Limits'];

const tableOf = (name: string) => {
  const { Ref } = template.Outputs[`${name}TableName`]!.Value as { Ref: string };
  return template.Resources[Ref]!;
};

describe.each(Object.keys(KEYS))('the table %s', (name) => {
  const table = tableOf(name);

  test('has the expected keys', () => {
    expect(
      table.Properties.KeySchema.map(
        ({ AttributeName }: { AttributeName: string }) => AttributeName,
      ),
    ).toEqual(KEYS[name]);
  });

  test('is encrypted with our key, restorable and protected from deletion', () => {
    expect(table.Properties.SSESpecification).toMatchObject({
      SSEEnabled: true,
      SSEType: 'KMS',
      KMSMasterKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^KeysData/), 'Arn'] },
    });
    expect(table.Properties.PointInTimeRecoverySpecification).toEqual({
      PointInTimeRecoveryEnabled: true,
    });
    expect(table.Properties.DeletionProtectionEnabled).toBe(true);
    expect(table.DeletionPolicy).toBe('RetainExceptOnCreate');
  });

  test('is billed per request', () => {
    expect(table.Properties.BillingMode).toBe('PAY_PER_REQUEST');
  });

  test(EXPIRING.includes(name) ? 'deletes expired items' : 'keeps its items', () => {
    const ttl = table.Properties.TimeToLiveSpecification;
    expect(ttl).toEqual(
      EXPIRING.includes(name) ? { AttributeName: 'ttl', Enabled: true } : undefined,
    );
  });
});

test('no other table exists', () => {
  expect(all('AWS::DynamoDB::Table')).toHaveLength(Object.keys(KEYS).length);
});

test('accounts have an index by provider', () => {
  const [index, ...others] = tableOf('Accounts').Properties.GlobalSecondaryIndexes;
  expect(others).toEqual([]);
  expect(index).toMatchObject({
    IndexName: 'byNpi',
    KeySchema: [{ AttributeName: 'npi' }, { AttributeName: 'listKey' }],
  });
});

test('the index of accounts projects what a list shows, and no secret', () => {
  const [{ Projection }] = tableOf('Accounts').Properties.GlobalSecondaryIndexes;
  expect(Projection).toEqual({ ProjectionType: 'INCLUDE', NonKeyAttributes: ['searchKeys'] });
});

test('every new audit event goes to the stream', () => {
  expect(tableOf('AuditEvents').Properties.StreamSpecification).toEqual({
    StreamViewType: 'NEW_IMAGE',
  });
});
