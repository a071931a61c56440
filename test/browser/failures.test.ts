import { beforeEach, describe, expect, test } from '@jest/globals';
import { heldBack } from './held-back.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { ADA, PAT, RESEND_AFTER_SECONDS, wrongCode } from './portal-stack.ts';

const portal = openPortal();
let visitor: PortalVisitor;
beforeEach(async () => {
  visitor = await portal.visit();
  await visitor.goTo('/');
});

async function signIn(person: PortalVisitor, { email, phone }: typeof PAT): Promise<void> {
  await person.provePassword(email, 'PHONE');
  await person.enterCode(await person.codeAfter('Send Code', phone));
  await person.sees(/^Welcome/);
}

describe('codes', () => {
  test('the fifth wrong answer invalidates the code, and a new code passes', async () => {
    await visitor.provePassword(PAT.email, 'PHONE');
    const code = await visitor.codeAfter('Send Code', PAT.phone);
    for (const left of ['4 attempts', '3 attempts', '2 attempts', '1 attempt']) {
      await visitor.enterCode(wrongCode(code));
      await visitor.page.getByText(`${left} left`, { exact: true }).waitFor();
    }
    await visitor.enterCode(wrongCode(code));
    await visitor.seesNotice('entered wrong too often');
    await visitor.sees('Enter the code from your phone');
    await portal.moveClock(RESEND_AFTER_SECONDS);
    await visitor.enterCode(await visitor.anotherCode(PAT.phone));
    await visitor.sees('Welcome, Pat');
  });

  test('the form refuses letters as a code without using an attempt', async () => {
    await visitor.provePassword(PAT.email, 'PHONE');
    const code = await visitor.codeAfter('Send Code', PAT.phone);
    await visitor.enterCode('12a');
    await visitor.seesNotice('Enter the 6 digits of the code');
    await visitor.enterCode(`${code.slice(0, 3)} ${code.slice(3)}`);
    await visitor.sees('Welcome, Pat');
  });
});

describe('the network', () => {
  test('a lost connection is reported, and the same step works again afterwards', async () => {
    await visitor.provePassword(PAT.email, 'PHONE');
    const code = await visitor.codeAfter('Send Code', PAT.phone);
    await visitor.context.setOffline(true);
    await visitor.enterCode(code);
    await visitor.seesNotice('We could not reach the service');
    await visitor.context.setOffline(false);
    await visitor.enterCode(code);
    await visitor.sees('Welcome, Pat');
  });

  test('an answer that comes after the person has left the page leads nowhere', async () => {
    // The page that the answer would lead to is loaded, so that it would be there at once.
    await visitor.goTo('/registration');
    await visitor.follow('Use username and password');
    await visitor.fill('Username', 'jrivera');
    await visitor.fill('Password', 'Portal-Pass-2024');
    const { isAsked, letGo } = await heldBack(visitor.page, '**/mfa-registrations');
    await visitor.press('Login');
    await isAsked;
    await visitor.follow('Back');
    await visitor.sees('Login options');
    await letGo();
    expect(new URL(visitor.page.url()).pathname).toBe('/');
  });

  test('an outage is reported with a remedy, and the page can be tried again', async () => {
    await signIn(visitor, PAT);
    await portal.stack.local('POST', 'faults', { service: 'dynamodb', function: 'me', times: 12 });
    await visitor.goTo('/account/devices');
    await visitor.seesNotice(/Try again in a minute|could not reach/);
    await portal.stack.local('DELETE', 'faults');
    await visitor.press('Try again');
    await visitor.sees('Security and devices');
  });
});

describe('a call', () => {
  test('of somebody else to the same number leaves the other ways', async () => {
    await visitor.provePassword(PAT.email, 'PHONE');
    await visitor.press('Call Me');
    await visitor.sees('Answer the call');
    const second = await portal.visit();
    await second.goTo('/');
    await second.provePassword(PAT.email, 'PHONE');
    await second.press('Call Me');
    await second.seesNotice('Another call to this number is under way');
    await second.sees('Verify it’s you');
    await second.keepScreenshot('call-in-progress');
    await second.enterCode(await second.codeAfter('Send Code', PAT.phone));
    await second.sees('Welcome, Pat');
    await portal.stack.answerCall(PAT.phone, '#');
    await visitor.sees('Welcome, Pat');
  });

  test('that was rejected with 9 is followed by none for an hour, but by a text', async () => {
    await visitor.provePassword(PAT.email, 'PHONE');
    await visitor.press('Call Me');
    await visitor.sees('Answer the call');
    await portal.stack.answerCall(PAT.phone, '9');
    await visitor.sees('The call was rejected');
    await portal.moveClock(RESEND_AFTER_SECONDS);
    await visitor.goTo('/');
    await visitor.provePassword(PAT.email, 'PHONE');
    await visitor.press('Call Me');
    await visitor.seesNotice('or the last call was rejected');
    await visitor.enterCode(await visitor.codeAfter('Send Code', PAT.phone));
    await visitor.sees('Welcome, Pat');
  });
});

describe('a session', () => {
  test('survives its access token and ends four hours after the factor', async () => {
    await signIn(visitor, PAT);
    await portal.moveClock(16 * 60);
    await visitor.follow('My account');
    await visitor.follow('Manage: Remembered devices');
    await visitor.sees('Security and devices');
    await visitor.page.getByText('No device is remembered.').waitFor();
    await portal.moveClock(4 * 3600);
    await visitor.follow('Home');
    await visitor.sees('You were signed out');
  });

  test('ends when another device signs out everywhere', async () => {
    await signIn(visitor, PAT);
    const elsewhere = await portal.visit();
    await elsewhere.goTo('/');
    await portal.moveClock(RESEND_AFTER_SECONDS);
    await signIn(elsewhere, PAT);
    await elsewhere.goTo('/account/devices');
    await elsewhere.press('Sign out everywhere');
    await elsewhere.page
      .getByRole('dialog')
      .getByRole('button', { name: 'Sign out everywhere' })
      .click();
    await elsewhere.sees('You are signed out');
    await visitor.follow('My account');
    await visitor.sees('You were signed out');
  });
});

test('a standard user cannot reach the administration, even by its address', async () => {
  await signIn(visitor, PAT);
  expect(await visitor.page.getByRole('button', { name: 'Setup' }).count()).toBe(0);
  await visitor.goTo('/setup/users');
  await visitor.seesNotice('You are not allowed to do this');
});

test('a disabled account learns whom to ask', async () => {
  await signIn(visitor, ADA);
  await visitor.goTo('/setup/users/pphone');
  await visitor.press('Disable user');
  await visitor.page.getByRole('dialog').getByRole('button', { name: 'Disable user' }).click();
  await visitor.seesNotice('is disabled');
  await visitor.press('Sign out');
  await visitor.goTo('/');
  await visitor.provePassword(PAT.email, 'PHONE');
  await visitor.sees('Your registration is not complete');
  await visitor.page.getByText('ask the administrator of your provider').waitFor();
  await portal.moveClock(RESEND_AFTER_SECONDS);
  await visitor.goTo('/');
  await signIn(visitor, ADA);
  await visitor.goTo('/setup/users/pphone');
  await visitor.press('Enable user');
  await visitor.seesNotice('is enabled');
});
