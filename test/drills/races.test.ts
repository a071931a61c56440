/** A few races; `npm run drills -- --races` takes as many as there is time for. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Machine } from '../journeys/clients/machine.ts';
import { pairs, raced } from './races.ts';
import { shuffled } from './random.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());

/** Another seed takes others. */
const SEED = 8;
const RACES = 2;

test.each(shuffled(pairs(), SEED).slice(0, RACES))(
  '%s × %s ends as one after the other would',
  async (first, second) => {
    expect(await raced(machine, [first, second])).toEqual([]);
  },
);
