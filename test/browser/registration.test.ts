import { beforeEach, describe, expect, test } from '@jest/globals';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { wrongCode } from './portal-stack.ts';

const NEW_PASSWORD = 'four plain unlike words';

const portal = openPortal();
let visitor: PortalVisitor;
beforeEach(async () => {
  visitor = await portal.visit();
  await visitor.goTo('/');
});

async function portalLogin(username: string, password: string): Promise<void> {
  await visitor.follow('click here');
  await visitor.sees('Login');
  await visitor.fill('Username', username);
  await visitor.fill('Password', password);
  await visitor.press('Login');
}

/** Redeems a registration code, and waits for the mailed link. */
async function signUp(
  npi: string,
  registrationCode: string,
  username: string,
  email: string,
): Promise<string> {
  await visitor.follow('register here');
  await visitor.fill(/NPI/, npi);
  await visitor.fill('Registration code', registrationCode);
  await visitor.press('Next');
  await visitor.sees('Your account');
  await visitor.fill('Username', username);
  await visitor.fill('First name', 'Nova');
  await visitor.fill('Last name', 'Nolan');
  await visitor.fill('Work email address', email);
  await visitor.fill('Phone number', '202 555 0189');
  await visitor.press('Next');
  await visitor.sees('Registration is complete');
  return await portal.stack.newLink(email);
}

describe('a current portal user', () => {
  test('registers with a phone: e-mail, password, text message, terms, home', async () => {
    await portalLogin('jrivera', 'wrong-password');
    await visitor.seesNotice('The username or password is not right');
    await visitor.keepScreenshot('portal-login');
    await visitor.fill('Password', 'Portal-Pass-2024');
    await visitor.press('Login');
    await visitor.sees('Login method');
    await visitor.keepScreenshot('login-method');
    await visitor.press('PHONE');
    await visitor.sees('Your work email address');
    await visitor.fill('Work email address', 'someone@workforce.example');
    await visitor.press('Send Verification Code');
    await visitor.seesNotice('Employees do not register here');
    await visitor.fill('Work email address', 'j.rivera@cedargrove.example');
    await visitor.press('Send Verification Code');
    await visitor.seesNotice('The address on record is j***@cedargrove.example.');
    await visitor.verifyEmail('jrivera@cedargrove.example');
    await visitor.sees('Create a password');
    await visitor.fill('New password', 'password');
    await visitor.fill('Confirm new password', 'password1');
    await visitor.press('Create');
    await visitor.seesNotice('The two passwords differ');
    await visitor.fill('Confirm new password', 'password');
    await visitor.press('Create');
    await visitor.seesNotice('This password is too easy to guess');
    await visitor.keepScreenshot('create-password');
    await visitor.createPassword(NEW_PASSWORD);
    await visitor.sees('Your phone number');
    await visitor.fill('Phone number', '202-555-0111 x12');
    await visitor.press('Send Code');
    await visitor.seesNotice('Extensions are not supported');
    await visitor.fill('Phone number', '(202) 555-0111');
    await visitor.keepScreenshot('enter-phone');
    const code = await visitor.codeAfter('Send Code', '+12025550111');
    await visitor.sees('Enter the code from your phone');
    await visitor.enterCode(wrongCode(code));
    await visitor.seesNotice('The code is not right');
    await visitor.page.getByText('4 attempts left').waitFor();
    await visitor.enterCode(code);
    await visitor.acceptTerms();
    await visitor.sees('Welcome, J.');
  });

  test('registers with e-mail only, and a reload in the middle goes on where it was', async () => {
    await portalLogin('mchen', 'Portal-Pass-2025');
    await visitor.sees('Login method');
    await visitor.press('EMAIL');
    await visitor.sees('Your work email address');
    await visitor.page.reload();
    await visitor.verifyEmail('m.chen@cedargrove.example');
    await visitor.sees('Create a password');
    await visitor.page.reload();
    await visitor.createPassword(NEW_PASSWORD);
    await visitor.acceptTerms();
    await visitor.sees('Welcome, M.');
  });

  test('a registered user is asked to sign in', async () => {
    await portalLogin('eemail', 'Correct-Horse-9-Battery');
    await visitor.seesNotice('Your registration is complete already');
  });
});

describe('a new provider', () => {
  test('registers with NPI and code, corrects the address, and confirms a call', async () => {
    await visitor.follow('register here');
    await visitor.sees('Register for the portal');
    await visitor.fill(/NPI/, '1234567890');
    await visitor.fill('Registration code', 'CEDAR-7K4M-92QX');
    await visitor.press('Next');
    await visitor.seesNotice('Enter the 10 digits of your NPI');
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
    const mistyped = await portal.stack.newLink('typo@cedargrove.example');
    await visitor.press('Send again or correct the address');
    await visitor.fill('Work email address', 'nora@cedargrove.example');
    await visitor.press('Send the link again');
    await visitor.seesNotice('We sent a new link');
    await visitor.sees('Registration is complete');
    await visitor.keepScreenshot('registration-complete');
    await visitor.openLink(await portal.stack.newLink('nora@cedargrove.example'));
    await visitor.sees('Login method');
    expect(visitor.page.url()).not.toContain('#');
    await visitor.press('PHONE');
    await visitor.verifyEmail('nora@cedargrove.example');
    await visitor.createPassword(NEW_PASSWORD);
    await visitor.sees('Your phone number');
    await visitor.fill('Phone number', '202 555 0188');
    await visitor.press('Call Me');
    await visitor.sees('Answer the call');
    await portal.stack.answerCall('+12025550188', '#');
    await visitor.acceptTerms();
    await visitor.sees('Welcome, Nora');
    await visitor.goTo(mistyped);
    await visitor.sees('This link has expired or has been used');
    await visitor.keepScreenshot('link-expired');
    await visitor.follow('Send me a link');
    await visitor.sees('Registration error');
  });

  test('a used code leads to Reset by username, which answers everyone alike', async () => {
    await visitor.follow('register here');
    await visitor.fill(/NPI/, '1245319599');
    await visitor.fill('Registration code', 'LAKE-0000-0000');
    await visitor.press('Next');
    await visitor.seesNotice('The NPI or the registration code is not right');
    await visitor.sees('Register for the portal');
    await visitor.follow('Reset');
    await visitor.sees('Registration error');
    await visitor.fill('Username', 'nobody-at-all');
    await visitor.press('Submit');
    await visitor.sees('Check your email');
  });
});

describe('a new provider without a direct phone line', () => {
  test('registers with e-mail; a link that came too late is replaced', async () => {
    const late = await signUp('1234567893', 'CEDAR-3T8W-61LP', 'eliza', 'eliza@cedargrove.example');
    await portal.moveClock(20 * 60 + 1);
    await visitor.goTo(late);
    await visitor.sees('This link has expired or has been used');
    await visitor.follow('Send me a link');
    await visitor.fill('Username', 'eliza');
    await visitor.press('Submit');
    await visitor.openLink(await portal.stack.newLink('eliza@cedargrove.example', late));
    await visitor.sees('Login method');
    await visitor.press('EMAIL');
    await visitor.verifyEmail('eliza@cedargrove.example');
    await visitor.createPassword(NEW_PASSWORD);
    await visitor.acceptTerms();
    await visitor.sees('Welcome, Nova');
  });
});

describe('the steps of a registration', () => {
  test('can be changed: the method, the address, the number, and a call for a code', async () => {
    await visitor.openLink(
      await signUp('1245319599', 'LAKE-5J2R-88VN', 'nova', 'nova@lakeside.example'),
    );
    await visitor.press('EMAIL');
    await visitor.sees('Your work email address');
    await visitor.press('Change login method');
    await visitor.sees('Login method');
    await visitor.press('PHONE');
    await visitor.fill('Work email address', 'typo@lakeside.example');
    await visitor.codeAfter('Send Verification Code', 'typo@lakeside.example');
    await visitor.press('Change');
    await portal.moveClock(16);
    await visitor.verifyEmail('nova@lakeside.example');
    await visitor.createPassword(NEW_PASSWORD);
    await visitor.sees('Your phone number');
    await visitor.fill('Phone number', '202 555 0112');
    await visitor.codeAfter('Send Code', '+12025550112');
    await visitor.sees('Enter the code from your phone');
    await visitor.press('Use another number');
    await visitor.fill('Phone number', '202 555 0113');
    await portal.moveClock(16);
    await visitor.codeAfter('Send Code', '+12025550113');
    await visitor.press('Call me instead');
    await visitor.sees('Answer the call');
    await portal.moveClock(61);
    await visitor.seesNotice('Nobody answered the call.');
    await visitor.press('Call again');
    await portal.stack.answerCall('+12025550113', '#');
    await visitor.acceptTerms();
    await visitor.sees('Welcome, Nova');
  });
});

describe('help', () => {
  test('shows its sections, and leads to the link for an incomplete registration', async () => {
    await visitor.follow('Click here');
    await visitor.sees('Login help');
    await visitor.keepScreenshot('login-help');
    await visitor.page.locator('summary', { hasText: 'Remember Me' }).click();
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
