import { test } from '@jest/globals';
import { authenticatorOf } from './authenticator.ts';
import { lockOutElsewhere } from './lock-out.ts';
import { openPortal } from './open-portal.ts';
import { PAT } from './portal-stack.ts';

const portal = openPortal();

test('an account with too many wrong codes is open to a passkey, with the password and without', async () => {
  const visitor = await portal.visit();
  const device = await authenticatorOf(visitor);
  await visitor.goTo('/');
  await visitor.provePassword(PAT.email, 'PHONE');
  await visitor.enterCode(await visitor.codeAfter('Send Code', PAT.phone));
  await visitor.sees('Welcome, Pat');
  await visitor.goTo('/account/passkeys');
  await visitor.press('Add a passkey');
  await visitor.seesNotice('is added');
  await visitor.press('Sign out');
  await portal.moveClock(901);
  const passkeys = await device.passkeys();
  await device.hold([]);
  await lockOutElsewhere(portal);
  await visitor.goTo('/');
  await visitor.provePassword(PAT.email, 'PHONE');
  await visitor.sees('This account is locked for now');
  await device.hold(passkeys);
  await visitor.press('Use a passkey instead');
  await visitor.sees('Welcome, Pat');
  await visitor.press('Sign out');
  await visitor.goTo('/');
  await visitor.press('LOGIN WITH PASSKEY');
  await visitor.sees('Welcome, Pat');
});
