import { describe, expect, test } from '@jest/globals';
import { all, functions, listed, one, referencesIn, rightsOf, type Statement } from './template.ts';

const keys = all('AWS::KMS::Key');
const idOf = (prefix: string) => keys.find(([id]) => id.startsWith(prefix))?.[0] ?? '';
const [dataId, codesId] = [idOf('KeysData'), idOf('KeysCodes')];
const statementsOf = (prefix: string): Statement[] =>
  one('AWS::KMS::Key', prefix).Properties.KeyPolicy.Statement;

describe('the keys of a stage', () => {
  test('are three, each with an alias', () => {
    expect(keys.map(([id]) => id).sort()).toEqual([codesId, dataId, idOf('KeysAlarms')].sort());
    expect(
      all('AWS::KMS::Alias')
        .map(([, { Properties }]) => [Properties.AliasName, referencesIn(Properties.TargetKeyId)])
        .sort(),
    ).toEqual([
      ['alias/portal-auth/local/alarms', [idOf('KeysAlarms')]],
      ['alias/portal-auth/local/codes', [codesId]],
      ['alias/portal-auth/local/data', [dataId]],
    ]);
  });

  test.each(keys)(
    '%s outlives the stack, and its deletion can be stopped for 30 days',
    (_id, key) => {
      expect(key.DeletionPolicy).toBe('RetainExceptOnCreate');
      expect(key.Properties.PendingWindowInDays).toBe(30);
    },
  );

  test.each(['KeysData', 'KeysCodes', 'KeysAlarms'])(
    '%s is administered only by this account',
    (prefix) => {
      const [administration] = statementsOf(prefix).filter(({ Action }) => Action === 'kms:*');
      expect(JSON.stringify(administration?.Principal)).toMatch(/000000000000.*:root/);
    },
  );

  test.each(['KeysData', 'KeysCodes', 'KeysAlarms'])(
    '%s trusts no other account and nobody',
    (prefix) => {
      for (const { Principal = {} } of statementsOf(prefix)) {
        expect(Object.keys(Principal)).toHaveLength(1);
        expect(JSON.stringify(Principal)).not.toContain('"*"');
      }
    },
  );
});

describe('the key for stored data', () => {
  test('rotates', () => {
    expect(one('AWS::KMS::Key', 'KeysData').Properties.EnableKeyRotation).toBe(true);
  });

  test('encrypts log groups of this account only', () => {
    const [logs] = statementsOf('KeysData').filter(({ Sid }) => Sid === 'LogGroups');
    expect(JSON.stringify(logs?.Principal)).toContain('logs.');
    expect(Object.keys(logs?.Condition?.ArnLike ?? {})).toEqual([
      'kms:EncryptionContext:aws:logs:arn',
    ]);
    expect(JSON.stringify(logs?.Condition)).toMatch(/000000000000.*:log-group:\*/);
  });

  test('is used by services for this account only', () => {
    const services = statementsOf('KeysData').filter(
      ({ Principal = {} }) => 'Service' in Principal,
    );
    for (const { Condition } of services)
      expect(JSON.stringify(Condition)).toContain('000000000000');
  });

  test('is never used directly by a function', () => {
    for (const id of functions().keys()) {
      const uses = rightsOf(id).filter(({ Resource }) => referencesIn(Resource).includes(dataId));
      for (const { Condition, Action } of uses) {
        expect([id, Object.keys(Condition?.StringEquals ?? {})]).toEqual([id, ['kms:ViaService']]);
        expect(listed(Action)).not.toContain('kms:Encrypt');
      }
    }
  });

  test.each(['AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::Logs::LogGroup'])(
    'encrypts every %s',
    (type) => {
      const resources = all(type);
      expect(resources.length).toBeGreaterThan(0);
      for (const [id, { Properties }] of resources)
        expect([id, referencesIn(Properties).includes(dataId)]).toEqual([id, true]);
    },
  );
});

describe('the key for codes', () => {
  const users = [...functions().keys()].filter((id) =>
    rightsOf(id).some(({ Resource }) => referencesIn(Resource).includes(codesId)),
  );

  test('is used only by functions that send or check codes', () => {
    expect(users.sort()).toEqual([
      ...['changes', 'create', 'help-desk', 'me', 'outbox', 'recovery', 'registration', 'verify'],
    ]);
  });

  test.each(users)('only generates MACs for %s', (id) => {
    const uses = rightsOf(id).filter(({ Resource }) => referencesIn(Resource).includes(codesId));
    expect(uses.flatMap(({ Action }) => listed(Action))).toEqual(['kms:GenerateMac']);
  });

  test.each([...functions()].map(([id, fn]) => [id, fn] as const))(
    'is known to %s only with the right to use it',
    (id, { Properties }) => {
      const variables = Properties.Environment?.Variables ?? {};
      expect(referencesIn(variables).includes(codesId)).toBe(users.includes(id));
    },
  );
});
