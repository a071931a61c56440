import { beforeEach, describe, expect, test } from '@jest/globals';
import { authenticatorOf, type DeviceAuthenticator, usedBefore } from './authenticator.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { ADA, PAT } from './portal-stack.ts';
import { PHONE } from './visitor.ts';

const portal = openPortal();
let pat: PortalVisitor;
let device: DeviceAuthenticator;

beforeEach(async () => {
  await portal.reset();
  pat = await portal.visit();
  device = await authenticatorOf(pat);
});

async function signIn(visitor: PortalVisitor, { email, phone }: typeof PAT): Promise<void> {
  await visitor.goTo('/');
  await visitor.provePassword(email, 'PHONE');
  await visitor.enterCode(await visitor.codeAfter('Send Code', phone));
  await visitor.sees(/^Welcome/);
}

/** Pat adds a passkey with this device, and signs out. */
async function addPasskey(): Promise<void> {
  await signIn(pat, PAT);
  await pat.goTo('/account/passkeys');
  await pat.press('Add a passkey');
  await pat.isTold('is added');
  expect(await device.passkeys()).toHaveLength(1);
  await pat.press('Sign out');
  await pat.sees('You are signed out');
}

/** The browser offers no passkeys in the address field, as some do. */
const withoutAutofill = (visitor: PortalVisitor) =>
  visitor.page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });

describe('a passkey alone', () => {
  beforeEach(addPasskey);

  test('signs in from the login options, with no address and no code', async () => {
    await pat.goTo('/');
    await pat.sees('Login options');
    await pat.keepScreenshot('login-options');
    await pat.press('LOGIN WITH PASSKEY');
    await pat.sees('Welcome, Pat');
    await pat.goTo('/account/activity');
    await pat.page.getByText('Signed in (passkey)').waitFor();
    await pat.page.getByText('Passkey verified').waitFor();
  });

  test('signs in from the sign-in page, by its button', async () => {
    await withoutAutofill(pat);
    await pat.goTo('/sign-in/phone');
    await pat.sees('Sign in with your email address');
    await pat.press('Sign in with a passkey');
    await pat.sees('Welcome, Pat');
  });

  test('is offered in the address field where the browser can, and signs in', async () => {
    await pat.goTo('/sign-in/email');
    await pat.sees('Welcome, Pat');
  });

  test('remembers no browser, whether Remember Me is ticked or not', async () => {
    await pat.goTo('/');
    await pat.page.getByText('Remember Me', { exact: true }).click();
    await pat.press('LOGIN WITH PASSKEY');
    await pat.sees('Welcome, Pat');
    await pat.goTo('/account/devices');
    await pat.page.getByText('No device is remembered.').waitFor();
  });

  test('that its owner removed is refused, and the password remains', async () => {
    const elsewhere = await portal.visit();
    await signIn(elsewhere, PAT);
    await elsewhere.goTo('/account/passkeys');
    await elsewhere.press(/^Remove/);
    await elsewhere.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await elsewhere.isTold('is removed');
    await pat.goTo('/');
    await pat.press('LOGIN WITH PASSKEY');
    await pat.isTold('This passkey was not accepted');
    await pat.sees('Login options');
    await portal.moveClock(16);
    await signIn(pat, PAT);
  });

  test('of a disabled account is refused in the same words', async () => {
    const ada = await portal.visit();
    await signIn(ada, ADA);
    await ada.goTo('/setup/users/pphone');
    await ada.press('Disable user');
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Disable user' }).click();
    await ada.isTold('is disabled');
    await pat.goTo('/');
    await pat.press('LOGIN WITH PASSKEY');
    await pat.isTold('This passkey was not accepted');
  });

  test('that was copied is refused, and its owner is notified', async () => {
    await pat.goTo('/');
    await pat.press('LOGIN WITH PASSKEY');
    await pat.sees('Welcome, Pat');
    await pat.press('Sign out');
    await device.hold(usedBefore(await device.passkeys(), 1));
    await pat.goTo('/');
    await pat.press('LOGIN WITH PASSKEY');
    await pat.isTold('This passkey was not accepted');
    await portal.stack.messageWith(PAT.email, /seems to have been copied/);
  });

  test.each([
    ['is on another device', async () => device.hold([])],
    ['does not recognize its user', async () => device.recognizes(false)],
  ])('that %s leaves the other logins', async (_what, happen) => {
    await happen();
    await pat.goTo('/');
    await pat.press('LOGIN WITH PASSKEY');
    await pat.isTold('No passkey was used');
    await pat.sees('Login options');
    await pat.press('LOGIN WITH PHONE');
    await pat.press('Sign in with a passkey');
    await pat.isTold('No passkey was used');
    await pat.sees('Sign in with your email address');
    await pat.fill('Email address', PAT.email);
    await pat.fill('Password', 'Correct-Horse-9-Battery');
    await pat.press('Sign in');
    await pat.sees('Verify it’s you');
  });

  test('is not asked for under the name of another site', async () => {
    await pat.page.route('**/config.json', async (route) => {
      const config = (await (await route.fetch()).json()) as object;
      await route.fulfill({ json: { ...config, passkeyRpId: 'portal.evil.example' } });
    });
    await pat.goTo('/');
    await pat.press('LOGIN WITH PASSKEY');
    await pat.isTold('This browser cannot use the passkey here');
  });

  test('survives an outage: the same press signs in after it', async () => {
    await portal.stack.local('POST', 'faults', { service: 'dynamodb', times: 50 });
    await pat.goTo('/');
    await pat.press('LOGIN WITH PASSKEY');
    await pat.isTold(/not available right now|could not reach/);
    await portal.stack.local('DELETE', 'faults');
    await pat.press('LOGIN WITH PASSKEY');
    await pat.sees('Welcome, Pat');
  });
});

describe('a passkey after a password', () => {
  beforeEach(addPasskey);

  test('is a factor like the others', async () => {
    await withoutAutofill(pat);
    await pat.goTo('/');
    await pat.provePassword(PAT.email, 'PHONE');
    await pat.sees('Verify it’s you');
    await pat.press('Use a passkey instead');
    await pat.sees('Welcome, Pat');
  });

  test('that is not verified leads to another factor', async () => {
    const phone = await portal.visit({ viewport: PHONE });
    const copy = await authenticatorOf(phone);
    await copy.hold(await device.passkeys());
    await withoutAutofill(phone);
    await copy.recognizes(false);
    await phone.goTo('/');
    await phone.provePassword(PAT.email, 'PHONE');
    await phone.press('Use a passkey instead');
    await phone.isTold('No passkey was used');
    await phone.sees('Use your passkey');
    await phone.keepScreenshot('use-passkey');
    await phone.page.reload();
    await phone.isTold('No passkey was used');
    await copy.recognizes(true);
    await copy.hold(usedBefore(await copy.passkeys(), 0));
    await phone.press('Continue with passkey');
    await phone.isTold('The passkey could not be verified');
    await phone.enterCode(await phone.codeAfter('Send Code', PAT.phone));
    await phone.sees('Welcome, Pat');
  });
});
