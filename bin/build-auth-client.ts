/**
 * Builds packages/auth-client/dist: an ES module for each entry, without dependencies but Cognito's
 * and, for employees, an OpenID client's; and types.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const PACKAGE = fileURLToPath(new URL('../packages/auth-client', import.meta.url));

/** @returns the folder of the package, which `npm pack` takes */
export async function buildAuthClient(): Promise<string> {
  const dist = join(PACKAGE, 'dist');
  rmSync(dist, { recursive: true, force: true });
  await build({
    entryPoints: [join(PACKAGE, 'src/index.ts'), join(PACKAGE, 'src/employees.ts')],
    outdir: dist,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external: ['amazon-cognito-identity-js', 'oidc-client-ts'],
  });
  declare(dist);
  return PACKAGE;
}

/** Declarations name their neighbours by the files that are published. */
function declare(dist: string): void {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      ...[tsc, '-p', PACKAGE, '--noEmit', 'false', '--emitDeclarationOnly', '--declaration'],
      ...['--outDir', dist, '--rootDir', join(PACKAGE, 'src')],
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The declarations cannot be written:\n${stdout}`);
  for (const name of readdirSync(dist).filter((file) => file.endsWith('.d.ts'))) {
    const text = readFileSync(join(dist, name), 'utf8');
    writeFileSync(join(dist, name), text.replaceAll(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'"));
  }
}

if (import.meta.main) await buildAuthClient();
