/**
 * Before any test: builds the stack and the portal, unpacks the browser, and lets files share both.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import buildStack from '../built-stack.ts';
import { openShared, type Shared } from '../shared/shared.ts';
import { JUDGED, launchOptions } from './browser.ts';
import { startSynthesis } from '../stack/synthesis.ts';
import { startPortalStack, type PortalAddresses } from './portal-stack.ts';

/** How the files of a worker reach the browser and the stack that they share. */
export interface SharedPortal extends PortalAddresses {
  browserUrl: string;
}

export default async function setUp(): Promise<void> {
  buildStack();
  const { status, stderr } = spawnSync(process.execPath, [resolve('bin/build-portal.ts')], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (status !== 0)
    throw new Error(`The portal cannot be built, so its tests cannot run:\n${stderr}`);
  const options = await launchOptions();
  const judged = await mkdtemp(join(tmpdir(), 'judged-screens-'));
  process.env[JUDGED] = judged;
  const startPortal = async (): Promise<Shared<SharedPortal>> => {
    const [stack, browser] = await Promise.all([
      startPortalStack(),
      chromium.launchServer(options),
    ]);
    return {
      reachedBy: { ...stack.addresses, browserUrl: browser.wsEndpoint() },
      async stop() {
        await Promise.all([browser.close(), stack.stop()]);
        await rm(judged, { recursive: true, force: true });
      },
    };
  };
  await openShared({ portal: startPortal, synthesis: startSynthesis });
}
