import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { ProgramInput } from './program.ts';

/** Runs a user's program in a process of its own. @returns what it printed */
export async function runProgram(
  library: 'amplify' | 'identity-js',
  input: ProgramInput,
): Promise<unknown> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [resolve('test/clients/program.ts'), library, JSON.stringify(input)],
    { env: { ...process.env, NODE_OPTIONS: '' } },
  );
  return JSON.parse(stdout);
}
