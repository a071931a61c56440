import { beforeEach, describe, expect, test } from '@jest/globals';
import { authenticatorOf, type DeviceAuthenticator } from './authenticator.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { PHONE } from './visitor.ts';

const portal = openPortal();
const EMAIL = 'm.chen@cedargrove.example';
const OFFER = 'Next time, sign in without a code';

beforeEach(async () => portal.reset());

/** A current portal user registers with e-mail, up to the home page. */
async function register(visitor: PortalVisitor): Promise<void> {
  await visitor.goTo('/first-login');
  await visitor.fill('Username', 'mchen');
  await visitor.fill('Password', 'Portal-Pass-2025');
  await visitor.press('Login');
  await visitor.press('EMAIL');
  await visitor.verifyEmail(EMAIL);
  await visitor.createPassword('four plain unlike words');
  await visitor.acceptTerms();
  await visitor.sees('Welcome, M.');
}

const offer = (visitor: PortalVisitor) => visitor.page.getByRole('heading', { name: OFFER });

describe('whoever has just registered', () => {
  let visitor: PortalVisitor;
  let device: DeviceAuthenticator;
  beforeEach(async () => {
    visitor = await portal.visit({ viewport: PHONE });
    device = await authenticatorOf(visitor);
    await register(visitor);
    await offer(visitor).waitFor();
  });

  test('is offered a passkey at home, makes one, and signs in with it', async () => {
    await visitor.sees('Welcome, M.');
    await visitor.keepScreenshot('passkey-offer');
    await visitor.press('Create a passkey');
    await visitor.seesNotice('Your passkey is ready.');
    await visitor.press('Sign out');
    await visitor.goTo('/');
    await visitor.press('LOGIN WITH PASSKEY');
    await visitor.sees('Welcome, M.');
    expect(await offer(visitor).count()).toBe(0);
  });

  test('may decline, and is not asked again', async () => {
    await visitor.press('Not now');
    await offer(visitor).waitFor({ state: 'detached' });
    await visitor.page.reload();
    await visitor.sees('Welcome, M.');
    await visitor.page.getByText('Your account').waitFor();
    expect(await offer(visitor).count()).toBe(0);
    expect(await device.passkeys()).toEqual([]);
  });

  test('may close the prompt and try again, later with a new sign-in', async () => {
    await device.recognizes(false);
    await visitor.press('Create a passkey');
    await visitor.seesNotice('No passkey was used');
    await portal.moveClock(11 * 60);
    await device.recognizes(true);
    await visitor.press('Create a passkey');
    await visitor.sees('Passkeys');
  });
});

test('a device that cannot keep a passkey is offered none', async () => {
  const visitor = await portal.visit();
  await register(visitor);
  await visitor.page.getByText('Your account').waitFor();
  expect(await offer(visitor).count()).toBe(0);
});
