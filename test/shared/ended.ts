import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const PATIENCE_MS = 20_000;

/**
 * Ends a process by SIGTERM, after which it has to end by itself.
 * @throws Error if something in it keeps it alive
 */
export async function ended(child: ChildProcess, name: string): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  let leaks = false;
  const patience = setTimeout(() => {
    leaks = true;
    child.kill('SIGKILL');
  }, PATIENCE_MS);
  child.kill('SIGTERM');
  await exited;
  clearTimeout(patience);
  if (leaks) throw new Error(`${name} was stopped, but something in it went on running.`);
}
