/** The program of `@portal-auth/local`: runs the stack and the portal that were built into it. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PACKED_ORIGIN } from './packed-origin.ts';
import { runLocal } from './run-local.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const STACK = join(root, 'stack');

/**
 * The template names the address of the portal. At another one, a copy of it is run; further
 * origins need none, because the port admits them itself.
 */
function assemblyAt(portalUrl: string): string {
  if (portalUrl === PACKED_ORIGIN) return STACK;
  const folder = mkdtempSync(join(tmpdir(), 'portal-auth-stack-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(STACK, folder, { recursive: true });
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.template.json'))) {
    const file = join(folder, name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(PACKED_ORIGIN, portalUrl));
  }
  return folder;
}

await runLocal({
  called: (options) => `npx @portal-auth/local ${options}`,
  assembly: ([portalUrl = '']) => Promise.resolve(assemblyAt(portalUrl)),
  portal: () => Promise.resolve(join(root, 'portal')),
});
