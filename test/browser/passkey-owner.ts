/** Pat, who has added a passkey with a device that has an authenticator, and is signed out. */
import { expect } from '@jest/globals';
import { authenticatorOf, type DeviceAuthenticator } from './authenticator.ts';
import type { OpenPortal, PortalVisitor } from './open-portal.ts';
import { PAT } from './portal-stack.ts';

export async function signInByText(
  visitor: PortalVisitor,
  { email, phone }: typeof PAT,
): Promise<void> {
  await visitor.goTo('/');
  await visitor.provePassword(email, 'PHONE');
  await visitor.enterCode(await visitor.codeAfter('Send Code', phone));
  await visitor.sees(/^Welcome/);
}

export async function passkeyOwner(
  portal: OpenPortal,
): Promise<{ pat: PortalVisitor; device: DeviceAuthenticator }> {
  const pat = await portal.visit();
  const device = await authenticatorOf(pat);
  await signInByText(pat, PAT);
  await pat.goTo('/account/passkeys');
  await pat.press('Add a passkey');
  await pat.seesNotice('is added');
  expect(await device.passkeys()).toHaveLength(1);
  await pat.press('Sign out');
  await pat.sees('You are signed out');
  return { pat, device };
}

/** The browser offers no passkeys in the address field, as some do. */
export async function withoutAutofill({ page }: PortalVisitor): Promise<void> {
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });
}
