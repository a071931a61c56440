/** The machine that the journeys of one worker share. Each file resets it. */
import type { ChildProcess } from 'node:child_process';
import type { LocalStack } from '../../local/local-stack.ts';
import { BUILT_STACK } from '../built-stack.ts';
import { ended } from './ended.ts';
import { forked } from './forked.ts';
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
  return forked<Reached>('test/shared/machine-program.ts', options);
}
