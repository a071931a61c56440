import { beforeEach, describe, expect, test } from '@jest/globals';
import { authenticatorOf, type DeviceAuthenticator } from './authenticator.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { PAT } from './portal-stack.ts';
import { overflow, PHONE } from './visitor.ts';

const portal = openPortal();
let pat: PortalVisitor;
let device: DeviceAuthenticator;

beforeEach(async () => {
  await portal.reset();
  pat = await portal.visit();
  device = await authenticatorOf(pat);
  await pat.goTo('/');
  await pat.provePassword(PAT.email, 'PHONE');
  await pat.enterCode(await pat.codeAfter('Send Code', PAT.phone));
  await pat.sees('Welcome, Pat');
});

async function add(name: string): Promise<void> {
  await pat.fill('Name', name);
  await pat.press('Add a passkey');
  await pat.seesNotice(`The passkey ${name} is added.`);
}

const dialog = () => pat.page.getByRole('dialog');

describe('the passkeys of one’s own account', () => {
  test('are added, renamed and removed, and the owner is notified', async () => {
    await pat.follow('My account');
    await pat.page.getByText('0 passkeys').waitFor();
    await pat.sees('My account');
    await pat.keepScreenshot('my-account');
    await pat.follow('Manage: Passkeys');
    await pat.sees('Passkeys');
    await pat.page.getByText('You have no passkey yet.').waitFor();
    await add('Work laptop');
    await pat.keepScreenshot('passkeys');
    await portal.stack.messageWith(PAT.email, /passkey was added/i);
    await pat.press('Rename Work laptop');
    await pat.sees('Passkeys');
    await pat.page.getByRole('textbox', { name: 'Rename Work laptop' }).fill('Ward 3');
    await pat.press('Save');
    await pat.seesNotice('The passkey is now called Ward 3.');
    await pat.press('Remove Ward 3');
    await pat.sees('Passkeys');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await pat.press('Remove Ward 3');
    await dialog().getByRole('button', { name: 'Remove' }).click();
    await pat.seesNotice('The passkey Ward 3 is removed.');
    await pat.page.getByText('You have no passkey yet.').waitFor();
    await pat.follow('Back to my account');
    await pat.page.getByText('0 passkeys').waitFor();
  });

  test('are one a device, which needs a name and recognizes its user', async () => {
    await pat.goTo('/account/passkeys');
    await pat.fill('Name', ' ');
    await pat.press('Add a passkey');
    await pat.seesNotice('Enter a name of at most 60 characters');
    await device.recognizes(false);
    await pat.fill('Name', 'Ward 3');
    await pat.press('Add a passkey');
    await pat.seesNotice('No passkey was used');
    expect(await pat.page.getByLabel('Name', { exact: true }).inputValue()).toBe('Ward 3');
    await device.recognizes(true);
    await add('Ward 3');
    await pat.press('Add a passkey');
    await pat.seesNotice('This device already has a passkey for your account.');
  });

  test('are ten at most', async () => {
    await pat.goTo('/account/passkeys');
    for (let count = 1; count <= 10; count += 1) {
      await add(`Device ${count}`);
      await pat.page.getByRole('heading', { name: `Device ${count}`, exact: true }).waitFor();
      await device.hold([]);
    }
    await pat.page.getByText('An account has at most ten passkeys.').waitFor();
    expect(await pat.page.getByRole('button', { name: 'Add a passkey' }).count()).toBe(0);
    await pat.page.setViewportSize(PHONE);
    expect(await overflow(pat.page)).toBe(0);
  });

  test('cannot be added where the browser does not support them', async () => {
    await pat.page.addInitScript(() => {
      Object.defineProperty(window, 'PublicKeyCredential', { value: undefined });
    });
    await pat.goTo('/account/passkeys');
    await pat.seesNotice('This browser cannot use passkeys.');
    await pat.press('Sign out');
    await pat.goTo('/');
    await pat.sees('Login options');
    expect(await pat.page.getByRole('button', { name: /passkey/i }).count()).toBe(0);
    await pat.press('LOGIN WITH EMAIL');
    await pat.sees('Sign in with your email address');
    expect(await pat.page.getByRole('button', { name: /passkey/i }).count()).toBe(0);
  });

  test('are listed again after an outage', async () => {
    await portal.stack.local('POST', 'faults', { service: 'dynamodb', function: 'me', times: 60 });
    await pat.goTo('/account/passkeys');
    await pat.seesNotice('The service is not available right now');
    await portal.stack.local('DELETE', 'faults');
    await pat.press('Try again');
    await pat.sees('Passkeys');
    await pat.page.getByText('You have no passkey yet.').waitFor();
  });
});
