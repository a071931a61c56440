import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

/**
 * Starts a program of the tests, which sends one message once it can be reached.
 * @throws Error if it ends before that
 */
export async function forked<T>(
  program: string,
  options: readonly string[] = [],
): Promise<{ child: ChildProcess; reachedBy: T }> {
  const child = fork(resolve(program), options, {
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: '', TZ: 'UTC' },
  });
  const reachedBy = await Promise.race([
    once(child, 'message').then(([message]) => message as T),
    once(child, 'exit').then(([code]) => {
      throw new Error(`${program} ended with ${code} before it was ready.`);
    }),
  ]);
  return { child, reachedBy };
}
