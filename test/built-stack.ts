/**
 * Builds the bundles and the template of stage `local` before any test, if a source is newer.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const SOURCES = [
  'bin/bundle.ts',
  'bin/lazy-builtins.ts',
  'cdk.json',
  'contract',
  'lambdas',
  'lib',
  'package-lock.json',
];
/**
 * The cloud assembly that tests read and journeys run. It is separate from dist/ and cdk.out/,
 * which the CDK and `npm start` replace.
 */
export const BUILT_STACK = resolve('.portal-auth/tested-stack');

const TEMPLATE = join(BUILT_STACK, 'PortalAuth-local.template.json');

/** test/stack/checks.test.ts runs the checks. */
const build = `
  const { cpSync, rmSync } = await import('node:fs');
  const { bundleIfChanged, BUNDLES } = await import(process.argv[1] + '/bin/bundle.ts');
  const { synthesize } = await import(process.argv[1] + '/lib/synthesize.ts');
  const bundles = process.argv[2] + '-bundles';
  await bundleIfChanged();
  rmSync(bundles, { recursive: true, force: true });
  cpSync(BUNDLES, bundles, { recursive: true });
  await synthesize({ stage: 'local', outdir: process.argv[2], bundles, checks: false });
`;

export default function buildStack(): void {
  // Programs that tests start compile each file once.
  process.env.NODE_COMPILE_CACHE ??= resolve('node_modules/.cache/node');
  if (changedAt(TEMPLATE) > Math.max(...SOURCES.map((source) => newest(resolve(source))))) return;
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', build, process.cwd(), BUILT_STACK],
    { encoding: 'utf8' },
  );
  if (status !== 0)
    throw new Error(`The stack cannot be built, so its tests cannot run:\n${stderr}`);
}

function newest(path: string): number {
  const status = statSync(path);
  return status.isDirectory()
    ? Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
    : status.mtimeMs;
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
