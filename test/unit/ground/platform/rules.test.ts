import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  both,
  type Change,
  clausesOf,
  either,
  mergeChanges,
} from '../../../../lambdas/ground/platform/attributes.rules.ts';
import { cursorOf, keyIn } from '../../../../lambdas/ground/platform/cursors.rules.ts';
import { definite } from '../../../../lambdas/ground/platform/definite.rules.ts';
import {
  conditionExpression,
  Placeholders,
  updateExpression,
} from '../../../../lambdas/ground/platform/dynamo-expressions.rules.ts';
import {
  equalInConstantTime,
  hashSecret,
  hmac,
  sha256,
} from '../../../../lambdas/ground/platform/secrets.rules.ts';
import { recordIn } from '../../../../lambdas/ground/platform/stored.rules.ts';

interface Thing {
  status: 'OPEN' | 'CLOSED';
  count?: number;
  tags?: string[];
  grants?: { clientId: string; expiresAt: number }[];
  open?: { kind: 'CODE'; code: { left: number } } | { kind: 'CALL'; callId: string };
}

describe('typed paths', () => {
  const on = clausesOf<Thing>();

  test('reach into every member of a union', () => {
    expect(on.below('open.code.left', 3)).toEqual({
      op: 'below',
      path: 'open.code.left',
      value: 3,
    });
    expect(on.is('open.callId', 'c')).toMatchObject({ path: 'open.callId' });
  });

  test('reach into the elements of a list', () => {
    const index: number = 2;
    expect(on.is(`tags[${index}]`, 'new')).toMatchObject({ path: 'tags[2]', value: 'new' });
    expect(on.after(`grants[${index}].expiresAt`, 3)).toMatchObject({
      path: 'grants[2].expiresAt',
    });
    // @ts-expect-error an element has no such member
    expect(on.exists(`grants[${index}].client`)).toMatchObject({ path: 'grants[2].client' });
    // @ts-expect-error an element is a text
    expect(on.is(`tags[${index}]`, 1)).toMatchObject({ value: 1 });
    // @ts-expect-error a count has no elements
    expect(on.exists(`count[${index}]`)).toMatchObject({ path: 'count[2]' });
  });

  test('that are misspelt do not compile', () => {
    // @ts-expect-error the member does not exist
    expect(on.exists('stauts')).toMatchObject({ path: 'stauts' });
    // @ts-expect-error the inner member does not exist
    expect(on.is('open.code.right', 1)).toMatchObject({ op: 'is' });
    // @ts-expect-error the second path is checked too
    expect(on.same('count', 'cuont')).toMatchObject({ op: 'same' });
  });

  test('compile with values of their own type only', () => {
    // @ts-expect-error a status is none of these
    expect(on.is('status', 'SHUT')).toMatchObject({ value: 'SHUT' });
    // @ts-expect-error a number is not a text
    expect(on.is('count', '1')).toMatchObject({ value: '1' });
    // @ts-expect-error one of the values is not a status
    expect(on.oneOf('status', ['OPEN', 'SHUT'])).toMatchObject({ op: 'oneOf' });
    // @ts-expect-error what is compared is a number
    expect(on.below('count', '1')).toMatchObject({ op: 'below' });
  });

  test('hold for changes too', () => {
    const changes: Change<Thing>[] = [
      { set: { status: 'OPEN', 'open.code.left': 1, count: undefined } },
      // @ts-expect-error a member of `set` is misspelt
      { set: { stauts: 'OPEN' } },
      // @ts-expect-error a value of `set` has another type
      { set: { count: 'many' } },
      // @ts-expect-error only numbers are added
      { add: { count: '1' } },
      // @ts-expect-error an element has another type
      { append: { tags: 1 } },
      // @ts-expect-error what is removed is misspelt
      { remove: ['tgas'] },
    ];
    expect(changes).toHaveLength(6);
  });
});

describe('two changes as one', () => {
  test('do what both do, and the second wins where both set', () => {
    const first: Change<Thing> = { set: { status: 'OPEN', count: 1 }, remove: ['tags'] };
    const second: Change<Thing> = { set: { status: 'CLOSED' }, append: { tags: 't' } };
    expect(mergeChanges(first, second)).toEqual({
      set: { status: 'CLOSED', count: 1 },
      add: {},
      append: { tags: 't' },
      copy: {},
      remove: ['tags'],
    });
  });

  test('remove nothing that they set, and remove it once', () => {
    const removing: Change<Thing> = { remove: ['count', 'tags'] };
    const merged = mergeChanges(removing, { set: { count: 1 }, remove: ['tags'] });
    expect(merged.remove).toEqual(['tags']);
    expect(mergeChanges(removing, { set: { count: undefined } }).remove).toContain('count');
  });
});

describe('expressions of DynamoDB', () => {
  const on = clausesOf<Thing>();
  const condition = (...clauses: Parameters<typeof either>) => {
    const p = new Placeholders();
    return [conditionExpression(clauses, p), p.names, p.values];
  };

  test('name every attribute and value by a placeholder', () => {
    expect(condition(on.is('status', 'OPEN'), on.below('open.code.left', 3))).toEqual([
      '#status = :v0 AND #open.#code.#left < :v1',
      { '#status': 'status', '#open': 'open', '#code': 'code', '#left': 'left' },
      { ':v0': 'OPEN', ':v1': 3 },
    ]);
  });

  test('bracket what is nested', () => {
    const [text] = condition(
      either(on.absent('count'), both(on.after('count', 1), on.notAfter('count', 5))),
      on.oneOf('status', ['OPEN', 'CLOSED']),
    );
    expect(text).toBe(
      '(attribute_not_exists(#count) OR (#count > :v0 AND #count <= :v1)) AND ' +
        '#status IN (:v2, :v3)',
    );
  });

  test('are none for no condition', () => {
    expect(condition()).toEqual([undefined, {}, {}]);
  });

  test('keep the indexes of lists out of the names', () => {
    const p = new Placeholders();
    expect(p.name('grants[0].epoch')).toBe('#grants[0].#epoch');
    expect(p.names).toEqual({ '#grants': 'grants', '#epoch': 'epoch' });
  });

  test('set, add, append and remove; what is undefined is not set', () => {
    const p = new Placeholders();
    const text = updateExpression(
      { set: { a: 1, b: undefined }, add: { c: 2 }, append: { d: 'x' }, remove: ['e', 'f'] },
      p,
    );
    expect(text).toBe(
      'SET #a = :v0, #c = if_not_exists(#c, :v1) + :v2, ' +
        '#d = list_append(if_not_exists(#d, :v3), :v4) REMOVE #e, #f',
    );
    expect(p.values).toEqual({ ':v0': 1, ':v1': 0, ':v2': 2, ':v3': [], ':v4': ['x'] });
  });
});

describe('what is definite', () => {
  test('has no undefined member, and keeps null, zero and empty text', () => {
    const members = definite({ a: undefined, b: null, c: 0, d: '' });
    expect(members).toEqual({ b: null, c: 0, d: '' });
    expect(members).not.toHaveProperty('a');
  });

  test('has a type without undefined', () => {
    const count: number | undefined = [1].at(0);
    const made: { count?: number } = definite({ count });
    expect(made).toEqual({ count: 1 });
    // @ts-expect-error with exact optional members, undefined is not a value
    const exact: { count?: number } = { count };
    expect(exact).toEqual(made);
  });
});

describe('cursors', () => {
  test('lead back to their key', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        (key) => keyIn(cursorOf(key), () => true) === key,
      ),
    );
  });

  test('that are not a key of the list, or not a cursor at all, lead nowhere', () => {
    expect(keyIn(cursorOf('a'), (key) => key === 'b')).toBeUndefined();
    for (const cursor of ['!!', `${cursorOf('a')}=`, ` ${cursorOf('a')}`])
      expect(keyIn(cursor, () => true)).toBeUndefined();
  });
});

describe('secrets', () => {
  test('are hashed by SHA-256 in base64url (FIPS 180-4, "abc")', () => {
    expect(sha256('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
    expect(hashSecret).toBe(sha256);
  });

  test('have MACs by HMAC-SHA-256 (RFC 4231, test case 2)', () => {
    const mac = Buffer.from(hmac('Jefe', 'what do ya want for nothing?'), 'base64url');
    expect(mac.toString('hex')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  test('are equal if they are the same text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => equalInConstantTime(a, b) === (a === b)),
    );
    expect(equalInConstantTime('é', 'e')).toBe(false);
  });
});

test('a record is its item without what places it in the table', () => {
  expect(recordIn({ pk: 'p', ttl: 1, name: 'n' }, 'pk', 'ttl')).toEqual({ name: 'n' });
});
