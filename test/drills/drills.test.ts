/** A short run of the drills; `npm run drills` takes as many cases as there is time for. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Machine } from '../journeys/clients/machine.ts';
import { nameOf, readPage } from './failures-page.ts';
import { casesOf, placesOf, tried } from './fault-matrix.ts';
import { FLOWS } from './flows.ts';
import { misfits } from './misfits.ts';
import { shuffled } from './random.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());

/** Another seed takes other cases, and those of the other half of the flows. */
const SEED = 1;
const casesOfFlow = (at: number) => (at + SEED) % 2;

describe.each(FLOWS.map((flow, at) => [flow.name, flow, at] as const))('%s', (_name, flow, at) => {
  test('calls what docs/failures.md says, and fails as it says', async () => {
    const { places, usual } = await placesOf(machine, flow);
    const cases = casesOf(places);
    const said = readPage();
    expect(cases.map(nameOf).filter((name) => !said.has(name))).toEqual([]);
    for (const one of shuffled(cases, SEED).slice(0, casesOfFlow(at))) {
      expect(`${nameOf(one)}: ${await tried(machine, one, usual)}`).toBe(
        `${nameOf(one)}: ${said.get(nameOf(one))}`,
      );
      expect(await misfits(machine)).toEqual([]);
    }
  });
});
