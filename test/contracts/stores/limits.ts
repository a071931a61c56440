import { describe, expect, test } from '@jest/globals';
import { LimitsStore } from '../../../lambdas/ground/limits/limits.store.ts';
import type { Limit } from '../../../lambdas/ground/limits/limits.rules.ts';
import { clausesOf } from '../../../lambdas/ground/platform/attributes.rules.ts';
import { check, put } from '../../../lambdas/ground/platform/database.ts';
import { randomId } from '../../../lambdas/ground/platform/random.ts';
import { HOUR } from '../../fakes/builders.ts';
import { atOnce, type Contract, write } from '../contract.ts';
import { WrittenLines } from '../../fakes/written-lines.ts';

const limit = (max: number): Limit => ({ key: randomId(), max, windowMs: HOUR });

export const limitsContract: Contract = (stage) => {
  const limits = () => new LimitsStore(stage(), 'limits');

  describe('limits', () => {
    test('admit as many hits as they allow, and say when the window ends', async () => {
      const two = limit(2);
      expect(await limits().count([two], 5)).toEqual({ outcome: 'DONE' });
      expect(await limits().count([two], 6)).toEqual({ outcome: 'DONE' });
      expect(await limits().count([two], 7)).toEqual({
        outcome: 'EXHAUSTED',
        limit: two,
        until: 5 + HOUR,
      });
      expect(await limits().count([two], 5 + HOUR)).toEqual({ outcome: 'DONE' });
    });

    test('admit exactly as many of fifty hits at once', async () => {
      const five = limit(5);
      const outcomes = await atOnce(() => limits().count([five], 5));
      const done = outcomes.filter(({ outcome }) => outcome === 'DONE');
      expect(done).toHaveLength(5);
    });

    test('count all or none: an exhausted one spends nothing of the others', async () => {
      const [wide, narrow] = [limit(9), limit(1)];
      await limits().count([wide, narrow], 5);
      expect(await limits().count([wide, narrow], 6)).toMatchObject({
        outcome: 'EXHAUSTED',
        limit: narrow,
      });
      expect(await stage().read('limits', { pk: wide.key })).toMatchObject({ count: 1 });
    });

    test('commit the writes of the caller together with the hit', async () => {
      const [one, pk] = [limit(1), randomId()];
      await limits().count([one], 5, [put('flows', { pk })]);
      expect(await stage().read('flows', { pk })).toEqual({ pk });
      const another = randomId();
      await limits().count([one], 5, [put('flows', { pk: another })]);
      expect(await stage().read('flows', { pk: another })).toBeUndefined();
    });

    test('count nothing where a write of the caller is refused, and say which', async () => {
      const [one, pk] = [limit(1), randomId()];
      const refused = check('flows', { pk }, clausesOf<{ pk: string }>().exists('pk'));
      expect(await limits().count([one], 5, [put('flows', { pk: randomId() }), refused])).toEqual({
        outcome: 'REFUSED',
        refused: [true, undefined],
      });
      expect(await stage().read('limits', { pk: one.key })).toBeUndefined();
    });

    test('take a hit back, and never below zero', async () => {
      const one = limit(1);
      await limits().count([one], 5);
      await limits().forgive([one]);
      await limits().forgive([one]);
      expect(await stage().read('limits', { pk: one.key })).toMatchObject({ count: 0 });
      expect(await limits().count([one], 6)).toEqual({ outcome: 'DONE' });
      await limits().forgive([limit(1)]);
    });

    test('begin anew after a restart', async () => {
      const one = limit(1);
      await limits().count([one], 5);
      await write(stage(), ...limits().restart([one]));
      expect(await limits().count([one], 6)).toEqual({ outcome: 'DONE' });
    });

    test('of the whole stage admit exactly their maximum over all shards', async () => {
      const breaker = { ...limit(4), breaker: 'AFTER_PASSWORD#TEXT' };
      const lines = new WrittenLines();
      const outcomes = await atOnce(() => limits().count([breaker], 5), 20);
      expect(outcomes.filter(({ outcome }) => outcome === 'DONE')).toHaveLength(4);
      const open = lines.all().filter(({ code }) => code === 'BREAKER_OPEN');
      lines.release();
      expect(open).toHaveLength(16);
      expect(open[0]).toMatchObject({ level: 'ERROR', breaker: 'AFTER_PASSWORD#TEXT' });
    });

    test('of the whole stage get their hit back where the others refuse', async () => {
      const breaker = { ...limit(2), breaker: 'AFTER_PASSWORD#TEXT' };
      const narrow = limit(1);
      const store = limits();
      const lines = new WrittenLines();
      await store.count([breaker, narrow], 5);
      expect(await store.count([breaker, narrow], 5)).toMatchObject({ limit: narrow });
      expect(await store.count([breaker, limit(1)], 5)).toEqual({ outcome: 'DONE' });
      expect(await store.count([breaker, limit(1)], 5)).toMatchObject({ limit: breaker });
      lines.release();
    });

    test('of the whole stage are taken in leases, and never in excess', async () => {
      const breaker = { ...limit(120), breaker: 'AFTER_PASSWORD#TEXT' };
      const lines = new WrittenLines();
      const stores = [limits(), limits(), limits()];
      let done = 0;
      for (let hit = 0; hit < 150; hit += 1) {
        const { outcome } = await stores[hit % 3]!.count([breaker], 5);
        done += outcome === 'DONE' ? 1 : 0;
      }
      expect(done).toBe(120);
      expect(await stage().read('limits', { pk: `${breaker.key}#0` })).toMatchObject({
        count: 120,
      });
      lines.release();
    });

    test('of the whole stage begin a new lease in a new window', async () => {
      const breaker = { ...limit(200), breaker: 'AFTER_PASSWORD#TEXT' };
      const store = limits();
      for (const now of [5, 6, 5 + HOUR]) await store.count([breaker], now);
      expect(await stage().read('limits', { pk: `${breaker.key}#0` })).toMatchObject({
        endsAt: 5 + 2 * HOUR,
        count: 4,
      });
    });
  });
};
