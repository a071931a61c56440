/** Sign-ins of people and of employees, by every factor. */
import { Authenticator } from '../journeys/clients/authenticator.ts';
import { BrowserDevice } from '../journeys/clients/browser-device.ts';
import { Callee } from '../journeys/clients/callee.ts';
import { Employee, HANA } from '../journeys/clients/employee.ts';
import { ERIN, LEE, PAT } from '../journeys/clients/machine.ts';
import { arrived } from './arrived.ts';
import type { Course, Flow, Step } from './flow.ts';
import {
  alone,
  answer,
  asks,
  authenticators,
  devices,
  me,
  password,
  prepared,
  readCode,
  refresh,
  signedIn,
  signInAs,
} from './steps.ts';

// By a code

const byText: Flow = {
  name: 'sign-in by SMS',
  steps: [
    password(PAT.email),
    answer('choose', PAT.email, () => ({ factor: 'SMS' })),
    answer(
      'code',
      PAT.email,
      ({ kept }) => ({ code: kept.code }),
      (course) => readCode(course, PAT.phone),
    ),
    me,
    refresh,
  ],
};

/** Erin has not accepted the terms. */
const byEmail: Flow = {
  name: 'sign-in by EMAIL',
  steps: [
    password(ERIN.email),
    answer('choose', ERIN.email, () => ({ factor: 'EMAIL' })),
    answer(
      'code',
      ERIN.email,
      ({ kept }) => ({ code: kept.code }),
      (course) => readCode(course, ERIN.email),
    ),
    asks('terms', 'getCurrentTerms', { keeps: ({ version }) => ({ terms: String(version) }) }),
    answer('accept', ERIN.email, ({ kept }) => ({ acceptTerms: kept.terms })),
    me,
    refresh,
  ],
};

// By a call

/** The person takes the call and presses #. */
export async function confirmCall({ machine }: Course, number: string): Promise<void> {
  const phone = new Callee(machine, number);
  await arrived(async () => (await phone.calls()).find(({ state }) => state === 'RINGING'));
  await phone.answer();
  await phone.press('#');
}

const byCall: Flow = {
  name: 'sign-in by CALL',
  steps: [
    password(PAT.email),
    answer('choose', PAT.email, () => ({ factor: 'CALL' })),
    asks('look', 'getCall', { at: ({ callId = '' }) => ({ callId }) }),
    answer(
      'confirm',
      PAT.email,
      () => ({ call: 'CONFIRMED' }),
      (course) => confirmCall(course, PAT.phone),
    ),
    me,
  ],
};

// By a recovery code

const byRecoveryCode: Flow = {
  name: 'sign-in by RECOVERY_CODE',
  steps: [
    signedIn(LEE.email, 'EMAIL', LEE.email),
    asks('recovery codes', 'issueRecoveryCodes', {
      body: {},
      keeps: ({ codes }) => ({ recoveryCodes: (codes as string[]).join(' ') }),
    }),
    password(LEE.email),
    answer('choose', LEE.email, () => ({ factor: 'RECOVERY_CODE' })),
    answer(
      'code',
      LEE.email,
      ({ kept }) => ({ code: kept.code }),
      // The person strikes off each code that they type.
      async ({ kept }) => {
        const [code = '', ...others] = (kept.recoveryCodes ?? '').split(' ');
        Object.assign(kept, { code, recoveryCodes: others.join(' ') });
      },
    ),
    asks('codes left', 'countRecoveryCodes'),
  ],
};

// By a remembered browser

/** Signs in, and has the browser remembered. */
export async function rememberedSignIn(
  course: Course,
  email: string,
  by: ['SMS' | 'EMAIL', string],
): Promise<void> {
  const device = await BrowserDevice.make();
  devices.give(course, device);
  await signInAs(course, email, by, device.wish);
}

const byDevice: Flow = {
  name: 'sign-in by a remembered browser',
  steps: [
    prepared('sign in', (course) => rememberedSignIn(course, PAT.email, ['SMS', PAT.phone])),
    alone('device', PAT.email, (course, nonce) =>
      devices.of(course).proof(course.machine.outputs.userPoolClientId, 'PHONE', nonce),
    ),
    me,
    refresh,
  ],
};

// By a passkey

const here = ({ machine }: Course) => ({ origin: machine.outputs.portalUrl, rpId: 'localhost' });

/** A credential for the options that the page has just got. */
async function createCredential(course: Course): Promise<void> {
  const { machine, kept } = course;
  const authenticator = new Authenticator();
  const answered = await machine.api('POST', '/me/passkeys/options', {}, kept.accessToken);
  const options = answered.body as Parameters<Authenticator['create']>[0];
  kept.credential = JSON.stringify(authenticator.create(options, here(course)));
  authenticators.give(course, authenticator);
}

const naming = ({ credential = '' }: Course['kept']) => ({
  name: 'Desk',
  credential: JSON.parse(credential) as object,
});

/** Has a passkey, by requests that are not drilled. */
export async function registerPasskey(course: Course): Promise<void> {
  const { machine, kept } = course;
  await createCredential(course);
  const added = await machine.api('POST', '/me/passkeys', naming(kept), kept.accessToken);
  kept.passkeyId = (added.body as { passkeyId: string }).passkeyId;
}

const byPasskey: Flow = {
  name: 'sign-in by a passkey',
  steps: [
    signedIn(LEE.email, 'EMAIL', LEE.email),
    asks('options', 'startPasskey', { body: {} }),
    asks('add passkey', 'addPasskey', { body: naming, before: createCredential }),
    alone('passkey', LEE.email, (course, nonce) => {
      const challenge = Buffer.from(nonce, 'utf8').toString('base64url');
      return { passkey: authenticators.of(course).get(challenge, here(course)) };
    }),
    me,
    refresh,
  ],
};

/** Before an address is typed, and in the place of a code. */
const byOfferedPasskey: Flow = {
  name: 'sign-in by an offered passkey',
  steps: [
    prepared('register', async (course) => {
      await signInAs(course, LEE.email, ['EMAIL', LEE.email]);
      await registerPasskey(course);
    }),
    asks('challenge', 'startPasskeySignIn', {
      body: {},
      keeps: ({ challenge }) => ({ challenge: String(challenge) }),
    }),
    {
      ...alone(
        'passkey',
        (course) => Buffer.from(authenticators.of(course).userHandle, 'base64url').toString('utf8'),
        (course) => ({
          passkey: authenticators.of(course).get(course.kept.challenge ?? '', here(course)),
        }),
      ),
      startsOver: 'challenge',
    },
    password(LEE.email),
    answer('choose', LEE.email, () => ({ factor: 'PASSKEY' })),
    answer('passkey as a factor', LEE.email, (course) => {
      const { challenge } = JSON.parse(course.kept.options ?? '{}') as { challenge: string };
      return { passkey: authenticators.of(course).get(challenge, here(course)) };
    }),
    me,
  ],
};

// An employee

const employeeSignsIn: Step = {
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
};

const byEmployee: Flow = {
  name: 'sign-in of an employee',
  steps: [employeeSignsIn, asks('find', 'findPeople', { query: { email: LEE.email } })],
};

export const SIGN_IN_FLOWS: readonly Flow[] = [
  byText,
  byEmail,
  byCall,
  byRecoveryCode,
  byDevice,
  byPasskey,
  byOfferedPasskey,
  byEmployee,
];
