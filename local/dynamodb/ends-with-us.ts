import { spawn, type ChildProcess } from 'node:child_process';

/**
 * Ends a child when this process ends, in whatever way: a shell waits for the end of its input,
 * which this process holds open, and then kills the child.
 * Without `/bin/sh`, a child outlives a kill of this process.
 */
export function endsWithUs(child: ChildProcess): void {
  if (child.pid === undefined || process.platform === 'win32') return;
  const watch = spawn('/bin/sh', ['-c', 'read -r line; kill -9 "$0"', String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watch.on('error', () => undefined);
  watch.unref();
  // The process id of a child that has ended may soon belong to another process.
  child.once('exit', () => watch.kill('SIGKILL'));
}
