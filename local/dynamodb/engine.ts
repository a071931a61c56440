import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endsWithUs } from './ends-with-us.ts';

/** A running DynamoDB. */
export interface Engine {
  host: string;
  port: number;
  /**
   * Forgets the records of every stream, which it would give to the next table of the same name.
   * @returns false if it cannot
   */
  eraseStreams: () => Promise<boolean>;
  stop: () => Promise<void>;
}

/** The engine of a machine, from its start to its end: a reset of the machine empties it. */
export class KeptEngine {
  readonly #file: string | undefined;
  #running: Promise<Engine> | undefined;

  /** @param file as in `startEngine` */
  constructor(file: string | undefined) {
    this.#file = file;
  }

  async open(): Promise<Engine> {
    this.#running ??= startEngine(this.#file);
    return this.#running;
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await (await running?.catch(() => undefined))?.stop();
  }
}

const START_WITHIN_MS = 5000;
const POLL_MS = 5;
/** Another stack may have taken a port that was free a moment ago. */
const ATTEMPTS = 3;

/**
 * Starts dynoxide, or uses the DynamoDB that `DYNAMODB_ENDPOINT` names.
 * @param file SQLite file; absent keeps tables in one that ends with the engine
 */
export async function startEngine(file: string | undefined): Promise<Engine> {
  const given = process.env.DYNAMODB_ENDPOINT;
  if (given !== undefined && given !== '') {
    const { hostname, port } = new URL(given);
    return {
      host: hostname,
      port: Number(port || 80),
      eraseStreams: () => Promise.resolve(false),
      stop: () => Promise.resolve(),
    };
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startDynoxide(file);
    } catch (error) {
      if (attempt === ATTEMPTS || !/address|in use/i.test((error as Error).message)) throw error;
    }
  }
}

async function startDynoxide(kept: string | undefined): Promise<Engine> {
  const port = await freePort();
  const { file, remove } = kept === undefined ? passingFile() : { file: kept, remove: undefined };
  const child = spawn(
    findDynoxide(),
    ['serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', file],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  endsWithUs(child);
  const endNow = (): void => {
    child.kill('SIGKILL');
    remove?.();
  };
  process.on('exit', endNow);
  await answering(child, port);
  // Numbers a new stream record without looking at all earlier ones: the engine has no index for
  // the highest number of a table, so that each write would take longer than the one before it.
  await inDatabase(
    file,
    'CREATE INDEX IF NOT EXISTS stream_records_by_number ' +
      'ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
  );
  return {
    host: '127.0.0.1',
    port,
    eraseStreams: () => inDatabase(file, 'DELETE FROM _stream_records'),
    async stop() {
      process.off('exit', endNow);
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      }
      remove?.();
    },
  };
}

/** A database that ends with the engine. */
function passingFile(): { file: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'portal-auth-dynamodb-'));
  return {
    file: join(folder, 'dynamodb.sqlite'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * Runs a statement in the engine's file beside the engine.
 * @returns false before Node 22.13, which has no SQLite or hides it
 */
async function inDatabase(file: string, statement: string): Promise<boolean> {
  const sqlite = await import('node:sqlite').catch(() => undefined);
  if (sqlite === undefined) return false;
  const database = new sqlite.DatabaseSync(file);
  try {
    database.exec('PRAGMA busy_timeout = 5000');
    database.exec(statement);
    return true;
  } finally {
    database.close();
  }
}

function findDynoxide(): string {
  try {
    return createRequire(import.meta.url).resolve(
      `@dynoxide/${process.platform}-${process.arch}/dynoxide`,
    );
  } catch {
    return 'dynoxide';
  }
}

async function answering(child: ChildProcess, port: number): Promise<void> {
  const fate = watch(child);
  for (let waited = 0; waited < START_WITHIN_MS; waited += POLL_MS) {
    if (fate.failure !== undefined) throw fate.failure;
    if (await answers(port)) return;
    await sleep(POLL_MS);
  }
  child.kill('SIGKILL');
  throw new Error(`dynoxide did not answer within ${START_WITHIN_MS} ms: ${fate.said()}`);
}

/** What becomes of the child while it starts. */
interface Fate {
  failure: Error | undefined;
  said: () => string;
}

function watch(child: ChildProcess): Fate {
  let output = '';
  const fate: Fate = {
    failure: undefined,
    said: () => output.trim() || 'no output',
  };
  child.stderr?.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-2000);
  });
  child.on('error', (error: NodeJS.ErrnoException) => {
    fate.failure = error.code === 'ENOENT' ? noEngine() : error;
  });
  child.on('exit', (code) => {
    fate.failure ??= new Error(`dynoxide ended with code ${code} at start: ${fate.said()}`);
  });
  return fate;
}

function noEngine(): Error {
  return new Error(
    'No DynamoDB can be run: @dynoxide has no binary for this platform, and `dynoxide` is ' +
      'not on the PATH. Install dynoxide, or set DYNAMODB_ENDPOINT to a DynamoDB Local.',
  );
}

async function answers(port: number): Promise<boolean> {
  return await fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
