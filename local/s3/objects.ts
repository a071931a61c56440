import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The objects of one bucket. */
export interface Objects {
  put: (key: string, body: Buffer) => void;
  get: (key: string) => Buffer | undefined;
  keys: () => string[];
  clear: () => void;
}

/** Files below the data directory, or memory without one. */
export function openObjects(directory: string | undefined, bucket: string): Objects {
  return directory === undefined ? inMemory() : inFiles(join(directory, 's3', bucket));
}

function inMemory(): Objects {
  const objects = new Map<string, Buffer>();
  return {
    put: (key, body) => void objects.set(key, body),
    get: (key) => objects.get(key),
    keys: () => [...objects.keys()],
    clear: () => objects.clear(),
  };
}

/** A key is one file under its encoded name, so that no key leads out of the folder. */
function inFiles(folder: string): Objects {
  const fileOf = (key: string): string =>
    join(folder, Buffer.from(key, 'utf8').toString('base64url'));
  return {
    put(key, body) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(fileOf(key), body, { mode: 0o600 });
    },
    get: (key) => (existsSync(fileOf(key)) ? readFileSync(fileOf(key)) : undefined),
    keys: () =>
      existsSync(folder)
        ? readdirSync(folder).map((name) => Buffer.from(name, 'base64url').toString('utf8'))
        : [],
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}
