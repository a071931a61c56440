import { beforeEach, describe, expect, test } from '@jest/globals';
import { openPortal, type PortalVisitor } from './open-portal.ts';

const NEW_PASSWORD = 'four plain unlike words';

const portal = openPortal();
let visitor: PortalVisitor;
beforeEach(async () => {
  await portal.reset();
  visitor = await portal.visit();
  await visitor.goTo('/');
});

async function portalLogin(username: string, password: string): Promise<void> {
  await visitor.goTo('/first-login');
  await visitor.fill('Username', username);
  await visitor.fill('Password', password);
  await visitor.press('Login');
}

describe('a new password', () => {
  test('is judged while it is typed, and pasted without the spaces around it', async () => {
    await portalLogin('jrivera', 'Portal-Pass-2024');
    await visitor.press('EMAIL');
    await visitor.verifyEmail('jrivera@cedargrove.example');
    await visitor.sees('Create a password');
    for (const [password, words] of [
      ['short', 'Too short'],
      ['Jrivera-2026', 'Too easy to guess'],
      ['kx9#Lm2p1', 'Acceptable'],
      [NEW_PASSWORD, 'Strong'],
    ] as const) {
      await visitor.fill('New password', password);
      await visitor.seesNotice(`Password strength: ${words}`);
      await visitor.sees('Create a password');
    }
    await visitor.keepScreenshot('password-strength');
    for (const field of ['New password', 'Confirm new password']) {
      await visitor.fill(field, '');
      await visitor.page.getByLabel(field, { exact: true }).evaluate((input) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text', ' a pasted phrase of words\n');
        input.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
        );
      });
      expect(await visitor.page.getByLabel(field, { exact: true }).inputValue()).toBe(
        'a pasted phrase of words',
      );
    }
    await visitor.press('Create');
    await visitor.sees('Terms of Use Agreement');
  });

  test('loads the dictionaries of the estimate only where it is set', async () => {
    const loaded: string[] = [];
    visitor.page.on('request', (request) => loaded.push(request.url()));
    const isLoaded = () => loaded.some((url) => url.includes('password-estimator'));
    await visitor.goTo('/sign-in/phone');
    await visitor.sees('Sign in with your email address');
    await visitor.goTo('/');
    await portalLogin('mchen', 'Portal-Pass-2025');
    await visitor.press('EMAIL');
    await visitor.sees('Your work email address');
    expect(isLoaded()).toBe(false);
    await visitor.verifyEmail('m.chen@cedargrove.example');
    await visitor.sees('Create a password');
    await visitor.fill('New password', NEW_PASSWORD);
    await visitor.seesNotice('Password strength: Strong');
    expect(isLoaded()).toBe(true);
  });
});

describe('a registration that was left after its password', () => {
  const EMAIL = 'jrivera@cedargrove.example';

  beforeEach(async () => {
    await portalLogin('jrivera', 'Portal-Pass-2024');
    await visitor.press('PHONE');
    await visitor.verifyEmail(EMAIL);
    await visitor.createPassword(NEW_PASSWORD);
    await visitor.sees('Your phone number');
    visitor = await portal.visit();
    await portal.moveClock(16);
    await visitor.goTo('/');
  });

  test('goes on with the verified address, by the new password', async () => {
    await portalLogin('jrivera', NEW_PASSWORD);
    await visitor.sees('Your work email address');
    await visitor.page.getByText('j***@cedargrove.example').waitFor();
    await visitor.keepScreenshot('enter-email-again');
    await visitor.fill('Work email address', 'j.other@cedargrove.example');
    await visitor.press('Send Verification Code');
    await visitor.seesNotice('The address on record is j***@cedargrove.example.');
    await visitor.verifyEmail(EMAIL);
    await visitor.sees('Your phone number');
    await visitor.fill('Phone number', '202 555 0114');
    await visitor.enterCode(await visitor.codeAfter('Send Code', '+12025550114'));
    await visitor.acceptTerms();
    await visitor.sees('Welcome, J.');
  });

  test('goes on at the phone by a mailed link, and signs in at its end', async () => {
    await visitor.goTo('/incomplete-registration');
    await visitor.fill('Email address', EMAIL);
    await visitor.fill('Password', NEW_PASSWORD);
    await visitor.press('Submit');
    await visitor.sees('Check your email');
    await visitor.openLink(await portal.stack.newLink(EMAIL));
    await visitor.sees('Your phone number');
    await visitor.fill('Phone number', '202 555 0114');
    await visitor.enterCode(await visitor.codeAfter('Send Code', '+12025550114'));
    await visitor.acceptTerms();
    await visitor.sees('Welcome, J.');
  });
});
