import { describe, expect, test } from '@jest/globals';
import { all, template } from './template.ts';

const KEYS: Record<string, string[]> = {
  Accounts: ['pk'],
  RegistrationCodes: ['npi', 'code'],
  TermsAcceptances: ['accountId', 'version'],
  RememberedDevices: ['accountId', 'deviceId'],
  Challenges: ['pk'],
  Passkeys: ['accountId', 'passkeyId'],
  Flows: ['pk'],
  Limits: ['pk'],
  AuditEvents: ['accountId', 'eventId'],
  Approvals: ['desk', 'approvalId'],
};
const EXPIRING = ['RememberedDevices', 'Challenges', 'Flows', 'Limits', 'Approvals'];

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

const indexesOf = (name: string): [string, string[], object][] =>
  tableOf(name).Properties.GlobalSecondaryIndexes.map(
    ({
      IndexName,
      KeySchema,
      Projection,
    }: {
      IndexName: string;
      KeySchema: [];
      Projection: object;
    }) => [
      IndexName,
      KeySchema.map(({ AttributeName }: { AttributeName: string }) => AttributeName),
      Projection,
    ],
  );

test('accounts are listed by provider, and found by what people say; no index has a secret', () => {
  const keysOnly = { ProjectionType: 'KEYS_ONLY' };
  expect(indexesOf('Accounts')).toEqual([
    ['byNpi', ['npi', 'listKey'], { ProjectionType: 'INCLUDE', NonKeyAttributes: ['searchKeys'] }],
    ['byContactEmail', ['contactEmail', 'accountId'], keysOnly],
    ['byRecordEmail', ['recordEmail', 'accountId'], keysOnly],
    ['byPhone', ['phone', 'accountId'], keysOnly],
    ['byContactPhone', ['contactPhone', 'accountId'], keysOnly],
    ['byName', ['lastNameKey', 'firstNameKey'], keysOnly],
  ]);
});

test('audit events are listed by day', () => {
  expect(indexesOf('AuditEvents')).toEqual([
    ['byDay', ['day', 'eventId'], { ProjectionType: 'ALL' }],
  ]);
});

test('every new audit event goes to the stream', () => {
  expect(tableOf('AuditEvents').Properties.StreamSpecification).toEqual({
    StreamViewType: 'NEW_IMAGE',
  });
});
