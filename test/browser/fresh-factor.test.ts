import { beforeEach, describe, expect, test } from '@jest/globals';
import { authenticatorOf } from './authenticator.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { PASSWORD, PAT } from './portal-stack.ts';
import { overflow, PHONE } from './visitor.ts';

const portal = openPortal();
const ELEVEN_MINUTES = 11 * 60;
let pat: PortalVisitor;

beforeEach(async () => {
  await portal.reset();
  pat = await portal.visit();
  await pat.goTo('/');
  await pat.provePassword(PAT.email, 'PHONE');
  await pat.enterCode(await pat.codeAfter('Send Code', PAT.phone));
  await pat.sees('Welcome, Pat');
});

/** The sign-in on the spot, by a text message. */
async function confirm(): Promise<void> {
  await pat.sees('Confirm that it is you');
  await pat.fill('Password', PASSWORD);
  await pat.press('Continue');
  await pat.sees('Verify it’s you');
  await pat.enterCode(await pat.codeAfter('Send Code', PAT.phone));
}

describe('a change after more than ten minutes', () => {
  test('of the password asks for a factor, and goes on with what was typed', async () => {
    await pat.goTo('/account/password');
    await pat.fill('Current password', PASSWORD);
    await pat.fill('New password', 'another plain long phrase');
    await pat.fill('Confirm new password', 'another plain long phrase');
    await portal.moveClock(ELEVEN_MINUTES);
    await pat.press('Change password');
    await pat.sees('Confirm that it is you');
    await pat.keepScreenshot('confirm-that-it-is-you');
    await pat.page.setViewportSize(PHONE);
    expect(await overflow(pat.page)).toBe(0);
    await confirm();
    await pat.seesNotice('Your password is changed.');
    expect(await pat.page.title()).toMatch(/^My account/);
  });

  test('shows the page as it was where the person gives up, with its title and focus', async () => {
    await pat.goTo('/account/email');
    await pat.fill('New email address', 'pat.new@cedargrove.example');
    await portal.moveClock(ELEVEN_MINUTES);
    await pat.press('Send Verification Code');
    await pat.sees('Confirm that it is you');
    await pat.press('Cancel');
    await pat.seesNotice('Please confirm that it is you before you change this.');
    await pat.sees('Change your email address');
    expect(await pat.page.title()).toMatch(/Change your email address/);
    expect(await pat.page.getByLabel('New email address').inputValue()).toBe(
      'pat.new@cedargrove.example',
    );
    await pat.press('Send Verification Code');
    await pat.sees('Confirm that it is you');
    await pat.follow('Home');
    await pat.sees('Welcome, Pat');
  });

  test('names a wrong password, and ends nothing', async () => {
    await portal.moveClock(ELEVEN_MINUTES);
    await pat.goTo('/account/recovery-codes');
    await pat.press('Make ten codes');
    await pat.sees('Confirm that it is you');
    await pat.press('Continue');
    await pat.seesNotice('Enter your password');
    await pat.fill('Password', 'not this one');
    await pat.press('Continue');
    await pat.seesNotice('The email address or password is not right');
    await confirm();
    await pat.sees('Your recovery codes');
    expect(
      await pat.page.evaluate(
        () => Object.keys(sessionStorage).filter((key) => key.endsWith('.accessToken')).length,
      ),
    ).toBe(1);
  });

  test('is confirmed by a call, and of a removed phone by e-mail', async () => {
    await portal.moveClock(ELEVEN_MINUTES);
    await pat.goTo('/account/phone');
    await pat.press('Remove phone number');
    await pat.page.getByRole('dialog').getByRole('button', { name: 'Remove phone number' }).click();
    await pat.sees('Confirm that it is you');
    await pat.fill('Password', PASSWORD);
    await pat.press('Continue');
    await pat.press('Call Me');
    await pat.sees('Answer the call');
    await portal.stack.answerCall(PAT.phone, '#');
    await pat.seesNotice('Your phone number is removed.');
  });

  test('of passkeys is confirmed by a passkey of this account', async () => {
    const device = await authenticatorOf(pat);
    await portal.moveClock(ELEVEN_MINUTES);
    await pat.goTo('/account/passkeys');
    await pat.fill('Name', 'Work laptop');
    await pat.press('Add a passkey');
    await confirm();
    await pat.seesNotice('The passkey Work laptop is added.');
    expect(await device.passkeys()).toHaveLength(1);
    await portal.moveClock(ELEVEN_MINUTES);
    await pat.press('Rename Work laptop');
    await pat.page.getByRole('textbox', { name: 'Rename Work laptop' }).fill('Ward 3');
    await pat.press('Save');
    await pat.press('Use a passkey instead');
    await pat.seesNotice('The passkey is now called Ward 3.');
    await portal.moveClock(ELEVEN_MINUTES);
    await pat.press('Remove Ward 3');
    await pat.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await device.recognizes(false);
    await pat.press('Use a passkey instead');
    await pat.seesNotice('No passkey was used');
    await device.recognizes(true);
    await pat.press('Use a passkey instead');
    await pat.seesNotice('The passkey Ward 3 is removed.');
  });

  test('takes no passkey of another account', async () => {
    const device = await authenticatorOf(pat);
    await pat.goTo('/account/passkeys');
    await pat.fill('Name', 'Pat’s laptop');
    await pat.press('Add a passkey');
    await pat.seesNotice('is added');
    const lee = await portal.visit();
    await lee.goTo('/');
    await lee.provePassword('lee.admin@lakeside.example', 'EMAIL');
    await lee.enterCode(
      await lee.codeAfter('Send Verification Code', 'lee.admin@lakeside.example'),
    );
    await lee.press('Continue');
    const own = await authenticatorOf(lee);
    await lee.goTo('/account/passkeys');
    await lee.fill('Name', 'Lee’s laptop');
    await lee.press('Add a passkey');
    await lee.seesNotice('is added');
    await own.hold(await device.passkeys());
    await portal.moveClock(ELEVEN_MINUTES);
    await lee.press('Rename Lee’s laptop');
    await lee.press('Save');
    await lee.press('Use a passkey instead');
    await lee.seesNotice('This passkey was not accepted');
    await lee.sees('Confirm that it is you');
  });
});

test('a session of a remembered browser asks for a factor at once', async () => {
  await pat.press('Sign out');
  await pat.goTo('/');
  await pat.page.getByText('Remember Me', { exact: true }).click();
  await portal.moveClock(16);
  await pat.provePassword(PAT.email, 'PHONE');
  await pat.enterCode(await pat.codeAfter('Send Code', PAT.phone));
  await pat.sees('Welcome, Pat');
  await pat.press('Sign out');
  await portal.moveClock(ELEVEN_MINUTES);
  await pat.goTo('/');
  await pat.press('LOGIN WITH PHONE');
  await pat.sees('Welcome, Pat');
  await pat.goTo('/account/recovery-codes');
  await pat.press('Make ten codes');
  await confirm();
  await pat.sees('Your recovery codes');
  await pat.goTo('/account/devices');
  await pat.sees('Security and devices');
  await pat.page.getByRole('button', { name: /^Forget/ }).waitFor();
});
