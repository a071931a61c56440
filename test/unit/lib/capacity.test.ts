import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { growth, report, USUAL_MIX } from '../../../bin/capacity/report.ts';
import { USAGE, WAYS } from '../../../bin/capacity/usage.ts';
import { readSettings } from '../../../lib/read-settings.ts';

const { stages } = (
  JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: { stages: unknown } }
).context;
const PAGE = readFileSync('docs/capacity.md', 'utf8');
const printed = (people: number, morning: number, stage: string) =>
  report({ people, morning, mix: USUAL_MIX, daily: 1.2 }, readSettings(stages, stage));

describe('the capacity page', () => {
  test.each([
    [10_000, 60, 'example'],
    [50_000, 200, 'example'],
    [200_000, 800, 'large'],
  ])('shows what is printed for %i people', (people, morning, stage) => {
    const command = `--people ${people} --morning ${morning}/min --stage ${stage}`;
    expect(PAGE).toContain(
      `$ npm run capacity -- ${command}\n${printed(people, morning, stage)}\n`,
    );
  });

  test('shows which quotas break', () => {
    expect(PAGE).toContain(growth(USUAL_MIX));
  });

  test.each(WAYS)('has the row of %s', (way) => {
    const { initiations, responses, invocations, transactions, updates, reads, macs } = USAGE[way];
    const cells = [initiations + responses, invocations, transactions, updates, reads, macs];
    expect(PAGE).toContain(`| \`${way}\` | ${cells.join(' | ')} |`);
  });
});

test('the canary costs about a dollar, and is in the bill of a stage that has one', () => {
  const settings = { ...readSettings(stages, 'example'), canary: { everyMinutes: 90 } };
  const crowd = { people: 10_000, morning: 60, mix: USUAL_MIX, daily: 1.2 };
  expect(report(crowd, settings)).toMatch(/^ +1 {2}the canary, every 90 minutes$/m);
});

test('the example of a large stage suffices for 200,000 people', () => {
  const settings = printed(200_000, 800, 'large').split('\n\n')[2] ?? '';
  expect(settings).toContain('Settings');
  expect(settings).not.toContain('RAISE');
});

test('the usual mix is complete', () => {
  expect(WAYS.reduce((sum, way) => sum + USUAL_MIX[way], 0)).toBeCloseTo(1);
});
