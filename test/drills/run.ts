/**
 * `npm run drills -- [--minutes N] [--seed S]`, with one of
 *
 * - nothing: takes cases of the fault matrix in an order that the seed gives, until the minutes are
 *   over, compares them with docs/failures.md, and looks after each whether the stage still fits
 *   together. `--flow NAME` takes one flow's; `--write` takes all of them and writes the page.
 * - `--races`: takes every two acts on one account at once.
 * - `--soak`: takes a crowd through weeks, with faults and kills.
 * - `--fuzz`: sends hostile input to every route, challenge and call, and hostile events.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import buildStack, { BUILT_STACK } from '../built-stack.ts';
import { Machine } from '../journeys/clients/machine.ts';
import { nameOf, PAGE, pageOf, readPage, type Seen } from './failures-page.ts';
import {
  type Case,
  casesOf,
  isExpected,
  placesOf,
  tried,
  type Usual,
  variantsOf,
} from './fault-matrix.ts';
import { FLOWS } from './flows.ts';
import { fuzz } from './fuzz.ts';
import { growthOf, type Held, held } from './memory.ts';
import { misfits } from './misfits.ts';
import { pairs, raced } from './races.ts';
import { shuffled } from './random.ts';
import { soak } from './soak.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    flow: { type: 'string' },
    write: { type: 'boolean', default: false },
    races: { type: 'boolean', default: false },
    soak: { type: 'boolean', default: false },
    fuzz: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const until = performance.now() + Number(values.minutes) * 60_000;

buildStack();
console.log(`seed ${seed}`);
const faults = await faultsOfDrill();
console.log(`${faults.length} faults`);
for (const fault of faults) console.log(`  ${fault}`);
process.exit(faults.length === 0 ? 0 : 1);

async function faultsOfDrill(): Promise<string[]> {
  if (values.soak) return await takeSoak();
  const machine = await Machine.boot(BUILT_STACK);
  try {
    if (values.races) return await takeRaces(machine);
    return values.fuzz ? await takeFuzz(machine) : await takeMatrix(machine);
  } finally {
    await machine.stop();
  }
}

async function takeMatrix(machine: Machine): Promise<string[]> {
  const { cases, usual } = await allCases(machine);
  console.log(`${cases.length} cases of ${usual.size} flows`);
  const said = values.write ? new Map<string, string>() : readPage();
  const seen = new Map<string, Seen>();
  const found: string[] = [];
  for (const one of values.write ? cases : shuffled(cases, seed)) {
    if (!values.write && performance.now() > until) break;
    const outcome = await tried(machine, one, usual.get(one.flow.name) as Usual);
    seen.set(nameOf(one), { ...one, outcome });
    console.log(`${nameOf(one)}: ${outcome}`);
    if (!values.write && !isExpected(one, outcome, (of) => said.get(nameOf(of)) ?? 'nothing'))
      found.push(`${nameOf(one)}: ${outcome}, which is not what docs/failures.md says`);
    found.push(...(await misfits(machine)).map((fault) => `${nameOf(one)}: ${fault}`));
  }
  if (values.write) {
    const names = FLOWS.map(({ name }) => name);
    writeFileSync(PAGE, pageOf([...seen.values()], names));
  }
  console.log(`${seen.size} cases taken`);
  return found;
}

async function allCases(machine: Machine): Promise<{ cases: Case[]; usual: Map<string, Usual> }> {
  const usual = new Map<string, Usual>();
  const cases: Case[] = [];
  const { flow } = values;
  for (const one of FLOWS.filter(({ name }) => flow === undefined || name === flow)) {
    const found = await placesOf(machine, one);
    usual.set(one.name, found.usual);
    cases.push(...casesOf(found.places), ...(values.write ? [] : variantsOf(found.places)));
  }
  return { cases, usual };
}

async function takeRaces(machine: Machine): Promise<string[]> {
  const found: string[] = [];
  let count = 0;
  for (const pair of shuffled(pairs(), seed)) {
    if (performance.now() > until) break;
    const faults = await raced(machine, pair);
    for (const fault of faults) console.log(fault);
    found.push(...faults);
    count += 1;
  }
  console.log(`${count} of ${pairs().length} races`);
  return found;
}

/** A crowd of 32; forty rounds are about a month. */
async function takeSoak(): Promise<string[]> {
  const { outcomes, violations, ...counts } = await soak({
    seed,
    until,
    rounds: Infinity,
    killEvery: 8,
  });
  for (const [outcome, count] of [...outcomes].sort()) console.log(`${count} × ${outcome}`);
  console.log(counts);
  return violations;
}

async function takeFuzz(machine: Machine): Promise<string[]> {
  const inputs = 400;
  const samples: Held[] = [];
  while (performance.now() < until)
    try {
      await fuzz(machine, { seed: seed + samples.length, inputs });
      samples.push(held());
      console.log(`round ${samples.length}: ${JSON.stringify(samples.at(-1))} MB`);
    } catch (error) {
      const { message, cause } = error as Error;
      return [`${message}\n${(cause as Error | undefined)?.stack ?? ''}`];
    }
  console.log(`${samples.length} rounds of ${inputs} inputs`);
  return growthOf(samples);
}
