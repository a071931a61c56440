import { describe, expect, test } from '@jest/globals';
import { randomId } from '../../../lambdas/ground/platform/random.ts';
import { MarksStore } from '../../../lambdas/ground/platform/marks.store.ts';
import { atOnce, type Contract, won, write } from '../contract.ts';

export const marksContract: Contract = (stage) => {
  const marks = () => new MarksStore(stage(), 'flows');

  describe('marks', () => {
    test('are there once they were left', async () => {
      const key = randomId();
      expect(await marks().has(key)).toBe(false);
      await write(stage(), marks().put(key, 100));
      expect(await marks().has(key)).toBe(true);
    });

    test('are left once by fifty requests at once', async () => {
      const key = randomId();
      const commits = await atOnce(() => stage().commit([marks().putOnce(key, 100, 50)]));
      expect(won(commits)).toBe(1);
    });

    test('are left again after their end, and at any time by whoever does not ask', async () => {
      const key = randomId();
      await write(stage(), marks().putOnce(key, 100, 50));
      expect((await stage().commit([marks().putOnce(key, 200, 100)])).done).toBe(false);
      expect((await stage().commit([marks().putOnce(key, 200, 101)])).done).toBe(true);
      expect((await stage().commit([marks().put(key, 300)])).done).toBe(true);
    });
  });
};
