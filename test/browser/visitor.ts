/**
 * A person at a browser: fills forms by their labels, presses buttons by their names, as assistive
 * technology does.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { expect } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { JUDGED, launchOptions } from './browser.ts';

const AXE = readFileSync(
  createRequire(resolve('package.json')).resolve('axe-core/axe.min.js'),
  'utf8',
);
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const SCREENSHOTS = resolve('docs/screenshots');

export interface Visitor {
  page: Page;
  context: BrowserContext;
  /**
   * What the browser complained about: failed scripts and violations of the content security
   * policy.
   */
  complaints: string[];
  goTo: (path: string) => Promise<void>;
  fill: (label: string | RegExp, value: string) => Promise<void>;
  press: (button: string | RegExp) => Promise<void>;
  follow: (link: string | RegExp) => Promise<void>;
  /**
   * Waits for the heading of a screen, and shows that axe finds nothing there (once for each state
   * of it).
   */
  sees: (heading: string | RegExp) => Promise<void>;
  /** Waits for an error summary or a status with these words. */
  seesNotice: (words: string | RegExp) => Promise<void>;
  /**
   * Writes docs/screenshots/<name>.png and <name>-phone.png, if KEEP_SCREENSHOTS asks for it: a
   * test run leaves the checkout as it was.
   */
  keepScreenshot: (name: string) => Promise<void>;
  /** Moves the browser's clock on, so that nobody waits for a countdown. */
  letTimePass: (seconds: number) => Promise<void>;
  /** The same browser in a further tab. */
  anotherTab: () => Promise<Visitor>;
  leave: () => Promise<void>;
}

export interface VisitorOptions {
  locale?: string;
  colorScheme?: 'light' | 'dark';
  forcedColors?: 'active' | 'none';
  viewport?: { width: number; height: number };
}

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 720 };

const HABITS = { timezoneId: 'America/New_York', reducedMotion: 'reduce' } as const;

export async function visit(
  browser: Browser,
  portalUrl: string,
  { locale = 'en-US', viewport = DESKTOP, ...colours }: VisitorOptions = {},
): Promise<Visitor> {
  return await visitorIn(
    await browser.newContext({ ...HABITS, ...colours, viewport, locale }),
    portalUrl,
    viewport,
  );
}

/** A browser of one's own, with what an earlier one kept in that directory. */
export async function visitWithProfile(directory: string, portalUrl: string): Promise<Visitor> {
  return await visitorIn(
    await chromium.launchPersistentContext(directory, {
      ...(await launchOptions()),
      ...HABITS,
      viewport: DESKTOP,
    }),
    portalUrl,
    DESKTOP,
  );
}

// The page's policy forbids inline scripts; axe is run over the debugging protocol, which needs no
// exception.
async function visitorIn(
  context: BrowserContext,
  portalUrl: string,
  viewport: typeof DESKTOP,
  complaints: string[] = [],
): Promise<Visitor> {
  context.setDefaultTimeout(45_000);
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedScript|Trusted Types/i.test(message.text()))
      complaints.push(message.text());
  });
  return {
    page,
    context,
    complaints,
    goTo: async (path) =>
      void (await page.goto(path.startsWith('http') ? path : `${portalUrl}${path}`)),
    fill: (label, value) =>
      page.getByLabel(label, { exact: typeof label === 'string' }).fill(value),
    press: (button) =>
      page.getByRole('button', { name: button, exact: typeof button === 'string' }).click(),
    follow: (link) =>
      page.getByRole('link', { name: link, exact: typeof link === 'string' }).click(),
    async sees(heading) {
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      const state = await stateOf(page);
      if (isJudged(state)) return;
      expect(await axeFindings(page)).toEqual([]);
      markJudged(state);
    },
    seesNotice: (words) =>
      page
        .locator('.pa-summary, [role=alert], [role=status]')
        .filter({ hasText: words })
        .first()
        .waitFor(),
    async keepScreenshot(name) {
      if (process.env.KEEP_SCREENSHOTS === undefined) return;
      for (const [suffix, size] of [
        ['', DESKTOP],
        ['-phone', PHONE],
      ] as const) {
        await page.setViewportSize(size);
        await page.evaluate(() => window.scrollTo(0, 0));
        await page.screenshot({
          path: `${SCREENSHOTS}/${name}${suffix}.png`,
          animations: 'disabled',
          caret: 'hide',
        });
      }
      await page.setViewportSize(viewport);
    },
    async letTimePass(seconds) {
      await page.clock.install();
      await page.clock.fastForward(seconds * 1000);
    },
    anotherTab: () => visitorIn(context, portalUrl, viewport, complaints),
    leave: () => context.close(),
  };
}

/** States of screens that axe has judged in this run, in whatever file. */
function isJudged(state: string): boolean {
  return existsSync(markOf(state));
}

function markJudged(state: string): void {
  writeFileSync(markOf(state), state);
}

function markOf(state: string): string {
  const name = createHash('sha256').update(state).digest('hex');
  return join(process.env[JUDGED] ?? '', name);
}

/**
 * Identifies the state of a screen by its address, heading, alerts, dialogs and form faults. A page
 * that is just left is looked at again once the next one is there.
 */
async function stateOf(page: Page): Promise<string> {
  try {
    return await stateNow(page);
  } catch (error) {
    if (!/context was destroyed/.test((error as Error).message)) throw error;
    await page.waitForLoadState('domcontentloaded');
    return stateNow(page);
  }
}

function stateNow(page: Page): Promise<string> {
  return page.evaluate(() => {
    const count = (selector: string): number => document.querySelectorAll(selector).length;
    return [
      document.documentElement.lang,
      window.innerWidth,
      matchMedia('(prefers-color-scheme: dark)').matches,
      matchMedia('(forced-colors: active)').matches,
      location.pathname,
      document.querySelector('h1')?.textContent,
      document.querySelector('.pa-strength__text')?.textContent,
      count('.pa-match'),
      count('.pa-summary'),
      count('[role=alert]'),
      count('[role=status] .usa-alert'),
      count('dialog[open]'),
      count('[aria-invalid]'),
      count('[aria-disabled]'),
      count('button'),
      count('input'),
    ].join('|');
  });
}

/** `rule: element` of everything that axe-core finds against WCAG 2.2 A and AA. */
export async function axeFindings(page: Page): Promise<string[]> {
  // The portal's screens share a document, in which axe stays.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    async (rules) =>
      await (
        window as unknown as {
          axe: { run: (context: Document, options: object) => Promise<AxeResults> };
        }
      ).axe.run(document, { runOnly: rules, resultTypes: ['violations'] }),
    RULES,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) =>
        `${id}: ${html.slice(0, 120)} (${failureSummary?.slice(0, 200)})`,
    ),
  );
}

/** Nothing of the page is wider than the window. */
export async function overflow(page: Page): Promise<number> {
  return await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}
