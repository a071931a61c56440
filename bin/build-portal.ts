/** Builds portal/dist if one of its sources has changed. npm's `prepare` runs it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfChanged } from './built-from.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = [
  'portal/index.html',
  'portal/vite.config.ts',
  'portal/used-css.ts',
  'portal/public',
  'portal/src',
  'contract',
  'packages/auth-client/src',
  'package-lock.json',
];

/** The folder of the built portal. */
export const PORTAL_FILES = join(root, 'portal/dist');

/** @returns the folder of the built portal */
export async function buildPortal(build: () => Promise<void> = buildNow): Promise<string> {
  await buildIfChanged(PORTAL_FILES, SOURCES, build);
  return PORTAL_FILES;
}

async function buildNow(): Promise<void> {
  // Under a test runner Vite would otherwise take React's development build.
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  await build({ configFile: join(root, 'portal/vite.config.ts'), logLevel: 'warn' });
  // Served beside the portal for developers of other clients.
  const { openApiDocument } = await import('../contract/openapi/document.ts');
  writeFileSync(join(PORTAL_FILES, 'openapi.json'), JSON.stringify(openApiDocument()));
}

if (import.meta.main) await buildPortal();
