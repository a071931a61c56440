/**
 * npm's `prepare`: builds the portal and bundles the functions, so that `npm start` need not. Plain JavaScript, because npm may run it with an older Node,
 * and also when it only writes the lock file and nothing is installed: then there is nothing to build with.
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
