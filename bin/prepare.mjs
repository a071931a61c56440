/**
 * npm's `prepare`: bundles the functions and builds the portal, so that `npm start` need not. It is
 * plain JavaScript because npm may run it with an older Node. npm also runs it when it only writes
 * the lock file; then nothing is installed to build with, and it does nothing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const node = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
const vite = fileURLToPath(new URL('../node_modules/vite/package.json', import.meta.url));

if (existsSync(node) && existsSync(vite)) {
  for (const build of ['bundle.ts', 'build-portal.ts']) {
    const { status } = spawnSync(node, [fileURLToPath(new URL(build, import.meta.url))], {
      stdio: 'inherit',
    });
    process.exitCode ||= status ?? 1;
  }
}
