import { describe, expect, test } from '@jest/globals';
import { conditionsHold, type ConditionContext } from '../../../local/iam/conditions.ts';

const KEY = 'aws:SourceArn';

function holds(operator: string, wanted: string | string[], actual: string | undefined): boolean {
  return conditionsHold({ [operator]: { [KEY]: [wanted].flat() } }, { [KEY]: actual });
}

describe('a condition operator', () => {
  test.each<[string, string, string, boolean]>([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 'a', 'A', false],
    ['StringEquals', 'a*', 'ab', false],
    ['StringNotEquals', 'a', 'b', true],
    ['StringNotEquals', 'a', 'a', false],
    ['StringEqualsIgnoreCase', 'Ab', 'aB', true],
    ['StringNotEqualsIgnoreCase', 'Ab', 'aB', false],
    ['StringLike', 'a*', 'ab', true],
    ['StringLike', 'a?', 'abc', false],
    ['StringNotLike', 'a*', 'ab', false],
    ['ArnEquals', 'arn:aws:sns:*:*:t', 'arn:aws:sns:r:1:t', true],
    ['ArnLike', 'arn:aws:sns:*:*:t', 'arn:aws:sns:r:1:u', false],
    ['ArnNotEquals', 'arn:*', 'arn:aws', false],
    ['ArnNotLike', 'arn:aws:sqs:*', 'arn:aws:sns:t', true],
    ['Bool', 'true', 'True', true],
    ['Bool', 'true', 'false', false],
    ['NumericEquals', '10', '10.0', true],
    ['NumericLessThan', '10', '9', true],
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericGreaterThan', '10', '9', false],
    ['NumericGreaterThan', '9', '10', true],
    ['NumericGreaterThanEquals', '10', '10', true],
    ['NumericEquals', '10', 'ten', false],
  ])('%s %j on the value %j: %s', (operator, wanted, actual, expected) => {
    expect(holds(operator, wanted, actual)).toBe(expected);
  });

  test('any of its values may match', () => {
    expect(holds('StringEquals', ['a', 'b'], 'b')).toBe(true);
    expect(holds('StringEquals', ['a', 'b'], 'c')).toBe(false);
  });

  test('negated, none of its values may match', () => {
    expect(holds('StringNotEquals', ['a', 'b'], 'c')).toBe(true);
    expect(holds('StringNotEquals', ['a', 'b'], 'b')).toBe(false);
  });
});

describe('a key that the request does not have', () => {
  test.each<[string, boolean]>([
    ['StringEquals', false],
    ['StringLike', false],
    ['NumericLessThan', false],
    ['Bool', false],
    ['StringNotEquals', true],
    ['ArnNotLike', true],
    ['StringEqualsIfExists', true],
    ['BoolIfExists', true],
    ['StringNotEqualsIfExists', true],
  ])('under %s: %s', (operator, expected) => {
    expect(holds(operator, 'x', undefined)).toBe(expected);
  });

  test('is what Null true wants, and Null false refuses', () => {
    expect(holds('Null', 'true', undefined)).toBe(true);
    expect(holds('Null', 'false', undefined)).toBe(false);
    expect(holds('Null', 'true', 'there')).toBe(false);
    expect(holds('Null', 'false', 'there')).toBe(true);
  });

  test('IfExists still compares a key that is there', () => {
    expect(holds('StringEqualsIfExists', 'x', 'y')).toBe(false);
  });
});

describe('several conditions', () => {
  const context: ConditionContext = { 'aws:A': 'a', 'aws:B': 'b' };

  test('hold only together, over keys and over operators', () => {
    expect(conditionsHold({ StringEquals: { 'aws:A': ['a'], 'aws:B': ['b'] } }, context)).toBe(
      true,
    );
    expect(conditionsHold({ StringEquals: { 'aws:A': ['a'], 'aws:B': ['x'] } }, context)).toBe(
      false,
    );
    expect(
      conditionsHold(
        { StringEquals: { 'aws:A': ['a'] }, StringLike: { 'aws:B': ['x*'] } },
        context,
      ),
    ).toBe(false);
  });

  test('none at all hold', () => {
    expect(conditionsHold({}, context)).toBe(true);
  });

  test('keys match without case', () => {
    expect(conditionsHold({ StringEquals: { 'AWS:a': ['a'] } }, context)).toBe(true);
  });
});

describe('what cannot be evaluated', () => {
  test('an unknown operator is an error that names it and the ones there are', () => {
    expect(() => holds('DateLessThan', '2026-01-01', '2025-01-01')).toThrow(
      /DateLessThan.*It evaluates Null, StringEquals/s,
    );
    expect(() => holds('ForAllValues:StringEquals', 'a', 'a')).toThrow(/ForAllValues/);
  });

  test('a key that is not listed is an error, and not a key that is absent', () => {
    expect(() => conditionsHold({ StringEquals: { 'ses:Recipients': ['a'] } }, {})).toThrow(
      /ses:Recipients/,
    );
  });
});
