import { beforeEach, describe, expect, test } from '@jest/globals';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { PASSWORD, PAT } from './portal-stack.ts';

const NEW_PASSWORD = 'another plain long phrase';

const portal = openPortal();
let pat: PortalVisitor;

async function signIn(
  visitor: PortalVisitor,
  { email, phone }: typeof PAT,
  password = PASSWORD,
): Promise<void> {
  await visitor.goTo('/');
  await visitor.provePassword(email, 'PHONE', password);
  await visitor.enterCode(await visitor.codeAfter('Send Code', phone));
  await visitor.sees(/^Welcome/);
}

beforeEach(async () => {
  await portal.reset();
  pat = await portal.visit();
  await signIn(pat, PAT);
});

async function open(row: string): Promise<void> {
  await pat.goTo('/account');
  await pat.sees('My account');
  await pat.follow(row);
}

describe('a change of the password', () => {
  async function fill(current: string, password: string, confirmation = password): Promise<void> {
    await pat.fill('Current password', current);
    await pat.fill('New password', password);
    await pat.fill('Confirm new password', confirmation);
    await pat.press('Change password');
  }

  test('keeps this browser signed in, and ends the other ones', async () => {
    const elsewhere = await portal.visit();
    await portal.moveClock(16);
    await signIn(elsewhere, PAT);
    await open('Change: Password');
    await pat.sees('Change your password');
    await pat.keepScreenshot('change-password');
    await fill(PASSWORD, NEW_PASSWORD);
    await pat.seesNotice('Your password is changed.');
    await pat.sees('My account');
    expect(await tokensIn(pat)).toBe(1);
    await pat.goTo('/home');
    await pat.sees('Welcome, Pat');
    await elsewhere.goTo('/account');
    await elsewhere.sees(/Login options|You were signed out/);
    await portal.moveClock(16);
    await signIn(elsewhere, PAT, NEW_PASSWORD);
  });

  test('names what is wrong, and keeps what was typed', async () => {
    await open('Change: Password');
    await fill('', 'short', 'other');
    await pat.seesNotice('Enter your password');
    await pat.sees('Change your password');
    await fill('not this one', NEW_PASSWORD);
    await pat.seesNotice('The current password is not correct.');
    expect(await pat.page.getByLabel('New password', { exact: true }).inputValue()).toBe(
      NEW_PASSWORD,
    );
    await fill(PASSWORD, 'password123');
    await pat.seesNotice('This password is too easy to guess');
    await fill(PASSWORD, NEW_PASSWORD);
    await pat.seesNotice('Your password is changed.');
  });

  test('leads to the sign-in page where the ticket cannot be used', async () => {
    await open('Change: Password');
    await pat.page.route('**/*', async (route) => {
      const isCognito = route.request().headers()['x-amz-target']?.includes('InitiateAuth');
      await (isCognito === true ? route.abort() : route.continue());
    });
    await fill(PASSWORD, NEW_PASSWORD);
    await pat.sees('Sign in with your email address');
    await pat.seesNotice('We could not reach the service');
    expect(await pat.page.getByLabel('Email address').inputValue()).toBe(PAT.email);
  });
});

/** How many access tokens the tab keeps. */
const tokensIn = (visitor: PortalVisitor): Promise<number> =>
  visitor.page.evaluate(
    () => Object.keys(sessionStorage).filter((key) => key.endsWith('.accessToken')).length,
  );

test('recent activity is in words, with more on demand', async () => {
  await open('View: Recent activity');
  await pat.sees('Recent activity');
  await pat.page.getByText('Signed in (phone)').waitFor();
  await pat.page.getByRole('cell', { name: 'You' }).first().waitFor();
  await pat.keepScreenshot('recent-activity');
});
