import { beforeEach, describe, expect, test } from '@jest/globals';
import { type DeviceAuthenticator, usedBefore } from './authenticator.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { passkeyOwner, signInByText } from './passkey-owner.ts';
import { ADA, PASSWORD, PAT } from './portal-stack.ts';

const portal = openPortal();
let pat: PortalVisitor;
let device: DeviceAuthenticator;

beforeEach(async () => {
  await portal.reset();
  ({ pat, device } = await passkeyOwner(portal));
});

describe('a passkey alone', () => {
  test('that its owner removed is refused, and the password remains', async () => {
    const elsewhere = await portal.visit();
    await signInByText(elsewhere, PAT);
    await elsewhere.goTo('/account/passkeys');
    await elsewhere.press(/^Remove/);
    await elsewhere.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await elsewhere.seesNotice('is removed');
    await pat.goTo('/');
    await pat.press('LOGIN WITH PASSKEY');
    await pat.seesNotice('This passkey was not accepted');
    await pat.sees('Login options');
    const challenges: string[] = [];
    pat.page.on('request', (request) => {
      if (request.url().endsWith('/passkey-challenges')) challenges.push(request.method());
    });
    await pat.goTo('/sign-in/phone');
    await pat.seesNotice('This passkey was not accepted');
    await pat.sees('Sign in with your email address');
    expect(challenges.filter((method) => method === 'POST')).toHaveLength(1);
    await portal.moveClock(16);
    await pat.fill('Email address', PAT.email);
    await pat.fill('Password', PASSWORD);
    await pat.press('Sign in');
    await pat.sees('Verify it’s you');
  });

  test('of a disabled account is refused in the same words', async () => {
    const ada = await portal.visit();
    await signInByText(ada, ADA);
    await ada.goTo('/setup/users/pphone');
    await ada.press('Disable user');
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Disable user' }).click();
    await ada.seesNotice('is disabled');
    await pat.goTo('/');
    await pat.press('LOGIN WITH PASSKEY');
    await pat.seesNotice('This passkey was not accepted');
  });

  test('that was copied is refused, and its owner is notified', async () => {
    await pat.goTo('/');
    await pat.press('LOGIN WITH PASSKEY');
    await pat.sees('Welcome, Pat');
    await pat.press('Sign out');
    await device.hold(usedBefore(await device.passkeys(), 1));
    await pat.goTo('/');
    await pat.press('LOGIN WITH PASSKEY');
    await pat.seesNotice('This passkey was not accepted');
    await portal.stack.messageWith(PAT.email, /seems to have been copied/);
  });

  test.each([
    ['is on another device', async () => device.hold([])],
    ['does not recognize its user', async () => device.recognizes(false)],
  ])('that %s leaves the other logins', async (_what, happen) => {
    await happen();
    await pat.goTo('/');
    await pat.press('LOGIN WITH PASSKEY');
    await pat.seesNotice('No passkey was used');
    await pat.sees('Login options');
    await pat.press('LOGIN WITH PHONE');
    await pat.press('Sign in with a passkey');
    await pat.seesNotice('No passkey was used');
    await pat.sees('Sign in with your email address');
    await pat.fill('Email address', PAT.email);
    await pat.fill('Password', PASSWORD);
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
    await pat.seesNotice('This browser cannot use the passkey here');
  });

  test('survives an outage: the same press signs in after it', async () => {
    await portal.stack.local('POST', 'faults', { service: 'dynamodb', times: 50 });
    await pat.goTo('/');
    await pat.press('LOGIN WITH PASSKEY');
    await pat.seesNotice(/not available right now|could not reach/);
    await portal.stack.local('DELETE', 'faults');
    await pat.press('LOGIN WITH PASSKEY');
    await pat.sees('Welcome, Pat');
  });
});
