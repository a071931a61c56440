/**
 * `npm run bench [name…]` runs the scenarios one after the other and writes bench/results.md.
 * Ratios carry over between machines; times do not.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { alike } from './alike.ts';
import { awsCalls } from './aws-calls.ts';
import { coldStart } from './cold-start.ts';
import { committedResults, comparedWith } from './compare.ts';
import { contention } from './contention.ts';
import { importedHashes } from './imported-hashes.ts';
import { imports } from './imports.ts';
import { type Result, ROOT, type Scenario } from './measure.ts';
import { resets } from './resets.ts';
import { scale } from './scale.ts';
import { signIn } from './sign-in.ts';
import { startUp } from './start-up.ts';
import { sweep } from './sweep.ts';
import { wait } from './wait.ts';
import { warm } from './warm.ts';

const SCENARIOS: Record<string, Scenario> = {
  'cold-start': coldStart,
  warm,
  'aws-calls': awsCalls,
  wait,
  'sign-in': signIn,
  'start-up': startUp,
  alike,
  'imported-hashes': importedHashes,
  imports,
  contention,
  resets,
  scale,
  sweep,
};

if (!existsSync(join(ROOT, 'bench/peers/node_modules'))) {
  const { status } = spawnSync(
    'npm',
    ['ci', '--legacy-peer-deps', '--ignore-scripts', '--prefix', join(ROOT, 'bench/peers')],
    { stdio: 'inherit' },
  );
  if (status !== 0)
    throw new Error(
      'The packages to compare with could not be installed: run npm ci --prefix bench/peers.',
    );
}

const chosen = process.argv.slice(2);
const file = join(ROOT, 'bench/results.md');
const sections = await formerSections();
const committed = committedResults();
for (const [name, { title, run }] of Object.entries(SCENARIOS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  console.log(`\n${title}`);
  const results = await run();
  for (const result of results)
    console.log(`  ${line(result, comparedWith(committed, title, result))}`);
  sections.set(
    title,
    ['', '| What | Measured | Aim | |', '|---|---|---|---|', ...results.map(row), ''].join('\n'),
  );
}
const head = [
  '# Results',
  '',
  `\`npm run bench\`, ${cpus().length} cores, Node ${process.versions.node}. Each ratio compares ` +
    'two measurements of the same run. Times hold for this machine only.',
  '',
].join('\n');
const titles = Object.values(SCENARIOS).map(({ title }) => title);
const byHand = [...sections.keys()].filter((title) => !titles.includes(title));
const order = [...titles.filter((title) => sections.has(title)), ...byHand];
await writeFile(
  file,
  [head, ...order.map((title) => `## ${title}\n${sections.get(title)}`)].join('\n'),
);

/** The sections of earlier runs. A run of some scenarios replaces theirs and keeps the others. */
async function formerSections(): Promise<Map<string, string>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((section) => [
        section.slice(0, section.indexOf('\n')),
        section.slice(section.indexOf('\n') + 1).trimEnd() + '\n',
      ]),
  );
}

function mark({ met }: Result): string {
  return met === undefined ? '' : met ? 'met' : '**missed**';
}

function line(result: Result, compared: string): string {
  return [
    result.what,
    result.value,
    result.aim === undefined ? '' : `(aim ${result.aim}: ${mark(result)})`,
    compared,
  ]
    .filter(Boolean)
    .join('  ');
}

function row(result: Result): string {
  return `| ${result.what} | ${result.value} | ${result.aim ?? ''} | ${mark(result)} |`;
}
