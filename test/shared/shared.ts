/**
 * What test files share, because starting it for each file takes most of the time of a run. Each is
 * started when the first file asks for it.
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

/** For a global set-up, by name. Workers inherit its environment. */
export async function openShared(
  starts: Record<string, () => Promise<Shared<unknown>>>,
): Promise<void> {
  const started = new Map<string, Promise<Shared<unknown>>>();
  const startedAt = (path: string): Promise<Shared<unknown>> => {
    const [, name = ''] = path.split('/');
    const shared = started.get(path) ?? starts[name]?.() ?? Promise.reject(new Error(path));
    started.set(path, shared);
    return shared;
  };
  const server = createServer((request, response) => {
    startedAt(request.url ?? '').then(
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

/** What the files of this worker share under a name. */
export function sharedInWorker<T>(name: string): Promise<T> {
  return reached(`${name}/${process.env.JEST_WORKER_ID ?? '1'}`);
}

/** What all files share under a name. */
export function sharedByAll<T>(name: string): Promise<T> {
  return reached(name);
}

async function reached<T>(path: string): Promise<T> {
  const response = await fetch(`${process.env[ADDRESS] ?? ''}/${path}`);
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as T;
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
