import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { codeIn, PASSWORD, startPortalStack, wrongCode, type PortalStack } from './portal-stack.ts';
import { openBrowser, visit, type Visitor } from './visitor.ts';

const PAT = { email: 'pat.phone@cedargrove.example', phone: '+12025550143' };
const ERIN = { email: 'erin.email@cedargrove.example' };

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
  // The budgets of one test are not another's.
  await stack.local('POST', 'clock', { advanceSeconds: 16 * 60 });
});

async function signIn(email: string, button: 'LOGIN WITH PHONE' | 'LOGIN WITH EMAIL', password = PASSWORD): Promise<void> {
  await visitor.sees('Login options');
  await visitor.press(button);
  await visitor.sees('Sign in with your email address');
  await visitor.fill('Email address', email);
  await visitor.fill('Password', password);
  await visitor.press('Sign in');
}

async function textedCode(press: string): Promise<string> {
  const before = await stack.newestMessage(PAT.phone);
  await visitor.press(press);
  return codeIn(await stack.newMessage(PAT.phone, before));
}

async function mailedCode(press: string, to = ERIN.email): Promise<string> {
  const before = await stack.newestMessage(to);
  await visitor.press(press);
  return codeIn(await stack.newMessage(to, before));
}

describe('login with phone', () => {
  test('a code by text message opens the home page, and sign-out closes it', async () => {
    await visitor.keepScreenshot('login-options');
    await signIn(PAT.email, 'LOGIN WITH PHONE');
    await visitor.sees('Verify it’s you');
    await visitor.keepScreenshot('choose-factor');
    const code = await textedCode('Send Code');
    await visitor.sees('Enter the code from your phone');
    await visitor.fill('Verification code', code);
    await visitor.press('Verify Code');
    await visitor.sees('Welcome, Pat');
    await visitor.keepScreenshot('home');
    await visitor.press('Sign out');
    await visitor.sees('You are signed out');
    await visitor.goTo('/home');
    await visitor.sees('Login options');
  });

  test('a wrong code says so and how many attempts are left; the right one still passes, after a reload too', async () => {
    await signIn(PAT.email, 'LOGIN WITH PHONE');
    const code = await textedCode('Send Code');
    await visitor.fill('Verification code', wrongCode(code));
    await visitor.press('Verify Code');
    await visitor.isTold('The code is not right');
    await visitor.sees('Enter the code from your phone');
    expect(await visitor.page.getByText('4 attempts left').count()).toBe(1);
    await visitor.keepScreenshot('wrong-code');
    await visitor.page.reload();
    await visitor.sees('Enter the code from your phone');
    await visitor.fill('Verification code', code);
    await visitor.press('Verify Code');
    await visitor.sees('Welcome, Pat');
  });

  test('an expired code is refused and a new one can be sent', async () => {
    await signIn(PAT.email, 'LOGIN WITH PHONE');
    const code = await textedCode('Send Code');
    await visitor.sees('Enter the code from your phone');
    await stack.local('POST', 'clock', { advanceSeconds: 301 });
    await visitor.fill('Verification code', code);
    await visitor.press('Verify Code');
    await visitor.isTold('The code has expired');
    await visitor.page.getByText('No message?').waitFor();
    const next = await textedCode('Send new code');
    await visitor.fill('Verification code', next);
    await visitor.press('Verify Code');
    await visitor.sees('Welcome, Pat');
  });

  test('a call that is confirmed with # opens the home page by itself', async () => {
    await signIn(PAT.email, 'LOGIN WITH PHONE');
    await visitor.press('Call Me');
    await visitor.sees('Answer the call');
    await visitor.keepScreenshot('call');
    await stack.answerCall(PAT.phone, '#');
    await visitor.sees('Welcome, Pat');
  });

  test('a call that nobody answers leads to another call or to a code', async () => {
    await signIn(PAT.email, 'LOGIN WITH PHONE');
    await visitor.press('Call Me');
    await visitor.sees('Answer the call');
    await stack.local('POST', 'clock', { advanceSeconds: 61 });
    await visitor.isTold('Nobody answered the call.');
    const code = await textedCode('Send a code instead');
    await visitor.fill('Verification code', code);
    await visitor.press('Verify Code');
    await visitor.sees('Welcome, Pat');
  });

  test('an account without a phone is offered its e-mail address', async () => {
    await signIn(ERIN.email, 'LOGIN WITH PHONE');
    await visitor.sees('Verify your email address');
    await visitor.isTold('This account has no phone number');
  });
});

describe('login with email', () => {
  test('a code by e-mail is verified, the terms are accepted, and the home page opens', async () => {
    await signIn(ERIN.email, 'LOGIN WITH EMAIL');
    await visitor.sees('Verify your email address');
    expect(await visitor.page.getByLabel('Email address').inputValue()).toBe(ERIN.email);
    const code = await mailedCode('Send Verification Code');
    await visitor.sees('Enter the code from your email');
    await visitor.keepScreenshot('enter-code');
    await visitor.fill('Verification code', code);
    await visitor.press('Verify Code');
    await visitor.sees('Your email address is verified');
    await visitor.press('Continue');
    await visitor.sees('Terms of Use Agreement');
    await visitor.page.getByRole('button', { name: 'Continue' }).waitFor();
    await visitor.keepScreenshot('terms');
    await visitor.press('Continue');
    await visitor.page.getByText('Check the box to agree').waitFor();
    await visitor.page.getByText('I have read and agree').click();
    await visitor.press('Continue');
    await visitor.sees('Welcome, Erin');
  });

  test('a wrong password is refused, and the form says what to do', async () => {
    await signIn(ERIN.email, 'LOGIN WITH EMAIL', 'not-the-password');
    await visitor.isTold('The email address or password is not right');
    await visitor.sees('Sign in with your email address');
    await visitor.follow('Forgot your password?');
    await visitor.sees('Reset your password');
  });

  test('when the mail cannot be sent, the screen says so and sending again works', async () => {
    await signIn(ERIN.email, 'LOGIN WITH EMAIL');
    await visitor.sees('Verify your email address');
    await stack.local('POST', 'faults', { service: 'ses', times: 1 });
    await visitor.press('Send Verification Code');
    await visitor.isTold('The message could not be sent');
    await stack.local('DELETE', 'faults');
    await stack.local('POST', 'clock', { advanceSeconds: 16 });
    await mailedCode('Send Verification Code');
    await visitor.sees('Enter the code from your email');
  });
});

describe('the session of a tab', () => {
  test('the back button leads out of the sign-in and forward into it again', async () => {
    await signIn(PAT.email, 'LOGIN WITH PHONE');
    await visitor.sees('Verify it’s you');
    await visitor.page.goBack();
    await visitor.sees('Sign in with your email address');
    await visitor.page.goForward();
    await visitor.sees('Verify it’s you');
  });

  test('empty fields are named, and the first one has the focus', async () => {
    await visitor.press('LOGIN WITH EMAIL');
    await visitor.press('Sign in');
    await visitor.page.getByText('Enter an email address in the form').waitFor();
    await visitor.page.getByText('Enter your password').waitFor();
    expect(await visitor.page.evaluate(() => document.activeElement?.id)).toBe('field-email');
  });
});
