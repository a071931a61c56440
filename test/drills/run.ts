/**
 * `npm run drills -- [--minutes N] [--seed S] [--flow NAME] [--write] [--races]`
 *
 * Takes cases of the fault matrix in an order that the seed gives, until the minutes are over, compares
 * them with docs/failures.md, and looks after each whether the stage still fits together. `--write`
 * takes all of them and writes the page. `--races` takes every two acts on one account at once
 * instead.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import buildStack, { BUILT_STACK } from '../built-stack.ts';
import { Machine } from '../journeys/clients/machine.ts';
import { nameOf, PAGE, pageOf, readPage, type Seen } from './failures-page.ts';
import { casesOf, placesOf, tried } from './fault-matrix.ts';
import { FLOWS } from './flows.ts';
import { misfits } from './misfits.ts';
import { racesOf } from './races.ts';
import { shuffled } from './shuffled.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    flow: { type: 'string' },
    races: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

buildStack();
const machine = await Machine.boot(BUILT_STACK);
const end = values.write ? Infinity : performance.now() + Number(values.minutes) * 60_000;
if (values.races) {
  let count = 0;
  const wrong: string[] = [];
  for (const race of racesOf(machine)) {
    const found = await race();
    for (const one of found) console.log(`  ${one}`);
    wrong.push(...found);
    count += 1;
  }
  await machine.stop();
  console.log(`${count} races, ${wrong.length} faults`);
  process.exit(wrong.length === 0 ? 0 : 1);
}

const usual = new Map<string, ReadonlyMap<string, string>>();
const cases = [];
for (const flow of FLOWS.filter(({ name }) => values.flow === undefined || name === values.flow)) {
  const found = await placesOf(machine, flow);
  usual.set(flow.name, found.usual);
  cases.push(...casesOf(found.places));
}
console.log(`${cases.length} cases of ${usual.size} flows, seed ${values.seed}`);

const said = values.write ? new Map<string, string>() : readPage();
const seen = new Map<string, Seen>();
const faults: string[] = [];
for (const one of values.write ? cases : shuffled(cases, Number(values.seed))) {
  if (performance.now() > end) break;
  const outcome = await tried(machine, one, usual.get(one.flow.name) ?? new Map<string, string>());
  seen.set(nameOf(one), { ...one, outcome });
  console.log(`${nameOf(one)}: ${outcome}`);
  const expected = said.get(nameOf(one));
  if (!values.write && expected !== outcome)
    faults.push(`${nameOf(one)}: ${outcome}, and docs/failures.md says ${expected ?? 'nothing'}`);
  faults.push(...(await misfits(machine)).map((fault) => `${nameOf(one)}: ${fault}`));
}
await machine.stop();
if (values.write)
  writeFileSync(
    PAGE,
    pageOf(
      [...seen.values()],
      FLOWS.map(({ name }) => name),
    ),
  );
console.log(`${seen.size} cases taken, ${faults.length} faults`);
for (const fault of faults) console.log(`  ${fault}`);
process.exit(faults.length === 0 ? 0 : 1);
