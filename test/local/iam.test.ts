import { describe, expect, test } from '@jest/globals';
import { evaluate } from '../../local/iam/evaluate.ts';
import { readPolicy } from '../../local/iam/statements.ts';

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/accounts';

function decision(
  statements: object[],
  action = 'dynamodb:GetItem',
  resource = table,
  context: Record<string, string | undefined> = {},
): string {
  return evaluate(readPolicy({ Version: '2012-10-17', Statement: statements }, 'a test'), {
    action,
    resource,
    context,
  });
}

const allow = (more: object): object => ({
  Effect: 'Allow',
  Action: 'dynamodb:GetItem',
  Resource: table,
  ...more,
});

describe('evaluating policies', () => {
  test('nothing is allowed that no statement allows', () => {
    expect(decision([])).toBe('not allowed');
    expect(decision([allow({})], 'dynamodb:PutItem')).toBe('not allowed');
    expect(decision([allow({})], 'dynamodb:GetItem', `${table}/index/byNpi`)).toBe('not allowed');
  });

  test('actions match without case and by wildcard, resources by wildcard', () => {
    expect(decision([allow({ Action: 'DYNAMODB:get*' })])).toBe('allowed');
    expect(decision([allow({ Resource: 'arn:aws:dynamodb:*:*:table/acc?unts' })])).toBe('allowed');
    expect(decision([allow({ Resource: 'arn:aws:dynamodb:*:*:table/acc?' })])).toBe('not allowed');
  });

  test('an explicit deny wins', () => {
    expect(
      decision([allow({ Resource: '*' }), { Effect: 'Deny', Action: '*', Resource: table }]),
    ).toBe('denied explicitly');
  });

  test('NotAction and NotResource mean everything else', () => {
    expect(decision([{ Effect: 'Allow', NotAction: 'dynamodb:Put*', Resource: '*' }])).toBe(
      'allowed',
    );
    expect(decision([{ Effect: 'Allow', NotAction: 'dynamodb:Get*', Resource: '*' }])).toBe(
      'not allowed',
    );
    expect(decision([{ Effect: 'Allow', Action: '*', NotResource: table }])).toBe('not allowed');
  });

  test('every condition must hold, any of its values may', () => {
    const Condition = {
      StringEquals: { 'ses:FromAddress': ['a@b.example', 'c@d.example'] },
      Bool: { 'aws:SecureTransport': true },
    };
    const context = { 'ses:FromAddress': 'c@d.example', 'aws:SecureTransport': 'true' };
    expect(decision([allow({ Condition })], undefined, undefined, context)).toBe('allowed');
    expect(
      decision([allow({ Condition })], undefined, undefined, {
        ...context,
        'ses:FromAddress': 'x@y.example',
      }),
    ).toBe('not allowed');
    expect(
      decision([allow({ Condition })], undefined, undefined, {
        ...context,
        'aws:SecureTransport': 'false',
      }),
    ).toBe('not allowed');
  });

  test('a key that the request does not have fails a condition, unless it is negated or may be missing', () => {
    const absent = { 'aws:SourceArn': undefined };
    expect(
      decision(
        [allow({ Condition: { StringEquals: { 'aws:SourceArn': 'x' } } })],
        undefined,
        undefined,
        absent,
      ),
    ).toBe('not allowed');
    expect(
      decision(
        [allow({ Condition: { StringNotEquals: { 'aws:SourceArn': 'x' } } })],
        undefined,
        undefined,
        absent,
      ),
    ).toBe('allowed');
    expect(
      decision(
        [allow({ Condition: { ArnLikeIfExists: { 'aws:SourceArn': 'x' } } })],
        undefined,
        undefined,
        absent,
      ),
    ).toBe('allowed');
    expect(
      decision(
        [allow({ Condition: { Null: { 'aws:SourceArn': 'true' } } })],
        undefined,
        undefined,
        absent,
      ),
    ).toBe('allowed');
  });

  test('fails on a condition operator, a condition key or an element that is unknown', () => {
    expect(() =>
      decision(
        [allow({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })],
        undefined,
        undefined,
        { 'aws:SourceIp': '10.0.0.1' },
      ),
    ).toThrow(/IpAddress/);
    expect(() =>
      decision([allow({ Condition: { StringEquals: { 'dynamodb:LeadingKeys': 'x' } } })]),
    ).toThrow(/dynamodb:LeadingKeys/);
    expect(() => decision([allow({ Resources: '*' })])).toThrow(/Resources/);
  });
});
