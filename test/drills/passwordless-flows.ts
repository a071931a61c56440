/** Flows without a password of the portal: a remembered browser, a passkey, an employee. */
import { Authenticator } from '../journeys/clients/authenticator.ts';
import { BrowserDevice } from '../journeys/clients/browser-device.ts';
import { Employee, HANA } from '../journeys/clients/employee.ts';
import { LEE, PASSWORD, PAT } from '../journeys/clients/machine.ts';
import { PortalUser } from '../journeys/clients/portal-user.ts';
import type { Course, Flow, Step } from './flow.ts';
import { ask, asUser, keep, me, refresh, signedIn, userOf } from './steps.ts';

/** A thing that a person of one course has, such as a key that never leaves it. */
function belonging<T>(): { of: (course: Course) => T; give: (course: Course, thing: T) => void } {
  const owned = new WeakMap<Course, T>();
  return {
    of(course) {
      const thing = owned.get(course);
      if (thing === undefined) throw new Error('This course has nothing of the kind yet.');
      return thing;
    },
    give: (course, thing) => void owned.set(course, thing),
  };
}

/**
 * A sign-in that begins with the address alone, because one refusal ends it: with the answer lost,
 * the person begins again.
 */
const alone = (
  name: string,
  email: string,
  prove: (course: Course, nonce: string) => Promise<object>,
): Step => ({
  name,
  async take(course) {
    const user = userOf({ ...course, kept: {} }, email);
    const { parameters, error } = await user.begin();
    if (error !== undefined) return error;
    await user.answer(await prove(course, parameters.nonce ?? ''));
    return keep(course, user);
  },
});

// A remembered browser

const devices = belonging<BrowserDevice>();

export const byDevice: Flow = {
  name: 'sign-in by a remembered browser',
  steps: [
    {
      name: 'sign in',
      async before(course) {
        const device = await BrowserDevice.make();
        devices.give(course, device);
        await new PortalUser(course.machine, PAT.email).signIn(
          PASSWORD,
          'SMS',
          PAT.phone,
          device.wish,
        );
      },
      take: async () => 'signed in',
    },
    alone('device', PAT.email, (course, nonce) =>
      devices.of(course).proof(course.machine.outputs.userPoolClientId, 'PHONE', nonce),
    ),
    me,
    refresh,
  ],
};

// A passkey

const authenticators = belonging<Authenticator>();

const addPasskey: Step = {
  name: 'add passkey',
  async before(course) {
    const { machine, kept } = course;
    const authenticator = new Authenticator();
    const answer = await machine.api('POST', '/me/passkeys/options', {}, kept.accessToken);
    const options = answer.body as Parameters<Authenticator['create']>[0];
    const here = { origin: machine.outputs.portalUrl, rpId: 'localhost' };
    kept.credential = JSON.stringify(authenticator.create(options, here));
    authenticators.give(course, authenticator);
  },
  take: (course) =>
    ask(course, 'add', {
      path: '/me/passkeys',
      body: { name: 'Desk', credential: JSON.parse(course.kept.credential ?? '') as object },
      token: course.kept.accessToken,
    }),
};

export const byPasskey: Flow = {
  name: 'sign-in by a passkey',
  steps: [
    signedIn(LEE.email, 'EMAIL', LEE.email),
    asUser('options', 'POST', '/me/passkeys/options', {}),
    addPasskey,
    alone('passkey', LEE.email, (course, nonce) => {
      const challenge = Buffer.from(nonce, 'utf8').toString('base64url');
      const here = { origin: course.machine.outputs.portalUrl, rpId: 'localhost' };
      return Promise.resolve({ passkey: authenticators.of(course).get(challenge, here) });
    }),
    me,
    refresh,
  ],
};

// An employee

export const byEmployee: Flow = {
  name: 'sign-in of an employee',
  steps: [
    {
      name: 'sign in',
      async take({ machine, kept }) {
        const employee = new Employee(machine);
        const back = await employee.comeBack(HANA);
        const code = back.get('code');
        if (code === null) return back.get('error') ?? 'nothing';
        const { status, body } = await employee.exchange(code);
        const { access_token: token, error } = body as { access_token?: string; error?: string };
        if (token === undefined) return `${status} ${error ?? ''}`.trimEnd();
        kept.accessToken = token;
        return 'tokens';
      },
    },
    {
      name: 'find',
      take: (course) =>
        ask(course, 'find', {
          method: 'GET',
          path: `/help-desk/users?email=${LEE.email}`,
          token: course.kept.accessToken,
        }),
    },
  ],
};
