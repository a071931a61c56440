import { describe, expect, test } from '@jest/globals';
import { all, functions, listed, one, referencesIn, rightsOf, template } from './template.ts';
import type { Statement } from './template.ts';

/** The only rights on every resource, because AWS supports no other resource for them. */
const WITHOUT_RESOURCE = ['sns:Publish', 'dynamodb:ListStreams'];
const deployed = [...functions().keys()];

const tableNamed = (name: string) =>
  (template.Outputs[`${name}TableName`]!.Value as { Ref: string }).Ref;
const allows = (functionId: string) =>
  rightsOf(functionId).filter(({ Effect }) => Effect === 'Allow');
const actionsOn = (functionId: string, table: string) =>
  allows(functionId)
    .filter(({ Resource }) => referencesIn(Resource).includes(tableNamed(table)))
    .flatMap(({ Action }) => listed(Action))
    .filter((action) => !/Stream|GetRecords|GetShardIterator/.test(action))
    .sort();

describe.each(deployed)('the role of %s', (functionId) => {
  test('allows no action by a wildcard', () => {
    expect(
      allows(functionId)
        .flatMap(({ Action }) => listed(Action))
        .filter((action) => action.includes('*')),
    ).toEqual([]);
  });

  test('allows every resource only for actions that support no other', () => {
    const open = allows(functionId).filter(({ Resource }) => [Resource].flat().includes('*'));
    expect(
      open
        .flatMap(({ Action }) => listed(Action))
        .filter((action) => !WITHOUT_RESOURCE.includes(action)),
    ).toEqual([]);
  });

  test('hides nothing behind NotAction or NotResource', () => {
    expect(
      rightsOf(functionId).filter(
        (statement) => 'NotAction' in statement || 'NotResource' in statement,
      ),
    ).toEqual([]);
  });

  test('never changes or removes an audit event', () => {
    const changing = actionsOn(functionId, 'AuditEvents').filter(
      (action) => !/:(Get|BatchGet|ConditionCheck)Item$|:Query$/.test(action),
    );
    expect(changing.filter((action) => action !== 'dynamodb:PutItem')).toEqual([]);
  });

  test('is used only by that function', () => {
    const roles = [...functions().values()].map(
      ({ Properties }) => Properties.Role['Fn::GetAtt'][0],
    );
    const [own] = functions().get(functionId)!.Properties.Role['Fn::GetAtt'];
    expect(roles.filter((role) => role === own)).toHaveLength(1);
    expect(template.Resources[own]!.Properties.Policies).toBeUndefined();
  });

  test('has the names of exactly the tables that it may use', () => {
    const variables: Record<string, unknown> =
      functions().get(functionId)!.Properties.Environment?.Variables ?? {};
    const named = Object.entries(variables).flatMap(([name, value]) =>
      name.endsWith('_TABLE') ? referencesIn(value) : [],
    );
    const touched = allows(functionId).flatMap(({ Action, Resource }) =>
      listed(Action).some((action) =>
        /^dynamodb:(Get|Put|Update|Delete)Item|^dynamodb:Query/.test(action),
      )
        ? referencesIn(Resource)
        : [],
    );
    expect([...new Set(named)].sort()).toEqual([...new Set(touched)].sort());
  });
});

test('only the sweep may scan, and only the accounts', () => {
  const scanning = deployed.flatMap((id) =>
    allows(id)
      .filter(({ Action }) => listed(Action).includes('dynamodb:Scan'))
      .map(({ Resource }) => [id, referencesIn(Resource).map((one) => one.slice(0, 14))]),
  );
  expect(scanning).toEqual([['sweep', ['TablesAccounts']]]);
});

test('no role has an inline policy', () => {
  expect(all('AWS::IAM::Policy')).toEqual([]);
});

describe('the sign-in triggers', () => {
  const logs = ['logs:CreateLogStream', 'logs:PutLogEvents'];

  test('define may only log', () => {
    expect(
      allows('define')
        .flatMap(({ Action }) => listed(Action))
        .sort(),
    ).toEqual(logs);
  });

  test('do not administer users, because the pool depends on them', () => {
    const cognito = ['define', 'create', 'verify', 'token-gate']
      .flatMap((id) => allows(id).flatMap(({ Action }) => listed(Action)))
      .filter((action) => action.startsWith('cognito-idp:'));
    expect(cognito).toEqual([]);
  });

  test('the gate reads and writes accounts, and reads one parameter', () => {
    expect(actionsOn('token-gate', 'Accounts')).toEqual([
      'dynamodb:GetItem',
      'dynamodb:UpdateItem',
    ]);
    const [parameter] = allows('token-gate').filter(({ Action }) =>
      listed(Action).includes('ssm:GetParameter'),
    );
    expect(JSON.stringify(parameter!.Resource)).toContain(
      ':parameter/portal-auth/local/user-pool-client-id"',
    );
  });

  test('verify consumes codes, flows and grants', () => {
    expect(actionsOn('verify', 'Accounts')).toEqual(['dynamodb:UpdateItem']);
    expect(actionsOn('verify', 'Challenges')).toEqual(['dynamodb:GetItem', 'dynamodb:UpdateItem']);
    expect(actionsOn('verify', 'Flows')).toEqual(['dynamodb:DeleteItem']);
    expect(actionsOn('verify', 'Limits')).toEqual(['dynamodb:BatchGetItem', 'dynamodb:UpdateItem']);
    expect(actionsOn('verify', 'AuditEvents')).toEqual(['dynamodb:PutItem']);
  });

  test('create sends texts to phones but not to topics', () => {
    const publishing = rightsOf('create').filter(({ Action }) =>
      listed(Action).includes('sns:Publish'),
    );
    expect(publishing).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ Effect: 'Allow', Resource: '*' }),
        expect.objectContaining({
          Effect: 'Deny',
          Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sns:*:*:*']] },
        }),
      ]),
    );
  });

  test('create sends e-mail only from the address of the portal', () => {
    const [mailing] = rightsOf('create').filter(({ Action }) =>
      listed(Action).includes('ses:SendEmail'),
    );
    expect(mailing!.Condition).toEqual({
      StringEquals: { 'ses:FromAddress': 'no-reply@portal.example' },
    });
    expect(JSON.stringify(mailing!.Resource)).toContain(':identity/portal.example');
    expect(JSON.stringify(mailing!.Resource)).toContain(':configuration-set/portal-auth-local');
  });
});

describe('the keys', () => {
  const data = one('AWS::KMS::Key', 'KeysData').Properties;
  const codes = one('AWS::KMS::Key', 'KeysCodes').Properties;
  const statement = (sid: string): Statement =>
    data.KeyPolicy.Statement.find(({ Sid }: Statement) => Sid === sid);

  test('the data key rotates, and logs may use it only for this account', () => {
    expect(data.EnableKeyRotation).toBe(true);
    expect(JSON.stringify(statement('LogGroups').Principal)).toContain('logs.');
    expect(JSON.stringify(statement('LogGroups').Condition)).toContain(':000000000000:');
  });

  test('alarms have a key of their own, which works while the others do not', () => {
    const [alarms] = one('AWS::KMS::Key', 'KeysAlarms').Properties.KeyPolicy.Statement.filter(
      ({ Sid }: { Sid?: string }) => Sid === 'Alarms',
    );
    expect(alarms.Principal).toEqual({ Service: 'cloudwatch.amazonaws.com' });
    expect(listed(alarms.Action).sort()).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
  });

  test('the key for codes only generates MACs', () => {
    expect(codes).toMatchObject({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    const users = deployed.filter((id) =>
      allows(id).some(({ Action }) => listed(Action).includes('kms:GenerateMac')),
    );
    expect(users).toEqual(expect.arrayContaining(['create', 'verify']));
    expect(users).not.toContain('define');
    expect(users).not.toContain('terms');
  });

  test('functions use the data key only through the services that store data', () => {
    const direct = deployed.flatMap((id) =>
      allows(id).filter(
        ({ Action, Condition }) =>
          listed(Action).includes('kms:GenerateDataKey') &&
          Condition?.StringEquals?.['kms:ViaService'] === undefined,
      ),
    );
    expect(direct).toEqual([]);
  });
});
