import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import type { Machine } from './machine.ts';

/** Runs `ops` as an operator does. */
export function runOps(
  { stack }: Machine,
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> {
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
    execFile(process.execPath, [resolve('bin/ops.ts'), ...args], { env }, (error, out, err) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}
