import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pattern, readPolicy } from '../../../local/iam/statements.ts';

const read = (Statement: unknown, more: object = {}) =>
  readPolicy({ Version: '2012-10-17', Statement, ...more }, 'a test');

const allow = (more: object = {}): object => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: '*',
  ...more,
});

describe('reading a policy', () => {
  test('one statement counts as a list of one', () => {
    expect(read(allow())).toHaveLength(1);
    expect(read([allow(), allow()])).toHaveLength(2);
  });

  test('a single action, resource or condition value counts as a list of one', () => {
    const [statement] = read(allow({ Condition: { StringEquals: { 'aws:SourceArn': 'arn' } } }));
    expect(statement?.actions).toHaveLength(1);
    expect(statement?.resources).toHaveLength(1);
    expect(statement?.conditions).toEqual({ StringEquals: { 'aws:SourceArn': ['arn'] } });
  });

  test('condition values that are not strings are compared as text', () => {
    const [statement] = read(
      allow({ Condition: { Bool: { a: true }, NumericEquals: { b: [1, 2] } } }),
    );
    expect(statement?.conditions).toEqual({
      Bool: { a: ['true'] },
      NumericEquals: { b: ['1', '2'] },
    });
  });

  test('an absent element stays absent, so that it is not an empty list', () => {
    const [statement] = read(allow());
    expect([statement?.notActions, statement?.notResources, statement?.principal]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test.each<[string, () => unknown]>([
    ['an older version', () => readPolicy({ Version: '2008-10-17', Statement: [] }, 'a test')],
    ['no version', () => readPolicy({ Statement: [] }, 'a test')],
    ['a document that is not an object', () => readPolicy('Allow', 'a test')],
    ['an unknown effect', () => read(allow({ Effect: 'Permit' }))],
    ['a misspelt element', () => read(allow({ Resouce: '*' }))],
    ['an action that is not text', () => read(allow({ Action: 7 }))],
    ['a condition without an operator', () => read(allow({ Condition: { 'aws:SourceArn': 'x' } }))],
  ])('%s is refused, with the policy it is in', (_what, run) => {
    expect(run).toThrow(/The policy of a test cannot be evaluated here/);
  });
});

describe('a pattern', () => {
  test.each<[string, string, boolean]>([
    ['*', '', true],
    ['*', 'anything at all', true],
    ['abc', 'abc', true],
    ['abc', 'ABC', false],
    ['a*c', 'ac', true],
    ['a*c', 'a/b/c', true],
    ['a*c', 'abcd', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a.c', 'abc', false],
    ['a[b]c', 'a[b]c', true],
    ['a+(b|c)$', 'a+(b|c)$', true],
    ['a*', 'a\nb', true],
    ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket', false],
    ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket/key', true],
  ])('%j matches %j: %s', (wanted, text, matches) => {
    expect(pattern(wanted)(text)).toBe(matches);
  });

  test('without wildcards it matches exactly itself, whatever its characters', () => {
    const literal = fc.string({ unit: 'grapheme' }).filter((text) => !/[*?]/.test(text));
    fc.assert(
      fc.property(literal, literal, (one, other) => {
        expect(pattern(one)(one)).toBe(true);
        expect(pattern(one)(other)).toBe(one === other);
      }),
    );
  });

  test('a star between two literals matches any text in between', () => {
    const literal = fc.string().filter((text) => !/[*?]/.test(text));
    fc.assert(
      fc.property(literal, fc.string(), literal, (start, middle, end) => {
        expect(pattern(`${start}*${end}`)(`${start}${middle}${end}`)).toBe(true);
      }),
    );
  });
});
