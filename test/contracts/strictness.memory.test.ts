/**
 * What DynamoDB refuses and the engine does not: the database in memory refuses it, so that no test
 * relies on it.
 */
import { describe, expect, test } from '@jest/globals';
import type { Change } from '../../lambdas/ground/platform/attributes.rules.ts';
import { change, put } from '../../lambdas/ground/platform/database.ts';
import { MemoryDatabase } from '../fakes/memory-database.ts';

interface Thing {
  inner?: { count?: number };
  list?: number[];
}

async function withThing() {
  const database = new MemoryDatabase();
  await database.commit([put('flows', { pk: 'one', inner: { count: 1 }, list: [1, 2, 3, 4] })]);
  const apply = (changes: Change<Thing>) =>
    database.commit([change<Thing>('flows', { pk: 'one' }, { change: changes, when: [] })]);
  return { database, apply };
}

describe('the database in memory', () => {
  test('refuses a change of two paths that overlap', async () => {
    const { apply } = await withThing();
    await expect(apply({ set: { inner: {} }, add: { 'inner.count': 1 } })).rejects.toThrow(
      'Two document paths overlap: inner and inner.count.',
    );
  });

  test('refuses a change of nothing', async () => {
    const { apply } = await withThing();
    await expect(apply({ set: { inner: undefined } })).rejects.toThrow('changes nothing');
  });

  test('refuses to add to what is not a number', async () => {
    const { apply } = await withThing();
    await expect(apply({ add: { list: 1 } })).rejects.toThrow('list is not a number');
  });

  test('refuses a table that it does not have, and a transaction of nothing or of too much', async () => {
    const { database } = await withThing();
    await expect(database.read('unknown', { pk: 'one' })).rejects.toThrow(
      'The table unknown does not exist.',
    );
    await expect(database.commit([])).rejects.toThrow('this one 0');
    const many = Array.from({ length: 101 }, (_, index) => put('flows', { pk: `many-${index}` }));
    await expect(database.commit(many)).rejects.toThrow('this one 101');
  });

  test('refuses to read a key twice in one call', async () => {
    const { database } = await withThing();
    const key = { table: 'flows', key: { pk: 'one' } };
    await expect(database.readAll([key, key])).rejects.toThrow('wanted twice');
  });

  test.each([[['list[0]', 'list[2]']], [['list[2]', 'list[0]']]])(
    'removes the elements of a list that are named, in whatever order: %p',
    async (remove) => {
      const { database, apply } = await withThing();
      await apply({ remove: remove as never[] });
      expect(await database.read('flows', { pk: 'one' })).toMatchObject({ list: [2, 4] });
    },
  );

  test('fails as planned: once, always, at a later call, before and after its effect', async () => {
    const { database } = await withThing();
    const puts = (pk: string) => database.commit([put('flows', { pk })]);
    database.failNext('commit', { afterEffect: true });
    await expect(puts('two')).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(await database.read('flows', { pk: 'two' })).toEqual({ pk: 'two' });
    database.failAfter(1);
    await puts('three');
    await expect(puts('four')).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(await database.read('flows', { pk: 'four' })).toBeUndefined();
    database.failAlways('commit');
    await expect(puts('five')).rejects.toThrow();
    await expect(puts('five')).rejects.toThrow();
    database.mend();
    expect(await puts('five')).toEqual({ done: true });
  });
});
