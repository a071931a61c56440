import { beforeEach, describe, expect, test } from '@jest/globals';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { PAT, PASSWORD, wrongCode } from './portal-stack.ts';

const LEE = 'lee.admin@lakeside.example';

const portal = openPortal();
let visitor: PortalVisitor;
beforeEach(async () => {
  visitor = await portal.visit();
  await visitor.goTo('/');
});

/** From the form for a forgotten password through the code by e-mail. */
async function proveEmail(email: string): Promise<void> {
  await visitor.goTo('/password-reset');
  await visitor.fill('Email address', email);
  await visitor.enterCode(await visitor.codeAfter('Send Verification Code', email));
  await visitor.press('Continue');
}

async function askForCall(): Promise<void> {
  await visitor.press('Call Me');
  await visitor.sees('Answer the call');
}

async function choosePassword(password: string): Promise<void> {
  await visitor.sees('Choose a new password');
  await visitor.fill('New password', password);
  await visitor.fill('Confirm new password', password);
  await visitor.press('Continue');
}

async function signInByEmail(email: string, password: string, name: string): Promise<void> {
  await visitor.provePassword(email, 'EMAIL', password);
  await visitor.sees('Verify your email address');
  await visitor.enterCode(await visitor.codeAfter('Send Verification Code', email));
  await visitor.press('Continue');
  await visitor.sees(`Welcome, ${name}`);
}

describe('a forgotten password', () => {
  test('of a phone user takes both factors, by text message, and ends at home', async () => {
    await visitor.goTo('/password-reset');
    await visitor.sees('Reset your password');
    await visitor.fill('Email address', PAT.email);
    const code = await visitor.codeAfter('Send Verification Code', PAT.email);
    await visitor.sees('Enter the code from your email');
    await visitor.enterCode(wrongCode(code));
    await visitor.seesNotice('The code is not right');
    await visitor.enterCode(code);
    await visitor.sees('Your email address is verified');
    await visitor.press('Continue');
    await visitor.sees('Verify your phone');
    await visitor.page.reload();
    await visitor.sees('Verify your phone');
    await visitor.keepScreenshot('reset-phone');
    await visitor.enterCode(await visitor.codeAfter('Send Code', PAT.phone));
    await choosePassword('another plain long phrase');
    await visitor.sees('Welcome, Pat');
    await visitor.press('Sign out');
    await proveEmail(PAT.email);
    await visitor.enterCode(await visitor.codeAfter('Send Code', PAT.phone));
    await choosePassword(PASSWORD);
    await visitor.sees('Welcome, Pat');
  });

  test('of a phone user works by a call, too', async () => {
    await proveEmail(PAT.email);
    await askForCall();
    await portal.stack.answerCall(PAT.phone, '#');
    await choosePassword(PASSWORD);
    await visitor.sees('Welcome, Pat');
  });

  test('of an e-mail user takes the e-mail address alone', async () => {
    await proveEmail(LEE);
    await choosePassword(PASSWORD);
    await visitor.sees('Welcome, Lee');
  });

  test('accepts a text message instead of the call, and refuses a weak password', async () => {
    await proveEmail(PAT.email);
    await askForCall();
    await portal.moveClock(61);
    await visitor.seesNotice('Nobody answered the call.');
    const code = await visitor.codeAfter('Send a code instead', PAT.phone);
    await portal.moveClock(301);
    await visitor.enterCode(code);
    await visitor.seesNotice('The code has expired');
    await visitor.enterCode(await visitor.anotherCode(PAT.phone));
    await choosePassword('password123');
    await visitor.seesNotice('This password is too easy to guess');
    await choosePassword(PASSWORD);
    await visitor.sees('Welcome, Pat');
  });

  test('that its owner did not request ends when 9 is pressed', async () => {
    await proveEmail(PAT.email);
    await askForCall();
    await portal.stack.answerCall(PAT.phone, '9');
    await visitor.sees('The call was rejected');
    await visitor.follow('Reset your password');
    await visitor.sees('Reset your password');
  });

  test('of an unknown address looks the same, and refuses every code', async () => {
    await visitor.goTo('/password-reset');
    await visitor.fill('Email address', 'nobody@cedargrove.example');
    await visitor.press('Send Verification Code');
    await visitor.sees('Enter the code from your email');
    await visitor.enterCode('123456');
    await visitor.seesNotice('The code is not right');
  });
});

describe('Remember Me', () => {
  const isHome = () => visitor.sees('Welcome, Lee');

  test('signs in without password and code until it is unticked', async () => {
    await visitor.page.getByText('Remember Me', { exact: true }).click();
    await signInByEmail(LEE, PASSWORD, 'Lee');
    await visitor.follow('My account');
    await visitor.follow('Manage: Remembered devices');
    await visitor.sees('Security and devices');
    await visitor.keepScreenshot('remembered-devices');
    await visitor.press('Sign out');
    await visitor.goTo('/');
    await visitor.sees('Login options');
    expect(await visitor.page.getByLabel('Remember Me').isChecked()).toBe(true);
    await visitor.press('LOGIN WITH EMAIL');
    await isHome();
    await visitor.page.getByText(/^Your sign-in before this one: .*, with email$/).waitFor();
    await visitor.press('Sign out');
    await visitor.goTo('/');
    await visitor.press('LOGIN WITH PHONE');
    await visitor.sees('Sign in with your email address');
    await visitor.goTo('/');
    await visitor.page.getByText('Remember Me', { exact: true }).click();
    await visitor.press('LOGIN WITH EMAIL');
    await visitor.sees('Sign in with your email address');
    await visitor.goTo('/');
    expect(await visitor.page.getByLabel('Remember Me').isChecked()).toBe(false);
  });

  test('ends after four hours with a message, and asks for the password', async () => {
    await visitor.page.getByText('Remember Me', { exact: true }).click();
    await signInByEmail(LEE, PASSWORD, 'Lee');
    await visitor.press('Sign out');
    await portal.moveClock(4 * 3600 + 1);
    await visitor.goTo('/');
    await visitor.press('LOGIN WITH EMAIL');
    await visitor.seesNotice('This browser is no longer remembered');
    await visitor.sees('Sign in with your email address');
    expect(await visitor.page.getByLabel('Email address').inputValue()).toBe(LEE);
  });

  test('of a phone login survives a restart, for that login option only', async () => {
    const profile = await portal.profile();
    const before = await profile.open();
    await before.goTo('/');
    await before.page.getByText('Remember Me', { exact: true }).click();
    await before.provePassword(PAT.email, 'PHONE');
    await before.enterCode(await before.codeAfter('Send Code', PAT.phone));
    await before.sees('Welcome, Pat');
    await before.leave();
    const after = await profile.open();
    await after.goTo('/home');
    await after.sees('Login options');
    await after.press('LOGIN WITH EMAIL');
    await after.sees('Sign in with your email address');
    await after.goTo('/');
    await after.press('LOGIN WITH PHONE');
    await after.sees('Welcome, Pat');
  });

  test('keeps the key non-extractable', async () => {
    await visitor.page.getByText('Remember Me', { exact: true }).click();
    await signInByEmail(LEE, PASSWORD, 'Lee');
    const kept = await visitor.page.evaluate(async () => {
      const opening = indexedDB.open('portal-auth');
      const database = await new Promise<IDBDatabase>((resolve) => {
        opening.onsuccess = () => resolve(opening.result);
      });
      const reading = database
        .transaction('remembered-device')
        .objectStore('remembered-device')
        .get('this-device');
      const record = await new Promise<{ key: CryptoKey; email: string; loginMethod: string }>(
        (resolve) => {
          reading.onsuccess = () => resolve(reading.result as never);
        },
      );
      return {
        extractable: record.key.extractable,
        email: record.email,
        loginMethod: record.loginMethod,
      };
    });
    expect(kept).toEqual({ extractable: false, email: LEE, loginMethod: 'EMAIL' });
  });

  test('a forgotten device and "sign out everywhere" end it', async () => {
    await visitor.page.getByText('Remember Me', { exact: true }).click();
    await signInByEmail(LEE, PASSWORD, 'Lee');
    await visitor.goTo('/account/devices');
    await visitor.sees('Security and devices');
    await visitor.page
      .getByRole('button', { name: /^Forget/ })
      .first()
      .waitFor();
    await visitor.page.getByText('Chrome, Linux').first().waitFor();
    for (
      let devices = await visitor.page.getByRole('button', { name: /^Forget/ }).count();
      devices > 0;
      devices -= 1
    ) {
      await visitor.page
        .getByRole('button', { name: /^Forget/ })
        .first()
        .click();
      await visitor.page.waitForFunction(
        (left) => document.querySelectorAll('.pa-list__item').length === left,
        devices - 1,
      );
    }
    await visitor.page.getByText('No device is remembered.').waitFor();
    await visitor.press('Sign out everywhere');
    await visitor.page
      .getByRole('dialog')
      .getByRole('button', { name: 'Sign out everywhere' })
      .click();
    await visitor.sees('You are signed out');
    await visitor.goTo('/home');
    await visitor.sees('Login options');
  });
});
