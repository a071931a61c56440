import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { codeIn, PASSWORD, startPortalStack, wrongCode, type PortalStack } from './portal-stack.ts';
import { openBrowser, visit, type Visitor } from './visitor.ts';

const PAT = { email: 'pat.phone@cedargrove.example', phone: '+12025550143' };
const ADA = { email: 'ada.admin@cedargrove.example', phone: '+12025550144' };

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
  await stack.local('DELETE', 'faults');
  await stack.local('POST', 'clock', { advanceSeconds: 61 * 60 });
});

async function provePassword({ email }: { email: string }): Promise<void> {
  await visitor.press('LOGIN WITH PHONE');
  await visitor.fill('Email address', email);
  await visitor.fill('Password', PASSWORD);
  await visitor.press('Sign in');
}

async function textedCode(phone: string, press = 'Send Code'): Promise<string> {
  const before = await stack.newestMessage(phone);
  await visitor.press(press);
  return codeIn(await stack.newMessage(phone, before));
}

async function enter(code: string): Promise<void> {
  await visitor.fill('Verification code', code);
  await visitor.press('Verify Code');
}

async function signIn(person: { email: string; phone: string }): Promise<void> {
  await provePassword(person);
  await enter(await textedCode(person.phone));
  await visitor.sees(/^Welcome/);
}

describe('codes', () => {
  test('the fifth wrong one kills the code, and a new one passes', async () => {
    await provePassword(PAT);
    const code = await textedCode(PAT.phone);
    for (const left of ['4 attempts', '3 attempts', '2 attempts', '1 attempt']) {
      await enter(wrongCode(code));
      await visitor.page.getByText(`${left} left`, { exact: true }).waitFor();
    }
    await enter(wrongCode(code));
    await visitor.isTold('entered wrong too often');
    await visitor.sees('Enter the code from your phone');
    await visitor.page.getByText('No message?').waitFor();
    await stack.local('POST', 'clock', { advanceSeconds: 16 });
    await enter(await textedCode(PAT.phone, 'Send new code'));
    await visitor.sees('Welcome, Pat');
  });

  test('letters are no code: the form says so, and no attempt is spent', async () => {
    await provePassword(PAT);
    const code = await textedCode(PAT.phone);
    await enter('12a');
    await visitor.page.getByText('Enter the 6 digits of the code').waitFor();
    await enter(`${code.slice(0, 3)} ${code.slice(3)}`);
    await visitor.sees('Welcome, Pat');
  });
});

describe('the network', () => {
  test('a lost connection is told, and the same step works once it is back', async () => {
    await provePassword(PAT);
    const code = await textedCode(PAT.phone);
    await visitor.context.setOffline(true);
    await enter(code);
    await visitor.isTold('We could not reach the service');
    await visitor.context.setOffline(false);
    await enter(code);
    await visitor.sees('Welcome, Pat');
  });

  test('a service that fails is told with what to do, and the page can be tried again', async () => {
    await signIn(PAT);
    await stack.local('POST', 'faults', { service: 'dynamodb', function: 'me', times: 12 });
    await visitor.goTo('/account');
    await visitor.isTold(/Try again in a minute|could not reach/);
    await stack.local('DELETE', 'faults');
    await visitor.press('Try again');
    await visitor.sees('Security and devices');
  });
});

describe('a session', () => {
  test('goes on when its access token has run out, and ends four hours after the factor', async () => {
    await signIn(PAT);
    await stack.local('POST', 'clock', { advanceSeconds: 16 * 60 });
    await visitor.follow('My account');
    await visitor.sees('Security and devices');
    await visitor.page.getByText('No device is remembered.').waitFor();
    await stack.local('POST', 'clock', { advanceSeconds: 4 * 3600 });
    await visitor.follow('Home');
    await visitor.sees('Login options');
  });

  test('that another device ended everywhere ends here, too', async () => {
    await signIn(PAT);
    const other = await visit(browser, stack.portalUrl);
    const here = visitor;
    visitor = other;
    await visitor.goTo('/');
    await stack.local('POST', 'clock', { advanceSeconds: 16 });
    await signIn(PAT);
    await visitor.goTo('/account');
    await visitor.press('Sign out everywhere');
    await visitor.page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await visitor.sees('You are signed out');
    await visitor.leave();
    visitor = here;
    await visitor.follow('My account');
    await visitor.sees('Login options');
  });
});

test('a standard user finds no administration, not even by its address', async () => {
  await signIn(PAT);
  expect(await visitor.page.getByRole('button', { name: 'Setup' }).count()).toBe(0);
  await visitor.goTo('/setup/users');
  await visitor.isTold('You are not allowed to do this');
});

test('a disabled account says whom to ask', async () => {
  await signIn(ADA);
  await visitor.goTo('/setup/users/pphone');
  await visitor.press('Disable user');
  await visitor.page.getByRole('dialog').getByRole('button', { name: 'Disable user' }).click();
  await visitor.isTold('is disabled');
  await visitor.press('Sign out');
  await visitor.goTo('/');
  await provePassword(PAT);
  await visitor.sees('Your registration is not complete');
  await visitor.page.getByText('ask the administrator of your provider').waitFor();
});
