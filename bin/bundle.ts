/** Bundles each deployed function into dist/<function id>/, from where the stack takes it. */
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { listedFunctions, HANDLERS } from '../lib/functions.ts';
import type { FunctionId } from '../lib/functions.ts';
import { buildIfChanged } from './built-from.ts';
import { lazyBuiltins } from './lazy-builtins.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** CommonJS packages inside an ES module call `require` for Node's own modules. */
const requireBanner =
  "const require=process.getBuiltinModule('module').createRequire(import.meta.url);";

/**
 * Builds every function. A client that a function imports only when needed (`await import`) becomes
 * a separate file beside it, so that a cold start does not read it.
 * @returns the folders built
 */
export async function bundle(outdir = BUNDLES): Promise<string[]> {
  // Built aside and swapped in whole, so that a reader of dist/ never finds half of a build.
  const aside = `${outdir}.${process.pid}`;
  try {
    await Promise.all(listedFunctions().map((id) => bundleFunction(id, join(aside, id))));
    await rm(outdir, { recursive: true, force: true });
    await rename(aside, outdir);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return listedFunctions().map((id) => join(outdir, id));
}

async function bundleFunction(id: FunctionId, outdir: string): Promise<void> {
  await build({
    entryPoints: { index: join(root, HANDLERS[id] ?? '') },
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    loader: { '.md': 'text' },
    legalComments: 'none',
    banner: { js: requireBanner },
    plugins: [lazyBuiltins],
    logLevel: 'warning',
  });
}

/** The folder of the bundles that are deployed and run here. */
export const BUNDLES = join(root, 'dist');
/** What the bundles are built from. */
export const BUNDLED = [
  ...[
    'bin/bundle.ts',
    'bin/lazy-builtins.ts',
    'contract',
    'lambdas',
    'lib/functions.ts',
    'package-lock.json',
  ],
];

/** Builds dist/ again only if a source of the functions has changed. */
export async function bundleIfChanged(
  build: () => Promise<void> = async () => void (await bundle()),
): Promise<void> {
  await buildIfChanged(BUNDLES, BUNDLED, build);
}

if (import.meta.main) {
  const started = performance.now();
  await bundleIfChanged();
  console.log(
    `Bundled ${listedFunctions().length} functions into dist/ ` +
      `(${Math.round(performance.now() - started)} ms)`,
  );
}
