import { spawn, type ChildProcess } from 'node:child_process';

/**
 * Has a child end with this process, however that ends: a shell waits for the end of its input, which is this process's end, and kills the child.
 * Where there is no `/bin/sh`, a child outlives a kill.
 */
export function endsWithUs(child: ChildProcess): void {
  if (child.pid === undefined || process.platform === 'win32') return;
  const watch = spawn('/bin/sh', ['-c', 'read -r line; kill -9 "$0"', String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watch.on('error', () => undefined);
  watch.unref();
  // The number of a child that is gone may soon be another's.
  child.once('exit', () => watch.kill('SIGKILL'));
}
