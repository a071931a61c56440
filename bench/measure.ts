/** What every scenario uses: medians, ratios, and a stack of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Machine } from '../test/journeys/clients/machine.ts';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** One measurement: what was measured, the value with its unit, and the value aimed for. */
export interface Result {
  what: string;
  value: string;
  aim?: string;
  met?: boolean;
}

export interface Scenario {
  title: string;
  run: () => Promise<Result[]>;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

export function ratio(value: number, aim: number, less = true): Pick<Result, 'value' | 'met'> {
  return { value: `${value.toFixed(2)} ×`, met: less ? value <= aim : value >= aim };
}

export interface LocalRun {
  endpoint: string;
  outputs: Machine['outputs'];
  readyMs: number;
  pid: number;
  operator: { id: string; secret: string };
  stop: () => Promise<void>;
}

/** Runs the stack as `npm start` does, on free ports. */
export async function startLocally(...options: string[]): Promise<LocalRun> {
  const started = performance.now();
  const child = spawn(process.execPath, ['bin/start.ts', ...options], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', PORTAL_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const text = await untilReady(child);
  const endpoint = /every AWS service\s+(\S+)/.exec(text)?.[1] ?? '';
  const outputs = (await (await fetch(`${endpoint}/_local/outputs`)).json()) as LocalRun['outputs'];
  const [, id = '', secret = ''] = /operator key\s+(\S+) \/ (\S+)/.exec(text) ?? [];
  const readyMs = performance.now() - started;
  const ended = new Promise<void>((resume) => child.once('exit', () => resume()));
  return {
    endpoint,
    outputs,
    readyMs,
    pid: child.pid ?? 0,
    operator: { id, secret },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function untilReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${text}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (/^ready/m.test(text)) resolve(text);
    });
  });
}
