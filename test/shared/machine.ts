/** The machine that the journeys of one worker share. Each file resets it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { LocalStack } from '../../local/local-stack.ts';
import { BUILT_STACK } from '../built-stack.ts';
import { ended } from './ended.ts';
import type { Shared } from './shared.ts';

/** How a running machine is reached. */
export type Reached = Pick<LocalStack, 'endpoint' | 'outputs' | 'operatorCredentials'>;

export async function startMachine(): Promise<Shared<Reached>> {
  const child = fork(resolve('test/shared/machine-program.ts'), [BUILT_STACK], {
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: '', TZ: 'UTC' },
  });
  const reachedBy = await Promise.race([
    once(child, 'message').then(([message]) => message as Reached),
    once(child, 'exit').then(([code]) => {
      throw new Error(`The shared machine ended with ${code} before it was ready.`);
    }),
  ]);
  return { reachedBy, stop: () => ended(child, 'The shared machine') };
}
