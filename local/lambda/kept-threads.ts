import type { Worker } from 'node:worker_threads';

/**
 * Threads of environments that were idle when the machine was reset. The services use them again
 * after the reset: in AWS, too, emptying a stage's tables leaves its functions warm.
 */
export class KeptThreads {
  readonly #kept = new Map<string, Set<Worker>>();

  /** @param like what the thread runs, and with which variables */
  keep(like: string, thread: Worker): void {
    const threads = this.#kept.get(like) ?? new Set();
    this.#kept.set(like, threads.add(thread));
    forget(thread);
    thread.once('error', () => undefined);
    thread.once('exit', () => threads.delete(thread));
  }

  take(like: string): Worker | undefined {
    const threads = this.#kept.get(like);
    const [thread] = threads ?? [];
    if (thread === undefined) return undefined;
    threads?.delete(thread);
    forget(thread);
    return thread;
  }

  /** Ends those that nobody took. */
  async stop(): Promise<void> {
    const threads = [...this.#kept.values()].flatMap((some) => [...some]);
    this.#kept.clear();
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** What the former runtime did with what the thread says. */
function forget(thread: Worker): void {
  for (const event of ['message', 'error', 'exit']) thread.removeAllListeners(event);
}
