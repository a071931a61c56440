/** Writes the template of stage `local`: `synthesize-local.ts <folder> <portal origin>…`. */
import { synthesize } from '../lib/synthesize.ts';

const [outdir, ...portalOrigins] = process.argv.slice(2);

try {
  await synthesize({
    stage: 'local',
    checks: false,
    overrides: { portalOrigins },
    ...(outdir === undefined ? {} : { outdir }),
  });
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
