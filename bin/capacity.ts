/**
 * `npm run capacity -- --people 50000 --morning 200/min [--stage large]`: the quotas, settings and
 * money that a stage needs for its people.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readSettings } from '../lib/read-settings.ts';
import { growth, report, USUAL_MIX } from './capacity/report.ts';

const USAGE = 'Usage: npm run capacity -- --people 50000 --morning 200/min [--stage STAGE]';

/** @throws Error naming the option, its value and what it must be */
function wholeNumber(option: string, text: string | undefined, pattern: RegExp): number {
  const found = pattern.exec(text ?? '')?.[1];
  if (found === undefined)
    throw new Error(`--${option} is ${JSON.stringify(text ?? '')}.\n${USAGE}`);
  return Number(found);
}

try {
  const { values } = parseArgs({
    options: {
      people: { type: 'string' },
      morning: { type: 'string' },
      stage: { type: 'string', default: 'example' },
    },
  });
  const people = wholeNumber('people', values.people, /^([1-9]\d{0,7})$/);
  const morning = wholeNumber('morning', values.morning, /^([1-9]\d{0,5})\/min$/);
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as {
    context: { stages: unknown };
  };
  const settings = readSettings(context.stages, values.stage);
  console.log(report({ people, morning, mix: USUAL_MIX, daily: 1.2 }, settings));
  console.log(`\n${growth(USUAL_MIX)}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
