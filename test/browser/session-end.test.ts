import { beforeEach, describe, expect, test } from '@jest/globals';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { ADA, PAT } from './portal-stack.ts';
import { DESKTOP, PHONE } from './visitor.ts';

const portal = openPortal();
const HOUR = 3600;
beforeEach(async () => portal.reset());

async function signIn(visitor: PortalVisitor, { email, phone }: typeof PAT): Promise<void> {
  await visitor.goTo('/');
  await visitor.provePassword(email, 'PHONE');
  await visitor.enterCode(await visitor.codeAfter('Send Code', phone));
  await visitor.sees(/^Welcome/);
}

describe.each([
  ['a desktop', DESKTOP],
  ['a phone', PHONE],
])('on %s', (_what, viewport) => {
  test('a session warns five minutes before its end, and says that it has ended', async () => {
    const visitor = await portal.visit({ viewport });
    await signIn(visitor, PAT);
    await visitor.page.clock.install();
    await portal.moveClock(4 * HOUR - 240);
    await visitor.goTo('/account/devices');
    await visitor.seesNotice('You will be signed out at');
    await visitor.sees('Security and devices');
    await visitor.page.clock.fastForward(241_000);
    await visitor.sees('You were signed out');
    await visitor.keepScreenshot('signed-out-by-time');
  });

  test('a remembered browser is forgotten by one press after signing out', async () => {
    const visitor = await portal.visit({ viewport });
    await visitor.goTo('/');
    await visitor.page.getByText('Remember Me', { exact: true }).click();
    await signIn(visitor, PAT);
    await visitor.press('Sign out');
    await visitor.sees('You are signed out');
    await visitor.page.getByText('This browser is remembered until').waitFor();
    await visitor.keepScreenshot('signed-out');
    await visitor.press('Forget this browser');
    await visitor.seesNotice('This browser is forgotten');
    await visitor.sees('You are signed out');
    await visitor.follow('Back to login options');
    await visitor.press('LOGIN WITH PHONE');
    await visitor.sees('Sign in with your email address');
  });
});

test('a form that is half filled in outlives a lost connection', async () => {
  const visitor = await portal.visit();
  await signIn(visitor, ADA);
  await visitor.goTo('/setup/users/mchen');
  await visitor.sees('M. Chen');
  await visitor.fill('New email address', 'm.chen@cedargrove.example');
  await visitor.context.setOffline(true);
  await visitor.press('Correct the address');
  await visitor.seesNotice('We could not reach the service');
  expect(await visitor.page.getByLabel('New email address').inputValue()).toBe(
    'm.chen@cedargrove.example',
  );
  await visitor.context.setOffline(false);
});

describe('home', () => {
  test('shows the tiles of the role, and the sign-in before this one', async () => {
    const pat = await portal.visit();
    await signIn(pat, PAT);
    await pat.page.getByText('This is your first sign-in.').waitFor();
    await pat.page.getByRole('link', { name: /^Cases/ }).waitFor();
    expect(await pat.page.getByRole('link', { name: /^Reports/ }).count()).toBe(0);
    await pat.press('Sign out');
    await portal.moveClock(16);
    await signIn(pat, PAT);
    await pat.page.getByText('Your sign-in before this one').waitFor();
    const ada = await portal.visit({ viewport: PHONE });
    await signIn(ada, ADA);
    await ada.page.getByRole('link', { name: /^Reports/ }).waitFor();
    await ada.page.getByText('Need help? Call').waitFor();
  });
});
