import { describe, expect, test } from '@jest/globals';
import { resolveTemplate } from '../../local/template/template.ts';
import type { RawTemplate } from '../../local/template/template.ts';

const place = {
  region: 'us-east-1',
  account: '000000000000',
  partition: 'aws',
  stackName: 'PortalAuth-test',
  endpoint: 'http://127.0.0.1:1',
  publicEndpoint: 'http://localhost:1',
};

/** Resolves one property value beside a role and a table that it may refer to. */
function resolved(value: unknown, more: Partial<RawTemplate> = {}): unknown {
  const template = resolveTemplate(
    {
      Resources: {
        Table: {
          Type: 'AWS::DynamoDB::Table',
          Properties: { TableName: { 'Fn::Sub': '${AWS::StackName}-accounts' } },
        },
        Subject: { Type: 'AWS::IAM::Role', Properties: { Value: value } },
      },
      ...more,
    },
    place,
  );
  return template.ofType('AWS::IAM::Role')[0]?.properties.Value;
}

describe('resolving a template', () => {
  test.each<[string, unknown, unknown]>([
    ['Ref to a resource', { Ref: 'Table' }, 'PortalAuth-test-accounts'],
    ['a pseudo parameter', { Ref: 'AWS::Region' }, 'us-east-1'],
    [
      'GetAtt as a list',
      { 'Fn::GetAtt': ['Table', 'Arn'] },
      'arn:aws:dynamodb:us-east-1:000000000000:table/PortalAuth-test-accounts',
    ],
    [
      'Sub with attributes, variables and literals',
      { 'Fn::Sub': ['${Table.Arn}/${name}/${!kept}', { name: { Ref: 'AWS::Partition' } }] },
      'arn:aws:dynamodb:us-east-1:000000000000:table/PortalAuth-test-accounts/aws/${kept}',
    ],
    [
      'Join, Split and Select together',
      {
        'Fn::Select': [
          '1',
          { 'Fn::Split': ['-', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::AccountId' }, 'c']] }] },
        ],
      },
      '000000000000',
    ],
    [
      'a value that is not there',
      { kept: 1, gone: { Ref: 'AWS::NoValue' }, list: [{ Ref: 'AWS::NoValue' }, 2] },
      { kept: 1, list: [2] },
    ],
    ['Base64', { 'Fn::Base64': 'abc' }, 'YWJj'],
  ])('gives %s', (_name, value, expected) => {
    expect(resolved(value)).toEqual(expected);
  });

  test('decides conditions by equality, not, and, or', () => {
    const Conditions = {
      Same: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
      Neither: {
        'Fn::And': [
          { 'Fn::Not': [{ Condition: 'Same' }] },
          { 'Fn::Or': [{ Condition: 'Same' }, { Condition: 'Same' }] },
        ],
      },
    };
    expect(resolved({ 'Fn::If': ['Same', 'yes', 'no'] }, { Conditions })).toBe('yes');
    expect(resolved({ 'Fn::If': ['Neither', 'yes', 'no'] }, { Conditions })).toBe('no');
  });

  test('leaves out a resource whose condition does not hold', () => {
    const template = resolveTemplate(
      {
        Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
        Resources: { Table: { Type: 'AWS::DynamoDB::Table', Condition: 'Never' } },
      },
      place,
    );
    expect(template.ofType('AWS::DynamoDB::Table')).toEqual([]);
  });

  test('gives the same names at every start', () => {
    const pool: RawTemplate = { Resources: { Pool: { Type: 'AWS::Cognito::UserPool' } } };
    const [first, second] = [resolveTemplate(pool, place), resolveTemplate(pool, place)].map(
      (template) => template.ofType('AWS::Cognito::UserPool')[0]?.ref,
    );
    expect(first).toMatch(/^us-east-1_[A-Za-z0-9]{9}$/);
    expect(second).toBe(first);
  });

  test('names what it does not show', () => {
    expect(
      resolveTemplate({ Resources: { Acl: { Type: 'AWS::WAFv2::WebACL' } } }, place).notShown,
    ).toEqual(['WAF']);
  });

  test.each<[string, () => unknown, RegExp]>([
    ['an unknown intrinsic', () => resolved({ 'Fn::Transform': {} }), /Fn::Transform/],
    [
      'an unknown resource type',
      () => resolveTemplate({ Resources: { X: { Type: 'AWS::EC2::Instance' } } }, place),
      /AWS::EC2::Instance/,
    ],
    [
      'an unknown attribute',
      () => resolved({ 'Fn::GetAtt': ['Table', 'Colour'] }),
      /Table\.Colour/,
    ],
    ['a reference to nothing', () => resolved({ Ref: 'Missing' }), /Missing/],
    [
      'a parameter without default',
      () => resolved({ Ref: 'Secret' }, { Parameters: { Secret: { Type: 'String' } } }),
      /Secret has no default/,
    ],
    [
      'an intrinsic beside other keys',
      () => resolved({ Ref: 'Table', Other: 1 }),
      /must be the only key of its object/,
    ],
    [
      'an index out of range',
      () => resolved({ 'Fn::Select': [3, ['a']] }),
      /index 3 in a list of 1/,
    ],
  ])('fails on %s', (_name, run, message) => {
    expect(run).toThrow(message);
  });
});
