/** The browser of the tests: a packed Chromium, so that none has to be installed. */
import packedChromium from '@sparticuz/chromium';
import type { LaunchOptions } from 'playwright-core';

/**
 * Flags of the packed browser that tests do without. In one process, closing a visitor's context
 * would end the browser. The others turn off what the portal relies on: without the same-origin
 * policy the browser sends neither an Origin nor a preflight.
 */
const UNWANTED = [
  '--single-process',
  '--disable-web-security',
  '--disable-site-isolation-trials',
  '--allow-running-insecure-content',
];

export async function launchOptions(): Promise<LaunchOptions> {
  const args = packedChromium.args.filter((argument) => !UNWANTED.includes(argument));
  return { executablePath: await packedChromium.executablePath(), args, headless: true };
}
