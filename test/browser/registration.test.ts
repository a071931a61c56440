import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { codeIn, linkIn, startPortalStack, wrongCode, type PortalStack } from './portal-stack.ts';
import { openBrowser, visit, type Visitor } from './visitor.ts';

const NEW_PASSWORD = 'four plain unlike words';

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

async function verifyEmail(email: string): Promise<void> {
  await visitor.sees('Your work email address');
  await visitor.fill('Work email address', email);
  const code = await codeAfter(email, 'Send Verification Code');
  await visitor.sees('Enter the code from your email');
  await visitor.fill('Verification code', code);
  await visitor.press('Verify Code');
}

async function createPassword(): Promise<void> {
  await visitor.sees('Create a password');
  await visitor.fill('New password', NEW_PASSWORD);
  await visitor.fill('Confirm new password', NEW_PASSWORD);
  await visitor.press('Create');
}

async function acceptTerms(): Promise<void> {
  await visitor.sees('Terms of Use Agreement');
  await visitor.page.getByText('I have read and agree').click();
  await visitor.press('Continue');
}

async function portalLogin(username: string, password: string): Promise<void> {
  await visitor.follow('click here');
  await visitor.sees('Login');
  await visitor.fill('Username', username);
  await visitor.fill('Password', password);
  await visitor.press('Login');
}

describe('a current portal user', () => {
  test('registers with a phone: e-mail, password, text message, terms, home', async () => {
    await portalLogin('jrivera', 'wrong-password');
    await visitor.isTold('The username or password is not right');
    await visitor.keepScreenshot('portal-login');
    await visitor.fill('Password', 'Portal-Pass-2024');
    await visitor.press('Login');
    await visitor.sees('Login method');
    await visitor.keepScreenshot('login-method');
    await visitor.press('PHONE');
    await visitor.sees('Your work email address');
    await visitor.fill('Work email address', 'someone@workforce.example');
    await visitor.press('Send Verification Code');
    await visitor.isTold('Employees do not register here');
    await verifyEmail('j.rivera@cedargrove.example');
    await visitor.sees('Create a password');
    await visitor.fill('New password', 'password');
    await visitor.fill('Confirm new password', 'password1');
    await visitor.press('Create');
    await visitor.page.getByText('The two passwords differ').waitFor();
    await visitor.fill('Confirm new password', 'password');
    await visitor.press('Create');
    await visitor.isTold('This password is too common');
    await visitor.keepScreenshot('create-password');
    await createPassword();
    await visitor.sees('Your phone number');
    await visitor.fill('Phone number', '202-555-0111 x12');
    await visitor.press('Send Code');
    await visitor.isTold('Extensions are not supported');
    await visitor.fill('Phone number', '(202) 555-0111');
    await visitor.keepScreenshot('enter-phone');
    const code = await codeAfter('+12025550111', 'Send Code');
    await visitor.sees('Enter the code from your phone');
    await visitor.fill('Verification code', wrongCode(code));
    await visitor.press('Verify Code');
    await visitor.isTold('The code is not right');
    await visitor.page.getByText('4 attempts left').waitFor();
    await visitor.fill('Verification code', code);
    await visitor.press('Verify Code');
    await acceptTerms();
    await visitor.sees('Welcome, J.');
  });

  test('registers with e-mail only, and a reload in the middle goes on where it was', async () => {
    await portalLogin('mchen', 'Portal-Pass-2025');
    await visitor.sees('Login method');
    await visitor.press('EMAIL');
    await visitor.sees('Your work email address');
    await visitor.page.reload();
    await verifyEmail('m.chen@cedargrove.example');
    await visitor.sees('Create a password');
    await visitor.page.reload();
    await createPassword();
    await acceptTerms();
    await visitor.sees('Welcome, M.');
  });

  test('who is registered already is told to sign in', async () => {
    await portalLogin('eemail', 'Correct-Horse-9-Battery');
    await visitor.isTold('Your registration is complete already');
  });
});

describe('a new provider', () => {
  test('registers with NPI and code, corrects the address, follows the link and confirms a call', async () => {
    await visitor.follow('register here');
    await visitor.sees('Register for the portal');
    await visitor.fill(/NPI/, '1234567890');
    await visitor.fill('Registration code', 'CEDAR-7K4M-92QX');
    await visitor.press('Next');
    await visitor.page.getByText('Enter the 10 digits of your NPI').waitFor();
    await visitor.fill(/NPI/, '1234567893');
    await visitor.press('Next');
    await visitor.sees('Your account');
    await visitor.fill('Username', 'nora');
    await visitor.fill('First name', 'Nora');
    await visitor.fill('Last name', 'Niles');
    await visitor.fill('Work email address', 'typo@cedargrove.example');
    await visitor.fill('Phone number', '202 555 0188');
    await visitor.keepScreenshot('account-details');
    await visitor.press('Next');
    await visitor.sees('Registration is complete');
    await visitor.press('Send again or correct the address');
    await visitor.fill('Work email address', 'nora@cedargrove.example');
    await visitor.press('Send the link again');
    await visitor.isTold('We sent a new link');
    await visitor.sees('Registration is complete');
    await visitor.keepScreenshot('registration-complete');
    await visitor.goTo(linkIn(await stack.newMessage('nora@cedargrove.example')));
    await visitor.sees('Login method');
    expect(visitor.page.url()).not.toContain('#');
    await visitor.press('PHONE');
    await verifyEmail('nora@cedargrove.example');
    await createPassword();
    await visitor.sees('Your phone number');
    await visitor.fill('Phone number', '202 555 0188');
    await visitor.press('Call Me');
    await visitor.sees('Answer the call');
    await stack.answerCall('+12025550188', '#');
    await acceptTerms();
    await visitor.sees('Welcome, Nora');
    await visitor.goTo(linkIn(await stack.newMessage('typo@cedargrove.example')));
    await visitor.sees('This link has expired or has been used');
    await visitor.keepScreenshot('link-expired');
    await visitor.follow('Send me a link');
    await visitor.sees('Registration error');
  });

  test('a code that was used leads to Reset by username, which says the same for everybody', async () => {
    await visitor.follow('register here');
    await visitor.fill(/NPI/, '1245319599');
    await visitor.fill('Registration code', 'LAKE-0000-0000');
    await visitor.press('Next');
    await visitor.isTold('The NPI or the registration code is not right');
    await visitor.sees('Register for the portal');
    await visitor.follow('Reset');
    await visitor.sees('Registration error');
    await visitor.fill('Username', 'nobody-at-all');
    await visitor.press('Submit');
    await visitor.sees('Check your email');
  });
});

describe('help', () => {
  test('shows its sections, and leads to the link for an incomplete registration', async () => {
    await visitor.follow('Click here');
    await visitor.sees('Login help');
    await visitor.keepScreenshot('login-help');
    await visitor.page.getByRole('button', { name: 'Remember Me' }).click();
    await visitor.page.getByText('is no longer needed').waitFor();
    await visitor.follow('Click here');
    await visitor.sees('Incomplete registration');
    await visitor.fill('Email address', 'nobody@cedargrove.example');
    await visitor.fill('Password', 'whatever-it-was');
    await visitor.press('Submit');
    await visitor.sees('Check your email');
  });

  test('a link without its token, and an address that does not exist, lead on', async () => {
    await visitor.goTo('/register');
    await visitor.sees('This link is not complete');
    await visitor.goTo('/no-such-page');
    await visitor.sees('This page does not exist');
    await visitor.goTo('/registration');
    await visitor.sees('No registration is open');
  });
});
