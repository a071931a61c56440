/** Builds portal/dist, only if a source of it changed since: `node bin/build-portal.ts` (npm's `prepare`). */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '../contract/openapi.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['portal/index.html', 'portal/vite.config.ts', 'portal/public', 'portal/src', 'contract', 'package-lock.json'];

/** Where the built portal is. */
export const PORTAL_FILES = join(root, 'portal/dist');
const STAMP = join(PORTAL_FILES, '.built-from');

/** @returns the folder of the built portal */
export async function buildPortal(): Promise<string> {
  const sources = hashOf(SOURCES);
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return PORTAL_FILES;
  const { build } = await import('vite');
  await build({ configFile: join(root, 'portal/vite.config.ts'), logLevel: 'warn' });
  // Served beside the portal, for whoever builds another client.
  writeFileSync(join(PORTAL_FILES, 'openapi.json'), JSON.stringify(openApiDocument()));
  writeFileSync(STAMP, sources);
  return PORTAL_FILES;
}

function hashOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesIn)) hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

function filesIn(path: string): string[] {
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path)).sort().flatMap((name) => filesIn(`${path}/${name}`));
}

if (import.meta.main) await buildPortal();
