/** `npm start`: bundles, synthesizes and runs the whole stack on this machine. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runApart } from './build-apart.ts';
import { buildPortal } from './build-portal.ts';
import { buildIfChanged } from './built-from.ts';
import { runLocal, step } from './run-local.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * A folder named after the portal's port, which belongs to this process alone.
 * One that is named after a chance port is removed when the process ends.
 */
function folderOfRun(portalUrl: string, byChance: boolean): string {
  const folder = join(root, '.portal-auth', `run-${new URL(portalUrl).port}`);
  if (byChance) process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What is built from the same sources already is taken as it is. */
async function synthesized(portalOrigins: readonly string[], outdir: string): Promise<string> {
  const { BUNDLED, bundleIfChanged } = await import('./bundle.ts');
  await step('bundle the functions', () => bundleIfChanged(() => runApart('bin/bundle.ts')));
  const sources = [...BUNDLED, 'lib', 'cdk.json', 'bin/synthesize-local.ts'];
  const build = () => runApart('bin/synthesize-local.ts', outdir, ...portalOrigins);
  await step('synthesize the template', () =>
    buildIfChanged(outdir, sources, build, portalOrigins),
  );
  return outdir;
}

await runLocal({
  called: (options) => `npm start [-- ${options}]`,
  assembly: (portalOrigins, { portalPort }) =>
    synthesized(portalOrigins, folderOfRun(portalOrigins[0] ?? '', portalPort === 0)),
  portal: () => buildPortal(() => runApart('bin/build-portal.ts')),
});
