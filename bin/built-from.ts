/**
 * Builds only what has changed. A file beside the result records the hash of the sources that it
 * was built from.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs `build` into `folder` unless the folder was built from the same sources.
 * @param sources files and folders below the project's root
 * @param options what else the result depends on
 */
export async function buildIfChanged(
  folder: string,
  sources: readonly string[],
  build: () => Promise<void>,
  options: readonly string[] = [],
): Promise<void> {
  const record = join(folder, '.built-from');
  const hash = hashOf(sources, options);
  if (existsSync(record) && readFileSync(record, 'utf8') === hash) return;
  await build();
  writeFileSync(record, hash);
}

function hashOf(paths: readonly string[], options: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(options));
  for (const path of paths.flatMap(filesIn))
    hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

function filesIn(path: string): string[] {
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesIn(`${path}/${name}`));
}
