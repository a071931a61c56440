/**
 * What the tests of a file share: the portal with its stack, a browser, and new visitors in each
 * test.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { chromium, type Browser } from 'playwright-core';
import { sharedInWorker } from '../shared/shared.ts';
import {
  PASSWORD,
  portalStackAt,
  RESEND_AFTER_SECONDS,
  startPortalStack,
  type PortalAddresses,
  type PortalStack,
} from './portal-stack.ts';
import type { SharedPortal } from './set-up.ts';
import { visit, visitWithProfile, type Visitor, type VisitorOptions } from './visitor.ts';

export interface OpenPortal {
  readonly stack: PortalStack;
  /**
   * A person with a browser of their own until the end of the test. The test fails if the browser
   * reports a complaint.
   */
  visit: (options?: VisitorOptions) => Promise<PortalVisitor>;
  /** A browser that keeps its data when it is closed and opened again. */
  profile: () => Promise<Profile>;
  moveClock: (seconds: number) => Promise<void>;
  /** Makes the stack as it was at its start. */
  reset: () => Promise<void>;
}

interface Profile {
  open: () => Promise<PortalVisitor>;
}

/** A visitor with a mailbox and a phone. */
export interface PortalVisitor extends Visitor {
  /** Signs in from the login options through the password. */
  provePassword: (email: string, option: 'PHONE' | 'EMAIL', password?: string) => Promise<void>;
  /** Presses the button that sends a code, and reads the code where it arrives. */
  codeAfter: (button: string, to: string) => Promise<string>;
  /** Waits until another code may be sent, has it sent, and reads it where it arrives. */
  anotherCode: (to: string) => Promise<string>;
  enterCode: (code: string) => Promise<void>;
  /** Opens a mailed link, and presses Continue on its page. */
  openLink: (link: string) => Promise<void>;
  /** The steps of a registration. */
  verifyEmail: (email: string) => Promise<void>;
  createPassword: (password: string) => Promise<void>;
  acceptTerms: () => Promise<void>;
}

/** Time between tests, after which every hourly budget starts afresh. */
const PAUSE_SECONDS = 61 * 60;

/**
 * The stack that the files of a worker share, as at its start, or one with settings of its own.
 * @param settings replace those of stage `local`
 * @param without names of settings to remove
 */
export function openPortal(settings?: object, without: string[] = []): OpenPortal {
  let stack: PortalStack;
  let stop = async (): Promise<void> => undefined;
  let browser: Browser;
  let visitors: Visitor[] = [];
  const moveClock = async (seconds: number): Promise<void> =>
    void (await stack.local('POST', 'clock', { advanceSeconds: seconds }));

  const reset = async (): Promise<void> =>
    void (await stack.local('POST', 'reset', { keepEnvironments: true }));

  const welcome = (visitor: Visitor): PortalVisitor => {
    visitors.push(visitor);
    return withMailbox(visitor, stack);
  };

  beforeAll(async () => {
    const { browserUrl, ...ordinary } = await sharedInWorker<SharedPortal>('portal');
    let addresses: PortalAddresses = ordinary;
    if (settings !== undefined) ({ addresses, stop } = await startPortalStack(settings, without));
    stack = portalStackAt(addresses);
    if (settings === undefined) await reset();
    browser = await chromium.connect(browserUrl);
  });
  afterEach(async () => {
    const complaints = visitors.flatMap((visitor) => visitor.complaints);
    await Promise.all(visitors.map((visitor) => visitor.leave()));
    visitors = [];
    await stack.local('DELETE', 'faults');
    await moveClock(PAUSE_SECONDS);
    expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await Promise.all([browser?.close(), stop()]);
  });

  return {
    get stack() {
      return stack;
    },
    visit: async (options) => welcome(await visit(browser, stack.portalUrl, options)),
    async profile() {
      const directory = await mkdtemp(join(tmpdir(), 'profile-'));
      return { open: async () => welcome(await visitWithProfile(directory, stack.portalUrl)) };
    },
    moveClock,
    reset,
  };
}

function withMailbox(visitor: Visitor, stack: PortalStack): PortalVisitor {
  return {
    ...visitor,
    async provePassword(email, option, password = PASSWORD) {
      await visitor.sees('Login options');
      await visitor.press(`LOGIN WITH ${option}`);
      await visitor.sees('Sign in with your email address');
      await visitor.fill('Email address', email);
      await visitor.fill('Password', password);
      await visitor.press('Sign in');
    },
    async codeAfter(button, to) {
      const before = await stack.newestCode(to);
      await visitor.press(button);
      return await stack.newCode(to, before);
    },
    async anotherCode(to) {
      await visitor.letTimePass(RESEND_AFTER_SECONDS);
      const code = await this.codeAfter('Send new code', to);
      // The page empties its field when it hears of the new code.
      await visitor.seesNotice('New code sent to');
      return code;
    },
    async enterCode(code) {
      await visitor.fill('Verification code', code);
      await visitor.press('Verify Code');
    },
    async openLink(link) {
      await visitor.goTo(link);
      await visitor.sees('Complete your registration');
      await visitor.press('Continue');
    },
    async verifyEmail(email) {
      await visitor.sees('Your work email address');
      await visitor.fill('Work email address', email);
      const code = await this.codeAfter('Send Verification Code', email);
      await visitor.sees('Enter the code from your email');
      await this.enterCode(code);
    },
    async createPassword(password) {
      await visitor.sees('Create a password');
      await visitor.fill('New password', password);
      await visitor.fill('Confirm new password', password);
      await visitor.press('Create');
    },
    async acceptTerms() {
      await visitor.sees('Terms of Use Agreement');
      await visitor.page.getByText('I have read and agree').click();
      await visitor.press('Continue');
    },
  };
}
