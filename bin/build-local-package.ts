/**
 * Builds packages/local: the local machine as one program, with the synthesized template, the
 * bundled functions and the built portal in it.
 */
import { chmodSync, cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { synthesize } from '../lib/synthesize.ts';
import { bundleIfChanged } from './bundle.ts';
import { buildPortal } from './build-portal.ts';
import { PACKED_ORIGIN } from './packed-origin.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const PACKAGE = join(root, 'packages/local');

/** Libraries that are CommonJS call `require` for Node's own modules. */
const REQUIRE =
  "import{createRequire as __createRequire}from'node:module';" +
  'const require=__createRequire(import.meta.url);';

/** @returns the folder of the package, which `npm pack` takes */
export async function buildLocalPackage(): Promise<string> {
  const [dist, stack, portal] = ['dist', 'stack', 'portal'].map((name) => join(PACKAGE, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [dist, stack, portal]) rmSync(folder, { recursive: true, force: true });
  await bundleIfChanged();
  const overrides = { portalOrigins: [PACKED_ORIGIN] };
  await synthesize({
    stage: 'local',
    checks: false,
    overrides,
    outdir: stack,
  });
  // The sample people have accepted its terms.
  cpSync(join(root, 'cdk.json'), join(PACKAGE, 'cdk.json'));
  cpSync(await buildPortal(), portal, { recursive: true });
  await buildPrograms(dist);
  copyDevicesPage(dist);
  return PACKAGE;
}

/** The program, and the thread of a function's environment. */
async function buildPrograms(outdir: string): Promise<void> {
  await build({
    entryPoints: {
      start: join(root, 'bin/start-packed.ts'),
      worker: join(root, 'local/lambda/worker.mjs'),
    },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE },
    legalComments: 'linked',
    logLevel: 'warning',
  });
  chmodSync(join(outdir, 'start.mjs'), 0o755);
}

function copyDevicesPage(dist: string): void {
  const page = join(root, 'local/devices-page');
  for (const name of readdirSync(page).filter((file) => /\.(html|css|js)$/.test(file)))
    cpSync(join(page, name), join(dist, name));
}

if (import.meta.main) await buildLocalPackage();
