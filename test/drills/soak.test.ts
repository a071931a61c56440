/** A few days of the soak; `npm run drills -- --soak` takes as many as there is time for. */
import { expect, test } from '@jest/globals';
import { soak } from './soak.ts';

test('a crowd, faults and a kill leave what fits together', async () => {
  const { violations, kills, acts } = await soak({
    seed: 3,
    rounds: 4,
    killEvery: 3,
    until: Infinity,
  });
  expect(violations).toEqual([]);
  expect({ kills, acts }).toEqual({ kills: 1, acts: 32 });
});
