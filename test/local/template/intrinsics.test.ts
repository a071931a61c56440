import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NO_VALUE, resolve, type Lookup } from '../../../local/template/intrinsics.ts';

const REFS: Record<string, unknown> = {
  Name: 'name',
  Count: 3,
  List: ['x', 'y'],
  'AWS::NoValue': NO_VALUE,
};

const lookup: Lookup = {
  ref: (name) => {
    if (name in REFS) return REFS[name];
    throw new Error(`no ${name}`);
  },
  attribute: (id, name) => `${id}->${name}`,
  condition: (name) => name === 'Yes',
  mapping: (name, first, second) => `${name}/${first}/${second}`,
};

const resolved = (value: unknown): unknown => resolve(value, lookup);

describe('values without intrinsics', () => {
  test('stay as they are, whatever they are', () => {
    const plain = fc
      .jsonValue()
      .filter((value) => !/"(Ref|Fn::[^"]*)":/.test(JSON.stringify(value)));
    fc.assert(
      fc.property(plain, (value) => {
        expect(resolved(value)).toEqual(value);
      }),
    );
  });

  test('lose the members and elements that have no value', () => {
    const none = { Ref: 'AWS::NoValue' };
    expect(resolved({ a: none, b: [none, 1, [none]], c: { d: none } })).toEqual({
      b: [1, []],
      c: {},
    });
  });
});

describe('Fn::Sub', () => {
  test.each<[string, unknown, string]>([
    ['a reference', 'a-${Name}-b', 'a-name-b'],
    ['a number', '${Count}', '3'],
    ['an attribute', '${Table.Arn}', 'Table->Arn'],
    ['a deep attribute', '${Pool.Nested.Value}', 'Pool->Nested.Value'],
    ['an escaped one', '${!Name} ${Name}', '${Name} name'],
    ['variables of its own', ['${Name}/${Own}', { Own: { Ref: 'Count' } }], 'name/3'],
    ['a variable that hides a reference', ['${Name}', { Name: 'mine' }], 'mine'],
    ['no reference at all', 'plain $ {text}', 'plain $ {text}'],
  ])('replaces %s', (_what, argument, expected) => {
    expect(resolved({ 'Fn::Sub': argument })).toBe(expected);
  });

  test.each<[string, unknown, RegExp]>([
    ['an unknown name', '${Unknown}', /no Unknown/],
    ['a list', '${List}', /\$\{List\} takes a string/],
    ['an argument that is not text', [{}, {}], /Fn::Sub takes a string/],
  ])('fails on %s', (_what, argument, message) => {
    expect(() => resolved({ 'Fn::Sub': argument })).toThrow(message);
  });
});

describe('Fn::GetAtt', () => {
  test('takes a list or a dotted string', () => {
    expect(resolved({ 'Fn::GetAtt': ['A', 'Arn'] })).toBe('A->Arn');
    expect(resolved({ 'Fn::GetAtt': 'A.Outputs.Url' })).toBe('A->Outputs.Url');
  });

  test('resolves the attribute, which may be an intrinsic itself', () => {
    expect(resolved({ 'Fn::GetAtt': ['A', { Ref: 'Name' }] })).toBe('A->name');
  });
});

describe('lists', () => {
  test('Fn::Join joins what its parts resolve to', () => {
    expect(resolved({ 'Fn::Join': ['-', ['a', { Ref: 'Count' }, true]] })).toBe('a-3-true');
    expect(resolved({ 'Fn::Join': ['-', { Ref: 'List' }] })).toBe('x-y');
    expect(resolved({ 'Fn::Join': ['', []] })).toBe('');
  });

  test('Fn::Split undoes Fn::Join', () => {
    const part = fc.string().filter((text) => !text.includes('|'));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (parts) => {
        const joined = { 'Fn::Join': ['|', parts] };
        expect(resolved({ 'Fn::Split': ['|', joined] })).toEqual(parts);
      }),
    );
  });

  test('Fn::Select takes an index as a number or as text', () => {
    expect(resolved({ 'Fn::Select': [1, ['a', 'b']] })).toBe('b');
    expect(resolved({ 'Fn::Select': ['0', { Ref: 'List' }] })).toBe('x');
  });

  test.each([-1, 2, 'first', 0.5])('Fn::Select fails on the index %j', (index) => {
    expect(() => resolved({ 'Fn::Select': [index, ['a', 'b']] })).toThrow(
      /Correct the index in the template/,
    );
  });

  test.each<[string, unknown]>([
    ['Fn::Join', { 'Fn::Join': ['-', 'text'] }],
    ['Fn::Join', { 'Fn::Join': 'text' }],
    ['Fn::Select', { 'Fn::Select': [0, 'text'] }],
    ['Fn::If', { 'Fn::If': 'Yes' }],
    ['Fn::And', { 'Fn::And': true }],
  ])('%s fails on what is not a list', (name, value) => {
    expect(() => resolved(value)).toThrow(`${name} takes a list`);
  });
});

describe('conditions', () => {
  const [yes, no] = [{ Condition: 'Yes' }, { Condition: 'No' }];

  test.each<[string, unknown, boolean]>([
    ['Equals of the same', { 'Fn::Equals': ['a', 'a'] }, true],
    ['Equals of a number and its text', { 'Fn::Equals': [3, { Ref: 'Count' }] }, true],
    ['Equals of others', { 'Fn::Equals': ['a', 'b'] }, false],
    ['Not', { 'Fn::Not': [yes] }, false],
    ['And of all', { 'Fn::And': [yes, yes] }, true],
    ['And of some', { 'Fn::And': [yes, no] }, false],
    ['Or of some', { 'Fn::Or': [no, yes] }, true],
    ['Or of none', { 'Fn::Or': [no, no] }, false],
    ['nested ones', { 'Fn::And': [{ 'Fn::Not': [no] }, { 'Fn::Or': [no, yes] }] }, true],
  ])('%s', (_what, value, expected) => {
    expect(resolved(value)).toBe(expected);
  });

  test('Fn::If resolves only the branch that is taken', () => {
    const broken = { Ref: 'Unknown' };
    expect(resolved({ 'Fn::If': ['Yes', { Ref: 'Name' }, broken] })).toBe('name');
    expect(resolved({ 'Fn::If': ['No', broken, 'other'] })).toBe('other');
  });
});

test('Fn::FindInMap resolves its keys', () => {
  expect(resolved({ 'Fn::FindInMap': ['Map', { Ref: 'Name' }, 'key'] })).toBe('Map/name/key');
});

test('Fn::Base64 encodes UTF-8', () => {
  expect(resolved({ 'Fn::Base64': 'é' })).toBe('w6k=');
});

test('an unknown function is an error that names it and those that exist', () => {
  expect(() => resolved({ 'Fn::Cidr': [] })).toThrow(/Fn::Cidr.*It resolves Ref, Fn::GetAtt/s);
});

test('a function beside other keys is an error', () => {
  expect(() => resolved({ 'Fn::Sub': 'x', Other: 1 })).toThrow(/Fn::Sub is beside other keys/);
});
