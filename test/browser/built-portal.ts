/**
 * Before any browser test: the stack's bundles, the portal and the browser itself, made once and
 * not by two workers at a time.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import packedChromium from '@sparticuz/chromium';
import buildStack from '../built-stack.ts';

export default async function buildPortal(): Promise<void> {
  buildStack();
  const { status, stderr } = spawnSync(process.execPath, [resolve('bin/build-portal.ts')], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (status !== 0)
    throw new Error(`The portal cannot be built, so nothing of it can be tested:\n${stderr}`);
  await packedChromium.executablePath();
}
