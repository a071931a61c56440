/**
 * What test files share, because starting it for each file takes most of the time of a run: one for
 * each worker of jest, started when the first file of that worker asks for it.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is shared: how files reach it (JSON), and how it ends. */
export interface Shared<T> {
  reachedBy: T;
  stop: () => Promise<void>;
}

const ADDRESS = 'SHARED_BETWEEN_TEST_FILES';

let close: (() => Promise<void>) | undefined;

/** For a global set-up. Workers inherit its environment. */
export async function openShared<T>(start: () => Promise<Shared<T>>): Promise<void> {
  const started = new Map<string, Promise<Shared<T>>>();
  const ofWorker = (worker: string): Promise<Shared<T>> => {
    const shared = started.get(worker) ?? start();
    started.set(worker, shared);
    return shared;
  };
  const server = createServer((request, response) => {
    ofWorker(request.url ?? '').then(
      ({ reachedBy }) => response.end(JSON.stringify(reachedBy)),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env[ADDRESS] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = async () => {
    await closeServer(server);
    const running = await Promise.allSettled(started.values());
    const stops = running.map(async (shared) => {
      if (shared.status === 'fulfilled') await shared.value.stop();
    });
    await Promise.all(stops);
  };
}

/** For a global tear-down. It fails if something does not end by itself. */
export async function closeShared(): Promise<void> {
  await close?.();
}

/** What the files of this worker share. */
export async function shared<T>(): Promise<T> {
  const { [ADDRESS]: address = '', JEST_WORKER_ID = '1' } = process.env;
  const response = await fetch(`${address}/${JEST_WORKER_ID}`);
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as T;
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
