import { beforeEach, describe, test } from '@jest/globals';
import { lockOut } from './lock-out.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { PASSWORD, PAT } from './portal-stack.ts';

const portal = openPortal();
let visitor: PortalVisitor;
beforeEach(async () => {
  visitor = await portal.visit();
  await visitor.goTo('/');
});

async function resetPassword(): Promise<void> {
  await visitor.sees('Reset your password');
  await visitor.fill('Email address', PAT.email);
  await visitor.enterCode(await visitor.codeAfter('Send Verification Code', PAT.email));
  await visitor.press('Continue');
  await visitor.enterCode(await visitor.codeAfter('Send Code', PAT.phone));
  await visitor.sees('Choose a new password');
  await visitor.fill('New password', PASSWORD);
  await visitor.fill('Confirm new password', PASSWORD);
  await visitor.press('Continue');
}

describe('an account with too many wrong codes', () => {
  test('shows until when it is locked, and a password reset signs in at once', async () => {
    await lockOut(portal, visitor);
    await visitor.goTo('/');
    await visitor.provePassword(PAT.email, 'PHONE');
    await visitor.sees('This account is locked for now');
    await visitor.page.getByText('It is locked until').waitFor();
    await visitor.keepScreenshot('locked');
    await visitor.press(/^Español/);
    await visitor.sees('Esta cuenta está bloqueada por ahora');
    await visitor.press(/^English/);
    await visitor.follow('Forgot your password?');
    await resetPassword();
    await visitor.sees('Welcome, Pat');
  });
});

/** The last pause lasts two minutes of the stack's clock. */
const WRONG_PASSWORDS = 12;
const LONGEST_PAUSE_BEFORE_SECONDS = 65;

describe('an account with too many wrong passwords', () => {
  test('is paused by Cognito, and a password reset signs in at once', async () => {
    await visitor.press('LOGIN WITH PHONE');
    await visitor.fill('Email address', PAT.email);
    const enter = async (password: string): Promise<void> => {
      await visitor.fill('Password', password);
      await visitor.press('Sign in');
      await visitor.page.waitForFunction(
        () => document.querySelector<HTMLInputElement>('#field-password')?.value === '',
      );
    };
    for (let wrong = 0; wrong < WRONG_PASSWORDS; wrong += 1) {
      await portal.moveClock(LONGEST_PAUSE_BEFORE_SECONDS);
      await enter('not-the-password');
    }
    await enter(PASSWORD);
    await visitor.seesNotice('There were too many wrong passwords');
    await visitor.follow('Forgot your password?');
    await resetPassword();
    await visitor.sees('Welcome, Pat');
  });
});
