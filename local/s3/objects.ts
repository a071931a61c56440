import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The objects of one bucket. */
export interface Objects {
  put(key: string, body: Buffer): void;
  get(key: string): Buffer | undefined;
  keys(): string[];
}

/** Files under the data directory, or memory where there is none. */
export function openObjects(directory: string | undefined, bucket: string): Objects {
  return directory === undefined ? inMemory() : inFiles(join(directory, 's3', bucket));
}

function inMemory(): Objects {
  const objects = new Map<string, Buffer>();
  return {
    put: (key, body) => void objects.set(key, body),
    get: (key) => objects.get(key),
    keys: () => [...objects.keys()],
  };
}

/** A key is one file, its name encoded: a key can lead nowhere else. */
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
  };
}
