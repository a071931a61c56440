import { describe, expect, test } from '@jest/globals';
import {
  both,
  type Change,
  type Clause,
  clausesOf,
  either,
} from '../../../lambdas/ground/platform/attributes.rules.ts';
import {
  change,
  check,
  create,
  erase,
  type Key,
  put,
} from '../../../lambdas/ground/platform/database.ts';
import { randomId } from '../../../lambdas/ground/platform/random.ts';
import { atOnce, type Contract, won, write } from '../contract.ts';

interface Thing {
  pk: string;
  count?: number;
  status?: string;
  tags?: string[];
  inner?: { count?: number; name?: string; list?: { n: number }[] };
  other?: string;
}

const on = clausesOf<Thing>();
const TABLE = 'flows';

const changing = (key: Key, changes: Change<Thing>, ...when: Clause[]) =>
  change<Thing>(TABLE, key, { change: changes, when });

export const databaseContract: Contract = (stage) => {
  const thing = async (more: Omit<Thing, 'pk'> = {}) => {
    const pk = randomId();
    await write(stage(), put(TABLE, { pk, ...more }));
    return { pk, now: () => stage().read(TABLE, { pk }) };
  };

  describe('the database', () => {
    test('reads what was put, and nothing where there is nothing', async () => {
      const { pk, now } = await thing({ count: 1, inner: { name: 'a' } });
      expect(await now()).toEqual({ pk, count: 1, inner: { name: 'a' } });
      expect(await stage().read(TABLE, { pk: randomId() })).toBeUndefined();
    });

    test('leaves members without a value out of what it puts', async () => {
      const { pk, now } = await thing({ count: undefined as never, inner: { name: 'a' } });
      expect(await now()).toEqual({ pk, inner: { name: 'a' } });
    });

    test('creates an item once, of fifty at once', async () => {
      const pk = randomId();
      const commits = await atOnce((count) => stage().commit([create(TABLE, { pk }, { count })]));
      expect(won(commits)).toBe(1);
      const count = commits.findIndex(({ done }) => done);
      expect(await stage().read(TABLE, { pk })).toEqual({ pk, count });
    });

    test('creates an item beside others of its partition', async () => {
      const key = { npi: randomId(), code: 'one' };
      await write(stage(), create('registrationCodes', key, { role: 'ADMIN' }));
      await write(stage(), create('registrationCodes', { ...key, code: 'two' }, {}));
      const again = create('registrationCodes', key, { role: 'STANDARD' });
      expect(await stage().commit([again])).toMatchObject({ done: false });
      expect(await stage().read('registrationCodes', key)).toEqual({ ...key, role: 'ADMIN' });
    });

    test('reads several items in the order asked, with gaps', async () => {
      const [one, two] = [await thing({ count: 1 }), await thing({ count: 2 })];
      const keys = [two.pk, randomId(), one.pk].map((pk) => ({ table: TABLE, key: { pk } }));
      const items = await stage().readAll(keys);
      expect(items.map((item) => item?.count)).toEqual([2, undefined, 1]);
    });

    test('sets, adds, appends and removes in one change', async () => {
      const { pk, now } = await thing({ count: 1, status: 'OLD', inner: { count: 5 } });
      const changes = {
        set: { status: 'NEW', 'inner.name': 'n' },
        add: { count: 2, 'inner.count': -1 },
        append: { tags: 'first' },
      };
      await write(stage(), changing({ pk }, changes));
      await write(stage(), changing({ pk }, { append: { tags: 'second' }, remove: ['status'] }));
      expect(await now()).toEqual({
        pk,
        count: 3,
        tags: ['first', 'second'],
        inner: { count: 4, name: 'n' },
      });
    });

    test('makes an item by a change, and counts from zero', async () => {
      const pk = randomId();
      await write(stage(), changing({ pk }, { add: { count: 3 } }));
      expect(await stage().read(TABLE, { pk })).toEqual({ pk, count: 3 });
    });

    test('refuses a change into a member that is not there', async () => {
      const { pk } = await thing();
      const into = changing({ pk }, { set: { 'inner.name': 'n' } });
      await expect(stage().commit([into])).rejects.toThrow();
    });

    test('refuses two writes of one item in a transaction', async () => {
      const { pk } = await thing();
      const twice = [put(TABLE, { pk }), erase(TABLE, { pk })];
      await expect(stage().commit(twice)).rejects.toThrow();
    });

    test('refuses a key that is empty', async () => {
      await expect(stage().commit([put(TABLE, { pk: '' })])).rejects.toThrow();
    });

    test.each<[string, boolean, Parameters<typeof put>[2]]>([
      ['exists', true, on.exists('count')],
      ['exists', false, on.exists('other')],
      ['absent', true, on.absent('other')],
      ['absent', false, on.absent('count')],
      ['is', true, on.is('count', 3)],
      ['is', false, on.is('count', 4)],
      ['is, of an absent member,', false, on.is('other', 'x')],
      ['is, of an inner member,', true, on.is('inner.name', 'n')],
      ['is, of a whole list,', true, on.is('tags', ['a'])],
      ['same', true, on.same('count', 'inner.count')],
      ['same', false, on.same('count', 'other')],
      ['after', true, on.after('count', 2)],
      ['after', false, on.after('count', 3)],
      ['notAfter', true, on.notAfter('count', 3)],
      ['notAfter', false, on.notAfter('count', 2)],
      ['notAfter, of an absent member,', false, on.notAfter('inner.list', 2)],
      ['below', true, on.below('count', 4)],
      ['below', false, on.below('count', 3)],
      ['oneOf', true, on.oneOf('status', ['X', 'OPEN'])],
      ['oneOf', false, on.oneOf('status', ['X', 'Y'])],
      ['either', true, either(on.absent('count'), on.is('count', 3))],
      ['either', false, either(on.absent('count'), on.is('count', 4))],
      ['both', true, both(on.exists('count'), on.is('count', 3))],
      ['both', false, both(on.exists('count'), on.is('count', 4))],
    ])('holds the condition "%s" to be %p where it is', async (_name, holds, clause) => {
      const { pk } = await thing({
        count: 3,
        status: 'OPEN',
        tags: ['a'],
        inner: { count: 3, name: 'n' },
      });
      const result = await stage().commit([
        check(TABLE, { pk }, ...(clause === undefined ? [] : [clause])),
      ]);
      expect(result.done).toBe(holds);
    });

    test('writes nothing of a refused transaction, and returns the items as they are, in order', async () => {
      const [one, two, absent] = [await thing({ count: 1 }), await thing({ count: 2 }), randomId()];
      const result = await stage().commit([
        changing({ pk: one.pk }, { add: { count: 1 } }, on.is('count', 1)),
        changing({ pk: two.pk }, { add: { count: 1 } }, on.is('count', 1)),
        erase(TABLE, { pk: absent }, on.exists('pk')),
      ]);
      expect(result).toEqual({ done: false, refused: [true, { pk: two.pk, count: 2 }, undefined] });
      expect(await one.now()).toMatchObject({ count: 1 });
    });

    test('erases, also what is not there', async () => {
      const { pk, now } = await thing();
      await write(stage(), erase(TABLE, { pk }));
      await write(stage(), erase(TABLE, { pk }));
      expect(await now()).toBeUndefined();
    });

    test('takes: changes an item and returns it as it was, or as it is where it is refused', async () => {
      const { pk, now } = await thing({ count: 1 });
      const once = changing({ pk }, { add: { count: 1 } }, on.is('count', 1));
      expect(await stage().take(once)).toEqual({ taken: { pk, count: 1 } });
      expect(await stage().take(once)).toEqual({ found: { pk, count: 2 } });
      expect(await now()).toEqual({ pk, count: 2 });
      const nowhere = changing({ pk: randomId() }, { add: { count: 1 } }, on.exists('pk'));
      expect(await stage().take(nowhere)).toEqual({ found: undefined });
    });

    test('removes elements of a list, the last one first', async () => {
      const list = [{ n: 1 }, { n: 2 }, { n: 3 }];
      const { pk, now } = await thing({ inner: { list } });
      const remove = ['inner.list[1]', 'inner.list[0]'] as never[];
      await write(stage(), changing({ pk }, { remove }));
      expect(await now()).toEqual({ pk, inner: { list: [{ n: 3 }] } });
    });

    test('lets one of fifty conditional writes at once through', async () => {
      const { pk, now } = await thing({ count: 0 });
      const commits = await atOnce(() =>
        stage().commit([changing({ pk }, { add: { count: 1 } }, on.is('count', 0))]),
      );
      expect(won(commits)).toBe(1);
      expect(await now()).toMatchObject({ count: 1 });
    });

    test('pages a partition in either order, after a key, by a prefix', async () => {
      const accountId = randomId();
      for (const eventId of ['a1', 'a2', 'b1', 'b2'])
        await write(stage(), put('auditEvents', { accountId, eventId }));
      const partition = { name: 'accountId', value: accountId };
      const ids = async (query: object) => {
        const { items, last } = await stage().query({ table: 'auditEvents', partition, ...query });
        return [items.map(({ eventId }) => eventId), last?.eventId];
      };
      expect(await ids({})).toEqual([['a1', 'a2', 'b1', 'b2'], undefined]);
      expect(await ids({ newestFirst: true, limit: 3 })).toEqual([['b2', 'b1', 'a2'], 'a2']);
      const afterA2 = { name: 'eventId', value: 'a2' };
      expect(await ids({ after: afterA2 })).toEqual([['b1', 'b2'], undefined]);
      expect(await ids({ after: afterA2, newestFirst: true })).toEqual([['a1'], undefined]);
      expect(await ids({ prefix: { name: 'eventId', value: 'b' } })).toEqual([
        ['b1', 'b2'],
        undefined,
      ]);
    });
  });
};
