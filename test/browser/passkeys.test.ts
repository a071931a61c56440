import { beforeEach, describe, test } from '@jest/globals';
import { authenticatorOf, type DeviceAuthenticator, usedBefore } from './authenticator.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { passkeyOwner, withoutAutofill } from './passkey-owner.ts';
import { PAT } from './portal-stack.ts';
import { until } from './until.ts';
import { PHONE } from './visitor.ts';

const portal = openPortal();
let pat: PortalVisitor;
let device: DeviceAuthenticator;

beforeEach(async () => {
  await portal.reset();
  ({ pat, device } = await passkeyOwner(portal));
});

describe('a passkey alone', () => {
  test('signs in from the login options, with no address and no code', async () => {
    await pat.goTo('/');
    await pat.sees('Login options');
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

  test('is asked for with another challenge before the first one ends', async () => {
    const visitor = await portal.visit();
    await visitor.page.clock.install();
    let challenges = 0;
    visitor.page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/passkey-challenges'))
        challenges += 1;
    });
    const asked = (times: number) =>
      until(`${times} challenges`, () => Promise.resolve(challenges === times || undefined));
    await visitor.goTo('/sign-in/phone');
    await asked(1);
    await visitor.page.clock.fastForward(241_000);
    await asked(2);
  });

  test('remembers no browser, whether Remember Me is ticked or not', async () => {
    await pat.goTo('/');
    await pat.page.getByText('Remember Me', { exact: true }).click();
    await pat.press('LOGIN WITH PASSKEY');
    await pat.sees('Welcome, Pat');
    await pat.goTo('/account/devices');
    await pat.page.getByText('No device is remembered.').waitFor();
  });
});

describe('a passkey after a password', () => {
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
    await phone.seesNotice('No passkey was used');
    await phone.sees('Use your passkey');
    await phone.keepScreenshot('use-passkey');
    await phone.page.reload();
    await phone.seesNotice('No passkey was used');
    await copy.recognizes(true);
    await copy.hold(usedBefore(await copy.passkeys(), 0));
    await phone.press('Continue with passkey');
    await phone.seesNotice('The passkey could not be verified');
    await phone.enterCode(await phone.codeAfter('Send Code', PAT.phone));
    await phone.sees('Welcome, Pat');
  });
});
