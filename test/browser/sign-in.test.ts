import { beforeEach, describe, expect, test } from '@jest/globals';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { PAT, wrongCode } from './portal-stack.ts';

const ERIN = { email: 'erin.email@cedargrove.example' };

const portal = openPortal();
let visitor: PortalVisitor;
beforeEach(async () => {
  visitor = await portal.visit();
  await visitor.goTo('/');
});

describe('login with phone', () => {
  test('a code by text message opens the home page, and sign-out closes it', async () => {
    await visitor.keepScreenshot('login-options');
    await visitor.provePassword(PAT.email, 'PHONE');
    await visitor.sees('Verify it’s you');
    await visitor.keepScreenshot('choose-factor');
    const code = await visitor.codeAfter('Send Code', PAT.phone);
    await visitor.sees('Enter the code from your phone');
    await visitor.enterCode(code);
    await visitor.sees('Welcome, Pat');
    await visitor.keepScreenshot('home');
    await visitor.press('Sign out');
    await visitor.sees('You are signed out');
    await visitor.goTo('/home');
    await visitor.sees('Login options');
  });

  test('a wrong code shows the attempts left, and the right one still passes', async () => {
    await visitor.provePassword(PAT.email, 'PHONE');
    const code = await visitor.codeAfter('Send Code', PAT.phone);
    await visitor.enterCode(wrongCode(code));
    await visitor.seesNotice('The code is not right');
    await visitor.sees('Enter the code from your phone');
    expect(await visitor.page.getByText('4 attempts left').count()).toBe(1);
    await visitor.keepScreenshot('wrong-code');
    await visitor.page.reload();
    await visitor.sees('Enter the code from your phone');
    await visitor.enterCode(code);
    await visitor.sees('Welcome, Pat');
  });

  test('an expired code is refused and a new one can be sent', async () => {
    await visitor.provePassword(PAT.email, 'PHONE');
    const code = await visitor.codeAfter('Send Code', PAT.phone);
    await visitor.sees('Enter the code from your phone');
    await portal.moveClock(301);
    await visitor.enterCode(code);
    await visitor.seesNotice('The code has expired');
    const next = await visitor.anotherCode(PAT.phone);
    await visitor.enterCode(next);
    await visitor.sees('Welcome, Pat');
  });

  test('a call that is confirmed with # opens the home page by itself', async () => {
    await visitor.provePassword(PAT.email, 'PHONE');
    await visitor.press('Call Me');
    await visitor.sees('Answer the call');
    await visitor.keepScreenshot('call');
    await portal.stack.answerCall(PAT.phone, '#');
    await visitor.sees('Welcome, Pat');
  });

  test('an unanswered call leads to another call or to a code', async () => {
    await visitor.provePassword(PAT.email, 'PHONE');
    await visitor.press('Call Me');
    await visitor.sees('Answer the call');
    await portal.moveClock(61);
    await visitor.seesNotice('Nobody answered the call.');
    const code = await visitor.codeAfter('Send a code instead', PAT.phone);
    await visitor.enterCode(code);
    await visitor.sees('Welcome, Pat');
  });

  test('a text message that does not come leads to a call', async () => {
    await visitor.provePassword(PAT.email, 'PHONE');
    await visitor.press('Send Code');
    await visitor.sees('Enter the code from your phone');
    await visitor.press('Call me instead');
    await visitor.sees('Answer the call');
    await portal.stack.answerCall(PAT.phone, '#');
    await visitor.sees('Welcome, Pat');
  });

  test('an unwanted call ends the sign-in when 9 is pressed', async () => {
    await visitor.provePassword(PAT.email, 'PHONE');
    await visitor.press('Call Me');
    await visitor.sees('Answer the call');
    await portal.stack.answerCall(PAT.phone, '9');
    await visitor.sees('The call was rejected');
    expect(await visitor.page.getByRole('button', { name: 'Call again' }).count()).toBe(0);
    await visitor.keepScreenshot('call-rejected');
    await visitor.follow('Back to login options');
    await visitor.sees('Login options');
  });

  test('an account without a phone is offered its e-mail address', async () => {
    await visitor.provePassword(ERIN.email, 'PHONE');
    await visitor.sees('Verify your email address');
    await visitor.seesNotice('This account has no phone number');
  });
});

describe('login with email', () => {
  test('a wrong code and a late one are refused, and a new one passes', async () => {
    await visitor.provePassword(ERIN.email, 'EMAIL');
    const code = await visitor.codeAfter('Send Verification Code', ERIN.email);
    await visitor.enterCode(wrongCode(code));
    await visitor.seesNotice('The code is not right');
    await portal.moveClock(31);
    await visitor.enterCode(code);
    await visitor.seesNotice('The code has expired');
    await visitor.enterCode(await visitor.anotherCode(ERIN.email));
    await visitor.sees('Your email address is verified');
  });

  test('a code by e-mail is verified, and only accepting the terms signs in', async () => {
    await visitor.provePassword(ERIN.email, 'EMAIL');
    await visitor.enterCode(await visitor.codeAfter('Send Verification Code', ERIN.email));
    await visitor.press('Continue');
    await visitor.sees('Terms of Use Agreement');
    await visitor.press('Do not agree and leave');
    await visitor.sees('Login options');
    await visitor.goTo('/home');
    await visitor.sees('Login options');
    await portal.moveClock(16);
    await visitor.provePassword(ERIN.email, 'EMAIL');
    await visitor.sees('Verify your email address');
    expect(await visitor.page.getByLabel('Email address').inputValue()).toBe(ERIN.email);
    const code = await visitor.codeAfter('Send Verification Code', ERIN.email);
    await visitor.sees('Enter the code from your email');
    await visitor.keepScreenshot('enter-code');
    await visitor.enterCode(code);
    await visitor.sees('Your email address is verified');
    await visitor.press('Continue');
    await visitor.sees('Terms of Use Agreement');
    await visitor.page.getByRole('button', { name: 'Continue' }).waitFor();
    await visitor.keepScreenshot('terms');
    await visitor.press('Continue');
    await visitor.seesNotice('Check the box to agree');
    await visitor.page.getByText('I have read and agree').click();
    await visitor.press('Continue');
    await visitor.sees('Welcome, Erin');
  });

  test('a wrong password is refused with a remedy', async () => {
    await visitor.provePassword(ERIN.email, 'EMAIL', 'not-the-password');
    await visitor.seesNotice('The email address or password is not right');
    await visitor.sees('Sign in with your email address');
    await visitor.follow('Forgot your password?');
    await visitor.sees('Reset your password');
  });

  test('a failed e-mail is reported, and sending again works', async () => {
    await visitor.provePassword(ERIN.email, 'EMAIL');
    await visitor.sees('Verify your email address');
    await portal.stack.local('POST', 'faults', { service: 'ses', times: 1 });
    await visitor.press('Send Verification Code');
    await visitor.seesNotice('The message could not be sent');
    await portal.stack.local('DELETE', 'faults');
    await portal.moveClock(16);
    await visitor.codeAfter('Send Verification Code', ERIN.email);
    await visitor.sees('Enter the code from your email');
  });
});

describe('the session of a tab', () => {
  test('the back button leads out of the sign-in and forward into it again', async () => {
    await visitor.provePassword(PAT.email, 'PHONE');
    await visitor.sees('Verify it’s you');
    await visitor.page.goBack();
    await visitor.sees('Sign in with your email address');
    await visitor.page.goForward();
    await visitor.sees('Verify it’s you');
  });

  test('empty fields are named in one summary, which leads to each', async () => {
    await visitor.press('LOGIN WITH EMAIL');
    await visitor.press('Sign in');
    await visitor.seesNotice('Enter an email address in the form');
    await visitor.seesNotice('Enter your password');
    await visitor.follow('Enter your password');
    expect(await visitor.page.evaluate(() => document.activeElement?.id)).toBe('field-password');
  });
});
