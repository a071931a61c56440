/** The machine that the journeys of one worker share. Each file resets it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { LocalStack } from '../../local/local-stack.ts';
import { BUILT_STACK } from '../built-stack.ts';
import { ended } from './ended.ts';
import type { Shared } from './shared.ts';

/** How a running machine is reached. */
export type Reached = Pick<LocalStack, 'endpoint' | 'outputs' | 'operatorCredentials'>;

export async function startMachine(): Promise<Shared<Reached>> {
  const { child, reachedBy } = await forkMachine([BUILT_STACK]);
  return { reachedBy, stop: () => ended(child, 'The shared machine') };
}

/** @param options of test/shared/machine-program.ts */
export async function forkMachine(
  options: readonly string[],
): Promise<{ child: ChildProcess; reachedBy: Reached }> {
  const child = fork(resolve('test/shared/machine-program.ts'), options, {
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: '', TZ: 'UTC' },
  });
  const reachedBy = await Promise.race([
    once(child, 'message').then(([message]) => message as Reached),
    once(child, 'exit').then(([code]) => {
      throw new Error(`The machine ended with ${code} before it was ready.`);
    }),
  ]);
  return { child, reachedBy };
}
