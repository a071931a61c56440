import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import type { Machine } from './machine.ts';

/** Runs `ops` as an operator does. */
export function runOps(machine: Machine, ...args: string[]): Promise<Run> {
  return runProgram('bin/ops.ts', machine, ...args);
}

/** How a program ended, and what it wrote. */
interface Run {
  code: number;
  out: string;
  err: string;
}

/** Runs a program of `bin/` with an operator's environment. */
export function runProgram(program: string, { stack }: Machine, ...args: string[]): Promise<Run> {
  const { endpoint, outputs, operatorCredentials } = stack;
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: outputs.region,
    AWS_ACCESS_KEY_ID: operatorCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: operatorCredentials.secretAccessKey,
  };
  return new Promise((done) => {
    execFile(process.execPath, [resolve(program), ...args], { env }, (error, out, err) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}
