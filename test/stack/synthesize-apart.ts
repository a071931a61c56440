/**
 * Synthesis in another process: jest's module registry loads CDK many times slower than Node does.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { sharedByAll } from '../shared/shared.ts';
import type { Outcome, StageOptions } from './synthesis.ts';

export interface Synthesis extends Outcome {
  folder: string;
}

/** Synthesizes a stage into a folder of its own, `without` some of its settings. */
export async function synthesizeApart(options: Omit<StageOptions, 'outdir'>): Promise<Synthesis> {
  const folder = mkdtempSync(join(tmpdir(), 'synthesis-'));
  const response = await fetch(await sharedByAll<string>('synthesis'), {
    method: 'POST',
    body: JSON.stringify({ ...options, outdir: folder }),
  });
  return { folder, ...((await response.json()) as Outcome) };
}

/**
 * Runs a program that finds the path of lib/ in `process.argv[1]` and its argument, as JSON, in
 * `process.argv[2]`.
 */
export async function runApart(program: string, argument: unknown): Promise<Outcome> {
  const run = promisify(execFile)(process.execPath, [
    '--input-type=module',
    '-e',
    program,
    resolve('lib'),
    JSON.stringify(argument),
  ]);
  return run.then(
    ({ stdout, stderr }) => ({ succeeded: true, said: stdout + stderr }),
    ({ stdout, stderr }: { stdout: string; stderr: string }) => ({
      succeeded: false,
      said: stdout + stderr,
    }),
  );
}

export interface Finding {
  ruleName: string;
  violatingConstructs: { constructPath: string }[];
  reason?: string;
}

/** What a rule pack found, and what of it is acknowledged. */
export function reportOf(
  folder: string,
  pack: string,
): { open: Finding[]; acknowledged: Finding[] } {
  const { pluginReports } = JSON.parse(
    readFileSync(join(folder, 'validation-report.json'), 'utf8'),
  ) as {
    pluginReports: {
      pluginName: string;
      violations: Finding[];
      suppressedViolations?: Finding[];
    }[];
  };
  const report = pluginReports.find(({ pluginName }) => pluginName === pack);
  if (report === undefined)
    throw new Error(
      `${pack} did not run: ${pluginReports.map(({ pluginName }) => pluginName).join(', ')}`,
    );
  return { open: report.violations, acknowledged: report.suppressedViolations ?? [] };
}
