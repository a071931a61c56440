import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileModel } from '../../../local/apigateway/json-model.ts';

const accepts = (schema: object, value: unknown): boolean =>
  compileModel(schema as Record<string, unknown>)(value);

describe('a keyword', () => {
  test.each<[object, unknown, boolean]>([
    [{ type: 'object' }, {}, true],
    [{ type: 'object' }, [], false],
    [{ type: 'object' }, null, false],
    [{ type: 'array' }, [], true],
    [{ type: 'array' }, { length: 0 }, false],
    [{ type: 'string' }, '', true],
    [{ type: 'string' }, 1, false],
    [{ type: 'number' }, 1.5, true],
    [{ type: 'number' }, '1', false],
    [{ type: 'integer' }, 2, true],
    [{ type: 'integer' }, 2.5, false],
    [{ type: 'boolean' }, false, true],
    [{ type: 'null' }, null, true],
    [{ type: 'null' }, undefined, false],
    [{ type: ['string', 'null'] }, null, true],
    [{ type: ['string', 'null'] }, 0, false],
    [{ enum: ['a', 1, null] }, 1, true],
    [{ enum: ['a', 1] }, '1', false],
    [{ required: ['a', 'b'] }, { a: undefined, b: 0 }, true],
    [{ required: ['a', 'b'] }, { a: 1 }, false],
    [{ required: ['toString'] }, {}, false],
    [{ required: ['a'] }, 'not an object', true],
    [{ pattern: '^a+$' }, 'aaa', true],
    [{ pattern: '^a+$' }, 'aab', false],
    [{ pattern: '^a+$' }, 7, true],
    [{ minLength: 2 }, 'ab', true],
    [{ minLength: 2 }, 'a', false],
    [{ maxLength: 2 }, 'ab', true],
    [{ maxLength: 2 }, 'abc', false],
    [{ maxItems: 1 }, [1], true],
    [{ maxItems: 1 }, [1, 2], false],
  ])('%j on %j: %s', (schema, value, expected) => {
    expect(accepts(schema, value)).toBe(expected);
  });

  test('lengths count characters, not UTF-16 units', () => {
    expect(accepts({ maxLength: 1 }, '👍')).toBe(true);
    expect(accepts({ minLength: 2 }, '👍')).toBe(false);
  });

  test('patterns see characters, not halves of them', () => {
    expect(accepts({ pattern: '^.$' }, '👍')).toBe(true);
  });
});

describe('nested schemas', () => {
  const person = {
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 1 },
      tags: { type: 'array', items: { type: 'string' } },
    },
    required: ['name'],
    additionalProperties: false,
  };

  test.each<[unknown, boolean]>([
    [{ name: 'a' }, true],
    [{ name: 'a', tags: ['b', 'c'] }, true],
    [{ name: 'a', tags: [] }, true],
    [{ name: '' }, false],
    [{ name: 'a', tags: ['b', 1] }, false],
    [{ name: 'a', other: 1 }, false],
    [{ tags: [] }, false],
  ])('%j: %s', (value, expected) => {
    expect(accepts(person, value)).toBe(expected);
  });

  test('with additionalProperties true, others may be there', () => {
    expect(accepts({ ...person, additionalProperties: true }, { name: 'a', other: 1 })).toBe(true);
  });

  test('an inherited member is not a property', () => {
    const value = JSON.parse('{"name":"a","__proto__":{"x":1}}') as object;
    expect(accepts(person, value)).toBe(false);
  });
});

describe('a schema', () => {
  test('without keywords accepts everything', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(accepts({ $schema: 'draft-04', title: 'any', description: 'any' }, value)).toBe(
          true,
        );
      }),
    );
  });

  test('decides about every JSON value without failing', () => {
    const schema = {
      type: ['object', 'array', 'string'],
      properties: { a: { type: 'integer' } },
      items: { type: 'number' },
      pattern: '^[a-z]*$',
      maxItems: 3,
      required: ['a'],
      additionalProperties: false,
    };
    const validate = compileModel(schema);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(typeof validate(value)).toBe('boolean');
      }),
    );
  });

  test.each<[string, object, RegExp]>([
    ['an unknown keyword', { oneOf: [] }, /keyword oneOf.*It evaluates type, enum/s],
    ['a nested unknown keyword', { properties: { a: { format: 'email' } } }, /keyword format/],
    ['a schema of further properties', { additionalProperties: {} }, /additionalProperties/],
  ])('with %s is an error when it is compiled', (_what, schema, message) => {
    expect(() => compileModel(schema as Record<string, unknown>)).toThrow(message);
  });

  test('with a type that JSON does not have is an error', () => {
    expect(() => accepts({ type: 'date' }, 'x')).toThrow(/type date/);
  });
});
