/** Builds portal/dist, only if a source of it changed since: `node bin/build-portal.ts` (npm's `prepare`). */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '../contract/openapi.ts';
import { buildIfChanged } from './built-from.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = [
  'portal/index.html',
  'portal/vite.config.ts',
  'portal/public',
  'portal/src',
  'contract',
  'package-lock.json',
];

/** Where the built portal is. */
export const PORTAL_FILES = join(root, 'portal/dist');

/** @returns the folder of the built portal */
export async function buildPortal(): Promise<string> {
  await buildIfChanged(PORTAL_FILES, SOURCES, async () => {
    // Vite takes React's development build where a test runner has set the environment.
    process.env.NODE_ENV = 'production';
    const { build } = await import('vite');
    await build({ configFile: join(root, 'portal/vite.config.ts'), logLevel: 'warn' });
    // Served beside the portal, for whoever builds another client.
    writeFileSync(join(PORTAL_FILES, 'openapi.json'), JSON.stringify(openApiDocument()));
  });
  return PORTAL_FILES;
}

if (import.meta.main) await buildPortal();
