/**
 * Builds the stack, the portal and the browser once, before the workers start.
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
    throw new Error(`The portal cannot be built, so its tests cannot run:\n${stderr}`);
  await packedChromium.executablePath();
}
