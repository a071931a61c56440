/** What people of the crowd do with browsers, passkeys and recovery codes. */
import { Authenticator } from '../journeys/clients/authenticator.ts';
import { BrowserDevice } from '../journeys/clients/browser-device.ts';
import type { Machine } from '../journeys/clients/machine.ts';
import { PortalUser } from '../journeys/clients/portal-user.ts';
import { outcomeOf, outcomeOfRound } from './flow.ts';
import { type Act, finish, inSession, newCode, provePassword, type Scene } from './sign-in-acts.ts';

const here = ({ outputs }: Machine) => ({ origin: outputs.portalUrl, rpId: 'localhost' });
const accessOf = ({ member }: Scene): string => member.tokens?.access ?? 'none';

// A remembered browser

const remembersBrowser: Act = async (scene) => {
  const { machine, member } = scene;
  const user = await provePassword(scene);
  const to = member.method === 'PHONE' ? member.phone : member.email;
  const known = await machine.codes(to);
  await user.answer({ factor: member.method === 'PHONE' ? 'SMS' : 'EMAIL' });
  if (user.round.challenge !== 'ENTER_CODE') return outcomeOfRound(user.round);
  const browser = await BrowserDevice.make();
  member.browsers.push(browser);
  return finish(scene, user, { code: await newCode(machine, to, known), ...browser.wish });
};

const signsInByBrowser: Act = async (scene) => {
  const { machine, member } = scene;
  const browser = member.browsers.at(-1);
  if (browser === undefined) return remembersBrowser(scene);
  const user = new PortalUser(machine, member.email);
  const { parameters } = await user.begin();
  if (user.round.challenge !== 'PROVE_DEVICE') return outcomeOfRound(user.round);
  const { userPoolClientId } = machine.outputs;
  const { nonce = '' } = parameters;
  return finish(scene, user, await browser.proof(userPoolClientId, member.method, nonce));
};

const forgetsBrowser: Act = async (scene) => {
  const deviceId = scene.member.browsers.shift()?.deviceId ?? 'x'.repeat(43);
  const path = `/me/remembered-devices/${deviceId}`;
  return outcomeOf(await scene.machine.api('DELETE', path, undefined, accessOf(scene)));
};

// A passkey

const addsPasskey: Act = async (scene) => {
  const { machine, member } = scene;
  const asked = await machine.api('POST', '/me/passkeys/options', {}, accessOf(scene));
  if (asked.status !== 200) return outcomeOf(asked);
  const passkey = new Authenticator();
  const options = asked.body as Parameters<Authenticator['create']>[0];
  const credential = passkey.create(options, here(machine));
  member.passkeys.push(passkey);
  const body = { name: 'Desk', credential };
  return outcomeOf(await machine.api('POST', '/me/passkeys', body, accessOf(scene)));
};

const signsInByPasskey: Act = async (scene) => {
  const { machine, member } = scene;
  const passkey = member.passkeys.at(-1);
  if (passkey === undefined) return inSession(addsPasskey)(scene);
  const user = new PortalUser(machine, member.email);
  const { parameters } = await user.begin();
  if (user.round.challenge !== 'PROVE_DEVICE') return outcomeOfRound(user.round);
  const challenge = Buffer.from(parameters.nonce ?? '', 'utf8').toString('base64url');
  return finish(scene, user, { passkey: passkey.get(challenge, here(machine)) });
};

const usesPasskeyAfterPassword: Act = async (scene) => {
  const passkey = scene.member.passkeys.at(-1);
  if (passkey === undefined) return inSession(addsPasskey)(scene);
  const user = await provePassword(scene);
  await user.answer({ factor: 'PASSKEY' });
  if (user.round.challenge !== 'USE_PASSKEY') return outcomeOfRound(user.round);
  const { challenge } = JSON.parse(user.round.parameters.options ?? '') as { challenge: string };
  return finish(scene, user, { passkey: passkey.get(challenge, here(scene.machine)) });
};

const removesPasskey: Act = async (scene) => {
  const { passkeyId = 'x' } = scene.member.passkeys.shift() ?? {};
  const path = `/me/passkeys/${passkeyId}`;
  return outcomeOf(await scene.machine.api('DELETE', path, undefined, accessOf(scene)));
};

// Recovery codes

const makesRecoveryCodes: Act = async (scene) => {
  const made = await scene.machine.api('POST', '/me/recovery-codes', {}, accessOf(scene));
  if (made.status === 201) scene.member.recoveryCodes = (made.body as { codes: string[] }).codes;
  return outcomeOf(made);
};

const signsInByRecoveryCode: Act = async (scene) => {
  const code = scene.member.recoveryCodes.shift();
  if (code === undefined) return inSession(makesRecoveryCodes)(scene);
  const user = await provePassword(scene);
  await user.answer({ factor: 'RECOVERY_CODE' });
  return user.round.challenge === 'ENTER_CODE'
    ? finish(scene, user, { code })
    : outcomeOfRound(user.round);
};

export const BELONGING_ACTS: Record<string, Act> = {
  'has the browser remembered': remembersBrowser,
  'signs in by the browser': signsInByBrowser,
  'forgets a browser': inSession(forgetsBrowser),
  'adds a passkey': inSession(addsPasskey),
  'signs in by a passkey': signsInByPasskey,
  'uses a passkey after the password': usesPasskeyAfterPassword,
  'removes a passkey': inSession(removesPasskey),
  'makes recovery codes': inSession(makesRecoveryCodes),
  'signs in by a recovery code': signsInByRecoveryCode,
};
