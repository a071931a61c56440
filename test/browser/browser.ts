/** The browser of the tests: a packed Chromium, so that none has to be installed. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import packedChromium from '@sparticuz/chromium';
import type { LaunchOptions } from 'playwright-core';

/**
 * Flags of the packed browser that tests do without. In one process, closing a visitor's context
 * would end the browser. The others turn off what the portal relies on: without the same-origin
 * policy the browser sends neither an Origin nor a preflight.
 */
const UNWANTED = [
  '--single-process',
  '--in-process-gpu',
  '--ignore-gpu-blocklist',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-web-security',
  '--disable-site-isolation-trials',
  '--allow-running-insecure-content',
];

/** The variable that names the folder of the screens that axe has judged in this run. */
export const JUDGED = 'PORTAL_AUTH_JUDGED';

/** Pages are drawn without an emulated graphics processor, which costs more than all else. */
const PLAIN = ['--disable-gpu', '--disable-gpu-compositing', '--disable-software-rasterizer'];

export async function launchOptions(): Promise<LaunchOptions> {
  const args = packedChromium.args.filter((argument) => !UNWANTED.includes(argument));
  return { executablePath: await unpacked(), args: [...args, ...PLAIN], headless: true };
}

/**
 * The package unpacks into the folder for temporary files and takes any browser that it finds
 * there. Each version has a folder of its own, so that it is not taken for another.
 */
async function unpacked(): Promise<string> {
  const { TMPDIR } = process.env;
  const folder = join(tmpdir(), `chromium-${packedVersion()}`);
  mkdirSync(folder, { recursive: true });
  process.env.TMPDIR = folder;
  try {
    return await packedChromium.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
}

function packedVersion(): string {
  const main = createRequire(resolve('package.json')).resolve('@sparticuz/chromium');
  const root = main.slice(
    0,
    main.lastIndexOf('@sparticuz/chromium') + '@sparticuz/chromium'.length,
  );
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
