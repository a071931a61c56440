/** The browser's Back button inside the flows, whose steps share one address. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { PAT } from './portal-stack.ts';

const STAYS = 'The steps before this one are done and cannot be repeated.';
const ERIN = 'erin.email@cedargrove.example';

const portal = openPortal();
let visitor: PortalVisitor;
beforeEach(async () => {
  await portal.reset();
  visitor = await portal.visit();
  await visitor.goTo('/');
});

/** Presses Back once React has run the effects of what it shows: from then on a step takes Back. */
async function back(): Promise<void> {
  await visitor.page.evaluate(
    () =>
      new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))),
  );
  await visitor.page.goBack();
}

const valueOf = (label: string) => visitor.page.getByLabel(label, { exact: true }).inputValue();

/** Back leaves the step as it is, and says why. */
async function backStaysAt(heading: string): Promise<void> {
  await back();
  await visitor.seesNotice(STAYS);
  await visitor.sees(heading);
}

describe('Back in a sign-in', () => {
  test('leads from a code to the choice, from there to the form, and Forward to the code', async () => {
    await visitor.provePassword(PAT.email, 'PHONE');
    const code = await visitor.codeAfter('Send Code', PAT.phone);
    await visitor.sees('Enter the code from your phone');
    await back();
    await visitor.sees('Verify it’s you');
    await visitor.page.getByText('***-***-0143').waitFor();
    await visitor.keepScreenshot('back-to-the-choice');
    await back();
    await visitor.sees('Sign in with your email address');
    expect(await valueOf('Email address')).toBe(PAT.email);
    await visitor.page.goForward();
    await visitor.sees('Enter the code from your phone');
    await visitor.enterCode(code);
    await visitor.sees('Welcome, Pat');
  });

  test('loses no code that was sent, and another factor may be chosen', async () => {
    await visitor.provePassword(PAT.email, 'PHONE');
    await visitor.codeAfter('Send Code', PAT.phone);
    await visitor.sees('Enter the code from your phone');
    await back();
    await visitor.sees('Verify it’s you');
    await visitor.press('Continue where you were');
    await visitor.sees('Enter the code from your phone');
    await back();
    await visitor.sees('Verify it’s you');
    await visitor.press('Call Me');
    await visitor.sees('Answer the call');
    await back();
    await visitor.sees('Verify it’s you');
    await visitor.press('Use email instead');
    const code = await visitor.codeAfter('Send Verification Code', PAT.email);
    await visitor.sees('Enter the code from your email');
    await visitor.page.reload();
    await visitor.sees('Enter the code from your email');
    await back();
    await visitor.sees('Verify it’s you');
    await visitor.press('Continue where you were');
    await visitor.enterCode(code);
    await visitor.sees('Your email address is verified');
    await backStaysAt('Your email address is verified');
    await visitor.press('Continue');
    await visitor.sees('Welcome, Pat');
  });

  test('a code that is sent too soon again says so, and the one that was sent works', async () => {
    await visitor.provePassword(PAT.email, 'PHONE');
    const code = await visitor.codeAfter('Send Code', PAT.phone);
    await visitor.sees('Enter the code from your phone');
    await back();
    await visitor.sees('Verify it’s you');
    await visitor.press('Send Code');
    await visitor.seesNotice('A code was sent a moment ago');
    await visitor.sees('Enter the code from your phone');
    await visitor.enterCode(code);
    await visitor.sees('Welcome, Pat');
  });
});

describe('Back in a registration', () => {
  test('goes one step back until something is verified, keeps what was typed, and then stays', async () => {
    const email = 'jrivera@cedargrove.example';
    await visitor.follow('click here');
    await visitor.fill('Username', 'jrivera');
    await visitor.fill('Password', 'Portal-Pass-2024');
    await visitor.press('Login');
    await visitor.sees('Login method');
    await visitor.press('PHONE');
    await visitor.sees('Your work email address');
    await back();
    await visitor.sees('Login method');
    await visitor.press('PHONE');
    await visitor.sees('Your work email address');
    await visitor.fill('Work email address', email);
    const code = await visitor.codeAfter('Send Verification Code', email);
    await visitor.sees('Enter the code from your email');
    await back();
    await visitor.sees('Your work email address');
    expect(await valueOf('Work email address')).toBe(email);
    await back();
    await visitor.sees('Login method');
    await visitor.press('Continue where you were');
    await visitor.sees('Enter the code from your email');
    await visitor.enterCode(code);
    await visitor.sees('Create a password');
    await backStaysAt('Create a password');
    await visitor.createPassword('four plain unlike words');
    await visitor.sees('Your phone number');
    await backStaysAt('Your phone number');
    await visitor.fill('Phone number', '(202) 555-0111');
    const text = await visitor.codeAfter('Send Code', '+12025550111');
    await visitor.sees('Enter the code from your phone');
    await back();
    await visitor.sees('Your phone number');
    expect(await valueOf('Phone number')).toContain('555-0111');
    await backStaysAt('Your phone number');
    await visitor.press('Continue where you were');
    await visitor.enterCode(text);
    await visitor.sees('Terms of Use Agreement');
    await backStaysAt('Terms of Use Agreement');
    await visitor.acceptTerms();
    await visitor.sees('Welcome, J.');
  });

  test('leads from the first step to the login, and Forward into the registration again', async () => {
    await visitor.follow('click here');
    await visitor.fill('Username', 'jrivera');
    await visitor.fill('Password', 'Portal-Pass-2024');
    await visitor.press('Login');
    await visitor.sees('Login method');
    await back();
    await visitor.sees('Login');
    await visitor.page.goForward();
    await visitor.sees('Login method');
    await visitor.press('EMAIL');
    await visitor.sees('Your work email address');
  });
});

describe('Back in a password reset', () => {
  test('leads to the form with the address, to the choice, and nowhere from what is verified', async () => {
    await visitor.press('LOGIN WITH PHONE');
    await visitor.follow('Forgot your password?');
    await visitor.sees('Reset your password');
    await visitor.fill('Email address', PAT.email);
    const code = await visitor.codeAfter('Send Verification Code', PAT.email);
    await visitor.sees('Enter the code from your email');
    await back();
    await visitor.sees('Reset your password');
    expect(await valueOf('Email address')).toBe(PAT.email);
    await visitor.press('Continue where you were');
    await visitor.enterCode(code);
    await visitor.sees('Your email address is verified');
    await backStaysAt('Your email address is verified');
    await visitor.press('Continue');
    await visitor.sees('Verify your phone');
    await backStaysAt('Verify your phone');
    const text = await visitor.codeAfter('Send Code', PAT.phone);
    await visitor.sees('Enter the code from your phone');
    await back();
    await visitor.sees('Verify your phone');
    await visitor.press('Continue where you were');
    await visitor.enterCode(text);
    await visitor.sees('Choose a new password');
    await backStaysAt('Choose a new password');
    await visitor.keepScreenshot('back-stays');
  });

  test('leads on to the sign-in, and the reset begins anew with another address', async () => {
    await visitor.press('LOGIN WITH PHONE');
    await visitor.follow('Forgot your password?');
    await visitor.sees('Reset your password');
    await visitor.fill('Email address', PAT.email);
    await visitor.codeAfter('Send Verification Code', PAT.email);
    await visitor.sees('Enter the code from your email');
    await back();
    await visitor.sees('Reset your password');
    await back();
    await visitor.sees('Sign in with your email address');
    await visitor.page.goForward();
    await visitor.sees('Enter the code from your email');
    await back();
    await visitor.sees('Reset your password');
    await visitor.fill('Email address', ERIN);
    const code = await visitor.codeAfter('Send Verification Code', ERIN);
    await visitor.enterCode(code);
    await visitor.sees('Your email address is verified');
  });
});
