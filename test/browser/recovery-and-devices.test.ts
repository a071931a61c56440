import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { codeIn, PASSWORD, startPortalStack, wrongCode, type PortalStack } from './portal-stack.ts';
import { openBrowser, visit, type Visitor } from './visitor.ts';

const PAT = { email: 'pat.phone@cedargrove.example', phone: '+12025550143' };
const LEE = 'lee.admin@lakeside.example';

let stack: PortalStack;
let browser: Browser;
let visitor: Visitor;
beforeAll(async () => {
  [stack, browser] = await Promise.all([startPortalStack(), openBrowser()]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), stack?.stop()]);
});
beforeEach(async () => {
  visitor = await visit(browser, stack.portalUrl);
  await visitor.goTo('/');
});
afterEach(async () => {
  expect(visitor.complaints).toEqual([]);
  await visitor.leave();
  await stack.local('POST', 'clock', { advanceSeconds: 16 * 60 });
});

async function codeAfter(to: string, press: string): Promise<string> {
  const before = await stack.newestMessage(to);
  await visitor.press(press);
  return codeIn(await stack.newMessage(to, before));
}

async function enter(code: string): Promise<void> {
  await visitor.fill('Verification code', code);
  await visitor.press('Verify Code');
}

async function choosePassword(password: string): Promise<void> {
  await visitor.sees('Choose a new password');
  await visitor.fill('New password', password);
  await visitor.fill('Confirm new password', password);
  await visitor.press('Continue');
}

async function signInByEmail(email: string, password: string, name: string): Promise<void> {
  await visitor.press('LOGIN WITH EMAIL');
  await visitor.fill('Email address', email);
  await visitor.fill('Password', password);
  await visitor.press('Sign in');
  await visitor.sees('Verify your email address');
  await enter(await codeAfter(email, 'Send Verification Code'));
  await visitor.press('Continue');
  await visitor.sees(`Welcome, ${name}`);
}

describe('a forgotten password', () => {
  test('of a phone user takes both factors, by text message, and ends at home', async () => {
    await visitor.goTo('/password-reset');
    await visitor.sees('Reset your password');
    await visitor.fill('Email address', PAT.email);
    const code = await codeAfter(PAT.email, 'Send Verification Code');
    await visitor.sees('Enter the code from your email');
    await enter(wrongCode(code));
    await visitor.isTold('The code is not right');
    await enter(code);
    await visitor.sees('Your email address is verified');
    await visitor.press('Continue');
    await visitor.sees('Verify your phone');
    await visitor.page.reload();
    await visitor.sees('Verify your phone');
    await visitor.keepScreenshot('reset-phone');
    await enter(await codeAfter(PAT.phone, 'Send Code'));
    await choosePassword('another plain long phrase');
    await visitor.sees('Welcome, Pat');
  });

  test('of a phone user works by a call, too', async () => {
    await visitor.goTo('/password-reset');
    await visitor.fill('Email address', PAT.email);
    await enter(await codeAfter(PAT.email, 'Send Verification Code'));
    await visitor.press('Continue');
    await visitor.press('Call Me');
    await visitor.sees('Answer the call');
    await stack.answerCall(PAT.phone, '#');
    await choosePassword(PASSWORD);
    await visitor.sees('Welcome, Pat');
  });

  test('of an e-mail user takes the e-mail address alone', async () => {
    await visitor.goTo('/password-reset');
    await visitor.fill('Email address', LEE);
    await enter(await codeAfter(LEE, 'Send Verification Code'));
    await visitor.press('Continue');
    await choosePassword(PASSWORD);
    await visitor.sees('Welcome, Lee');
  });

  test('of nobody looks the same, and every code is wrong', async () => {
    await visitor.goTo('/password-reset');
    await visitor.fill('Email address', 'nobody@cedargrove.example');
    await visitor.press('Send Verification Code');
    await visitor.sees('Enter the code from your email');
    await enter('123456');
    await visitor.isTold('The code is not right');
  });
});

describe('Remember Me', () => {
  const isHome = () => visitor.sees('Welcome, Lee');

  test('signs in without password and code until it is unticked', async () => {
    await visitor.page.getByText('Remember Me', { exact: true }).click();
    await signInByEmail(LEE, PASSWORD, 'Lee');
    await visitor.follow('My account');
    await visitor.sees('Security and devices');
    await visitor.keepScreenshot('remembered-devices');
    await visitor.press('Sign out');
    await visitor.goTo('/');
    await visitor.sees('Login options');
    expect(await visitor.page.getByLabel('Remember Me').isChecked()).toBe(true);
    await visitor.press('LOGIN WITH EMAIL');
    await isHome();
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

  test('ends after four hours, says so, and asks for the password', async () => {
    await visitor.page.getByText('Remember Me', { exact: true }).click();
    await signInByEmail(LEE, PASSWORD, 'Lee');
    await visitor.press('Sign out');
    await stack.local('POST', 'clock', { advanceSeconds: 4 * 3600 + 1 });
    await visitor.goTo('/');
    await visitor.press('LOGIN WITH EMAIL');
    await visitor.isTold('This browser is no longer remembered');
    await visitor.sees('Sign in with your email address');
    expect(await visitor.page.getByLabel('Email address').inputValue()).toBe(LEE);
  });

  test('keeps the key where nobody can read it', async () => {
    await visitor.page.getByText('Remember Me', { exact: true }).click();
    await signInByEmail(LEE, PASSWORD, 'Lee');
    const kept = await visitor.page.evaluate(async () => {
      const opening = indexedDB.open('portal-auth');
      const database = await new Promise<IDBDatabase>((resolve) => { opening.onsuccess = () => resolve(opening.result); });
      const reading = database.transaction('remembered-device').objectStore('remembered-device').get('this-device');
      const record = await new Promise<{ key: CryptoKey; email: string; loginMethod: string }>((resolve) => { reading.onsuccess = () => resolve(reading.result as never); });
      return { extractable: record.key.extractable, email: record.email, loginMethod: record.loginMethod };
    });
    expect(kept).toEqual({ extractable: false, email: LEE, loginMethod: 'EMAIL' });
  });

  test('a forgotten device and "sign out everywhere" end it', async () => {
    await visitor.page.getByText('Remember Me', { exact: true }).click();
    await signInByEmail(LEE, PASSWORD, 'Lee');
    await visitor.goTo('/account');
    await visitor.sees('Security and devices');
    await visitor.page.getByRole('button', { name: /^Forget/ }).first().waitFor();
    for (let devices = await visitor.page.getByRole('button', { name: /^Forget/ }).count(); devices > 0; devices -= 1) {
      await visitor.page.getByRole('button', { name: /^Forget/ }).first().click();
      await visitor.page.waitForFunction((left) => document.querySelectorAll('.pa-list__item').length === left, devices - 1);
    }
    await visitor.page.getByText('No device is remembered.').waitFor();
    await visitor.press('Sign out everywhere');
    await visitor.page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await visitor.sees('You are signed out');
    await visitor.goTo('/home');
    await visitor.sees('Login options');
  });
});
