/** A stage that requires passkeys of its administrators. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { Authenticator } from '../clients/authenticator.ts';
import { BrowserDevice } from '../clients/browser-device.ts';
import { LEE, Machine, PASSWORD } from '../clients/machine.ts';
import { assemblyWith } from '../clients/own-assembly.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { Resetter } from '../clients/resetter.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot(await assemblyWith({ passkeys: { requiredForAdmins: true } }));
});
afterAll(async () => machine.stop());

const lee = () => new PortalUser(machine, LEE.email);
const listed = async (token: string) =>
  (await machine.api('GET', '/admin/users', undefined, token)).status;

test('an administrator acts with a passkey, and then signs in by nothing weaker', async () => {
  const device = await BrowserDevice.make();
  const { AccessToken: token } = await lee().signIn(PASSWORD, 'EMAIL', LEE.email, device.wish);
  expect(await machine.api('GET', '/admin/users', undefined, token)).toMatchObject({
    status: 403,
    body: { code: 'PASSKEY_REQUIRED' },
  });

  const authenticator = new Authenticator();
  const here = { origin: machine.outputs.portalUrl, rpId: 'localhost' };
  const { body: options } = await machine.api('POST', '/me/passkeys/options', {}, token);
  const credential = authenticator.create(options, here);
  await machine.api('POST', '/me/passkeys', { name: 'Desk', credential }, token);
  expect(await listed(token)).toBe(200);

  await machine.advance(3_700);
  expect(await device.signIn(lee())).toMatchObject({ error: 'NotAuthorizedException' });

  const byPassword = lee();
  expect(await byPassword.provePassword(PASSWORD)).toMatchObject({
    parameters: { factors: 'PASSKEY' },
  });
  await byPassword.answer({ factor: 'EMAIL' });
  expect(byPassword.round.parameters).toMatchObject({ reason: 'ANSWER_INVALID' });

  const changed = 'Amber-Thicket-58-Willow';
  const ticket = await new Resetter(machine).reset(LEE, changed);
  const afterReset = lee();
  await afterReset.provePassword(changed);
  expect(await afterReset.answer({ ticket })).toMatchObject({ challenge: 'USE_PASSKEY' });
  const asked = JSON.parse(afterReset.round.parameters.options ?? '') as { challenge: string };
  const { tokens } = await afterReset.answer({ passkey: authenticator.get(asked.challenge, here) });
  expect(decodeJwt(tokens?.AccessToken ?? '')).toMatchObject({ login_method: 'PASSKEY' });
  expect(await listed(tokens?.AccessToken ?? '')).toBe(200);
});
