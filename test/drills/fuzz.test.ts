/** A short fuzz; `npm run drills -- --fuzz` takes as many inputs as there is time for. */
import { afterAll, beforeAll, test } from '@jest/globals';
import { Machine } from '../journeys/clients/machine.ts';
import { fuzz } from './fuzz.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());

test('hostile input is refused as the contract documents, and leaves nothing behind', async () => {
  await fuzz(machine, { seed: 1, inputs: 150 });
});
