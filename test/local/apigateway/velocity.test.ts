import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { render } from '../../../local/apigateway/velocity.ts';

function rendered(template: string, values: Record<string, string> = {}): string {
  const variables = new Map(Object.entries(values));
  return render(template, {
    get(path) {
      const value = variables.get(path);
      if (value === undefined) throw new Error(`no ${path}`);
      return value;
    },
    set: (path, value) => void variables.set(path, value),
  });
}

describe('references', () => {
  test.each<[string, string]>([
    ['$name', 'pat'],
    ['${name}', 'pat'],
    ['$!name', 'pat'],
    ['$!{name}', 'pat'],
    ['a${name}b', 'apatb'],
    ['$context.requestId.', 'id-1.'],
    ['costs $5', 'costs $5'],
    ['$ name', '$ name'],
  ])('%j renders as %j', (template, expected) => {
    expect(rendered(template, { name: 'pat', 'context.requestId': 'id-1' })).toBe(expected);
  });

  test('may call a method with a quoted argument', () => {
    const path = 'input.params().header.get("Origin")';
    expect(rendered(`$${path}`, { [path]: 'https://a.example' })).toBe('https://a.example');
  });

  test('to an unknown variable fail', () => {
    expect(() => rendered('$unknown')).toThrow('no unknown');
  });
});

describe('#set', () => {
  test.each<[string, string]>([
    ['#set($a = "x")$a', 'x'],
    ["#set($a = 'x y')$a", 'x y'],
    ['#set($a = $name)$a', 'pat'],
    ['#set( $a = "x" )#set($a = "y")$a', 'y'],
    ['#set($context.responseOverride.header.X = "v")', ''],
  ])('%j renders as %j', (template, expected) => {
    expect(rendered(template, { name: 'pat' })).toBe(expected);
  });

  test.each(['#set($a)', '#set(a = "x")', '#set($a = 1 + 1)', '#set($a = x)'])(
    '%j fails, with its text',
    (template) => {
      expect(() => rendered(template)).toThrow(/The local machine cannot read the Velocity/);
    },
  );
});

describe('#if', () => {
  const choose = (value: string): string =>
    rendered('#if($v == "a")A#elseif($v == "b")B#else other#end', { v: value });

  test('takes the first branch that holds', () => {
    expect(choose('a')).toBe('A');
    expect(choose('b')).toBe('B');
    expect(choose('c')).toBe(' other');
  });

  test.each<[string, string]>([
    ['#if($v != "a")yes#end', ''],
    ['#if($v != "b")yes#end', 'yes'],
    ['#if($v == "a" && $w == "b")yes#end', 'yes'],
    ['#if($v == "a" && $w == "a")yes#end', ''],
    ['#if($v == "x" || $w == "b")yes#end', 'yes'],
    ['#if($v == "x" || $w == "x" || $v == "a")yes#end', 'yes'],
    ['#if($v)yes#end', 'yes'],
    ['#if($empty)yes#end', ''],
    ['before #if($v == "a")in#end after', 'before in after'],
  ])('%j renders as %j', (template, expected) => {
    expect(rendered(template, { v: 'a', w: 'b', empty: '' })).toBe(expected);
  });

  test('nests, and a branch that does not run evaluates nothing in it', () => {
    const template = '#if($v == "b")#if($missing == "x")1#end$missing#else#if($v)2#end#end';
    expect(rendered(template, { v: 'a' })).toBe('2');
  });

  test('sets only in the branch that runs', () => {
    const template = '#set($a = "0")#if($v == "x")#set($a = "1")#else#set($a = "2")#end$a';
    expect(rendered(template, { v: 'x' })).toBe('1');
    expect(rendered(template, { v: 'y' })).toBe('2');
  });

  test.each(['#if($v == "a")x', '#else', '#end', '#elseif($v == "a")', '#if($v)x#end#end'])(
    '%j is not balanced, and fails',
    (template) => {
      expect(() => rendered(template, { v: 'a' })).toThrow(/#if/);
    },
  );
});

test('text without directives and references is itself', () => {
  const text = fc.string().filter((value) => !/[#$]/.test(value));
  fc.assert(
    fc.property(text, (value) => {
      expect(rendered(value)).toBe(value);
    }),
  );
});

test('any text is rendered or refused in bounded time, and never hangs', () => {
  const pieces = fc.constantFrom(
    '#if(',
    '#set(',
    '$v',
    '"',
    "'",
    ')',
    '(',
    '==',
    '#end',
    '#else',
    'x',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      const started = performance.now();
      try {
        rendered(parts.join(''), { v: 'a' });
      } catch (error) {
        expect((error as Error).message).not.toBe('');
      }
      expect(performance.now() - started).toBeLessThan(5000);
    }),
  );
});
