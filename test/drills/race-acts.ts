/** What may happen to one account at once: acts of its owner, of an administrator and of others. */
import { Authenticator } from '../journeys/clients/authenticator.ts';
import { BrowserDevice } from '../journeys/clients/browser-device.ts';
import { Employee, HANA } from '../journeys/clients/employee.ts';
import { ADA, ERIN, type Machine, PASSWORD } from '../journeys/clients/machine.ts';
import { runOps } from '../journeys/clients/operator.ts';
import { PortalUser } from '../journeys/clients/portal-user.ts';
import { Resetter } from '../journeys/clients/resetter.ts';
import { outcomeOf, outcomeOfRound } from './flow.ts';

const NEW_EMAIL = 'erin.new@cedargrove.example';
const NEW_NUMBER = '+12025550177';
const WHY = ['--reason', 'asked by phone'];
/** The password that each act sets. */
export const CHANGED = 'Quiet-Lantern-42-Harbour';
export const RESET = 'Amber-Thicket-58-Willow';

/** Erin, signed in, with a remembered browser, a passkey and recovery codes. */
export interface Scene {
  machine: Machine;
  token: string;
  refreshToken: string;
  device: BrowserDevice;
  authenticator: Authenticator;
  recoveryCode: string;
  /** Access tokens that acts have brought. */
  brought: string[];
}

/**
 * Prepares an act up to its last request.
 * @returns what makes that request, and returns its outcome
 */
export type Act = (scene: Scene) => Promise<() => Promise<string>>;

const here = ({ outputs }: Machine) => ({ origin: outputs.portalUrl, rpId: 'localhost' });

async function newPasskey(
  machine: Machine,
  token: string,
): Promise<{ authenticator: Authenticator; add: () => ReturnType<Machine['api']> }> {
  const authenticator = new Authenticator();
  const options = (await machine.api('POST', '/me/passkeys/options', {}, token)).body as Parameters<
    Authenticator['create']
  >[0];
  const credential = authenticator.create(options, here(machine));
  const add = () => machine.api('POST', '/me/passkeys', { name: 'Desk', credential }, token);
  return { authenticator, add };
}

export async function sceneOn(machine: Machine): Promise<Scene> {
  await machine.reset();
  const device = await BrowserDevice.make();
  const tokens = await new PortalUser(machine, ERIN.email).signIn(
    PASSWORD,
    'EMAIL',
    ERIN.email,
    device.wish,
  );
  const { AccessToken: token, RefreshToken: refreshToken } = tokens;
  const { authenticator, add } = await newPasskey(machine, token);
  await add();
  const made = await machine.api('POST', '/me/recovery-codes', {}, token);
  const [recoveryCode = ''] = (made.body as { codes: string[] }).codes;
  return { machine, token, refreshToken, device, authenticator, recoveryCode, brought: [] };
}

// Staff

const byAdmin =
  (method: string, path: string, body: object): Act =>
  async ({ machine }) => {
    const ada = new PortalUser(machine, ADA.email);
    const { AccessToken } = await ada.signIn(PASSWORD, 'SMS', ADA.phone);
    return async () =>
      outcomeOf(await machine.api(method, `/admin/users/eemail${path}`, body, AccessToken));
  };

const byDesk =
  (method: string, path: string, body: object): Act =>
  async ({ machine }) => {
    const { access_token: token } = await new Employee(machine).signIn(HANA);
    const why = { ...body, reason: 'asked by phone' };
    return async () =>
      outcomeOf(await machine.api(method, `/help-desk/users/eemail${path}`, why, token));
  };

const becomesAdmin: Act = async ({ machine }) => {
  return async () => {
    const { code } = await runOps(machine, 'users', 'make-admin', 'eemail', ...WHY);
    return code === 0 ? '200' : `exit ${code}`;
  };
};

// Her own account

const byErin =
  (method: string, path: string, body?: object): Act =>
  async ({ machine, token }) =>
  async () =>
    outcomeOf(await machine.api(method, `/me${path}`, body, token));

const changes =
  (what: string, asked: object, to: string): Act =>
  async ({ machine, token }) => {
    const known = await machine.codes(to);
    await machine.api('POST', `/me/${what}`, asked, token);
    const code = await machine.code(to, known);
    return async () =>
      outcomeOf(await machine.api('POST', `/me/${what}/verification`, { code }, token));
  };

const addsPasskey: Act = async ({ machine, token }) => {
  const { add } = await newPasskey(machine, token);
  return async () => outcomeOf(await add());
};

const removesPasskey: Act = async ({ machine, token, authenticator: { passkeyId } }) => {
  return async () =>
    outcomeOf(await machine.api('DELETE', `/me/passkeys/${passkeyId}`, undefined, token));
};

const forgetsBrowser: Act = async ({ machine, token, device: { deviceId } }) => {
  return async () =>
    outcomeOf(await machine.api('DELETE', `/me/remembered-devices/${deviceId}`, undefined, token));
};

const resets: Act = async ({ machine }) => {
  const reset = new Resetter(machine);
  await reset.proveEmail(ERIN.email);
  return async () => outcomeOf(await reset.step('PUT', '/password', { password: RESET }));
};

// Sign-ins

/** @param begin brings the sign-in up to its last answer */
const signsIn =
  (begin: (user: PortalUser, scene: Scene) => Promise<object>): Act =>
  async (scene) => {
    const user = new PortalUser(scene.machine, ERIN.email);
    const answer = await begin(user, scene);
    const { session } = user.round;
    return async () => {
      const round = await user.answer(answer, session);
      if (round.tokens !== undefined) scene.brought.push(round.tokens.AccessToken);
      return outcomeOfRound(round);
    };
  };

const byCode = signsIn(async (user) => {
  await user.provePassword(PASSWORD);
  return { code: await user.sendCode('EMAIL', ERIN.email) };
});

const byRecoveryCode = signsIn(async (user, { recoveryCode: code }) => {
  await user.provePassword(PASSWORD);
  await user.answer({ factor: 'RECOVERY_CODE' });
  return { code };
});

const byPasskey = signsIn(async (user, { machine, authenticator }) => {
  const { parameters } = await user.begin();
  const challenge = Buffer.from(parameters.nonce ?? '', 'utf8').toString('base64url');
  return { passkey: authenticator.get(challenge, here(machine)) };
});

const byDevice = signsIn(async (user, { machine, device }) => {
  const { parameters } = await user.begin();
  return device.proof(machine.outputs.userPoolClientId, 'EMAIL', parameters.nonce ?? '');
});

const refreshes: Act = async ({ machine, refreshToken, brought }) => {
  return async () => {
    const fresh = await new PortalUser(machine, ERIN.email).refresh(refreshToken);
    if (fresh.AuthenticationResult === undefined) return String(fresh.__type);
    brought.push(fresh.AuthenticationResult.AccessToken);
    return 'tokens';
  };
};

export const ACTS: Record<string, Act> = {
  'admin resets': byAdmin('POST', '/registration-reset', {}),
  'admin disables': byAdmin('PUT', '/status', { status: 'DISABLED' }),
  'admin enables': byAdmin('PUT', '/status', { status: 'ENABLED' }),
  'help desk resets': byDesk('POST', '/registration-reset', {}),
  'help desk disables': byDesk('PUT', '/status', { status: 'DISABLED' }),
  'help desk unlocks': byDesk('POST', '/unlock', {}),
  'becomes an admin': becomesAdmin,
  'signs out everywhere': byErin('POST', '/sign-out-everywhere'),
  'changes the password': byErin('PUT', '/password', {
    currentPassword: PASSWORD,
    newPassword: CHANGED,
  }),
  'changes the address': changes('email', { email: NEW_EMAIL }, NEW_EMAIL),
  'adds a number': changes('phone', { phoneNumber: NEW_NUMBER, channel: 'SMS' }, NEW_NUMBER),
  'adds a passkey': addsPasskey,
  'removes the passkey': removesPasskey,
  'forgets the browser': forgetsBrowser,
  'makes recovery codes': byErin('POST', '/recovery-codes', {}),
  'resets the password': resets,
  'signs in by a code': byCode,
  'signs in by a recovery code': byRecoveryCode,
  'signs in by the passkey': byPasskey,
  'signs in by the browser': byDevice,
  refreshes,
};
