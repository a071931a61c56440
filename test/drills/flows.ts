/** The flows of the drills. */
import { Callee } from '../journeys/clients/callee.ts';
import { Employee, HANA } from '../journeys/clients/employee.ts';
import { ADA, ERIN, LEE, type Machine, PAT } from '../journeys/clients/machine.ts';
import { CEDAR, details, NEW_PASSWORD } from '../journeys/clients/registrant.ts';
import { arrived } from './arrived.ts';
import type { Course, Flow, Step } from './flow.ts';
import { byDevice, byEmployee, byPasskey } from './passwordless-flows.ts';
import { answer, ask, asUser, me, password, readCode, refresh, signedIn, step } from './steps.ts';

// Sign-in

const signIn = (factor: 'SMS' | 'EMAIL', email: string, to: string): Flow => ({
  name: `sign-in by ${factor}`,
  steps: [
    password(email),
    answer('choose', email, () => ({ factor })),
    answer(
      'code',
      email,
      ({ code }) => ({ code }),
      (course) => readCode(course, to),
    ),
    me,
    refresh,
  ],
});

const byCall: Flow = {
  name: 'sign-in by CALL',
  steps: [
    password(PAT.email),
    answer('choose', PAT.email, () => ({ factor: 'CALL' })),
    answer(
      'confirm',
      PAT.email,
      () => ({ call: 'CONFIRMED' }),
      async ({ machine }) => {
        const phone = new Callee(machine, PAT.phone);
        await arrived(async () => (await phone.calls()).find(({ state }) => state === 'RINGING'));
        await phone.answer();
        await phone.press('#');
      },
    ),
    me,
  ],
};

// Registration and reset

const inFlow =
  (prefix: string) =>
  (name: string, method: 'POST' | 'PUT', path: string, body: object): Step =>
    step('flowToken', { name, method, path: `${prefix}/current${path}`, body: () => body });

const registering = inFlow('/mfa-registrations');
const resetting = inFlow('/password-resets');

const verifying = (prefix: string, factor: 'email' | 'phone', to: string): Step =>
  step('flowToken', {
    name: `verify ${factor}`,
    method: 'POST',
    path: `${prefix}/current/${factor}/verification`,
    body: ({ code }) => ({ code }),
    before: (course) => readCode(course, to),
  });

const open = (path: string, body: object): Step => ({
  name: 'open',
  take: (course) => ask(course, 'open', { path, body }),
});

const ticket = (email: string): Step[] => [
  password(email, NEW_PASSWORD),
  answer('ticket', email, (kept) => ({ ticket: kept.ticket })),
];

const RIVERA = 'jrivera@cedargrove.example';
const CHEN = 'm.chen@cedargrove.example';
const NUMBER = '+12025550177';

const registrationByEmail: Flow = {
  name: 'registration by e-mail',
  steps: [
    open('/mfa-registrations', { username: 'jrivera', password: 'Portal-Pass-2024' }),
    registering('method', 'PUT', '/method', { method: 'EMAIL' }),
    registering('email', 'POST', '/email', { email: RIVERA }),
    verifying('/mfa-registrations', 'email', RIVERA),
    registering('set password', 'PUT', '/password', { password: NEW_PASSWORD }),
    ...ticket(RIVERA),
  ],
};

const registrationByPhone: Flow = {
  name: 'registration by phone',
  steps: [
    open('/mfa-registrations', { username: 'mchen', password: 'Portal-Pass-2025' }),
    registering('method', 'PUT', '/method', { method: 'PHONE' }),
    registering('email', 'POST', '/email', { email: CHEN }),
    verifying('/mfa-registrations', 'email', CHEN),
    registering('set password', 'PUT', '/password', { password: NEW_PASSWORD }),
    registering('phone', 'POST', '/phone', { phoneNumber: NUMBER, channel: 'SMS' }),
    verifying('/mfa-registrations', 'phone', NUMBER),
    ...ticket(CHEN),
  ],
};

const reset: Flow = {
  name: 'password reset',
  steps: [
    open('/password-resets', { email: PAT.email }),
    verifying('/password-resets', 'email', PAT.email),
    resetting('phone', 'POST', '/phone', { channel: 'SMS' }),
    verifying('/password-resets', 'phone', PAT.phone),
    resetting('set password', 'PUT', '/password', { password: NEW_PASSWORD }),
    ...ticket(PAT.email),
  ],
};

const NEW_DOCTOR = details();

const provider: Flow = {
  name: 'registration of a provider',
  steps: [
    open('/provider-registrations', { npi: CEDAR.npi, registrationCode: CEDAR.codes[0] }),
    inFlow('/provider-registrations')('account', 'POST', '/account', NEW_DOCTOR),
    {
      name: 'open link',
      async before({ machine, kept }) {
        kept.link = await machine.link(NEW_DOCTOR.email);
      },
      take: (course) =>
        ask(course, 'link', { path: '/mfa-registrations', body: { linkToken: course.kept.link } }),
    },
    registering('method', 'PUT', '/method', { method: 'EMAIL' }),
  ],
};

// Signed in

const NEW_EMAIL = 'lee.new@lakeside.example';

const account: Flow = {
  name: 'change of the e-mail address',
  steps: [
    signedIn(LEE.email, 'EMAIL', LEE.email),
    asUser('new address', 'POST', '/me/email', { email: NEW_EMAIL }),
    step('accessToken', {
      name: 'verify address',
      method: 'POST',
      path: '/me/email/verification',
      body: ({ code }) => ({ code }),
      before: (course) => readCode(course, NEW_EMAIL),
    }),
    asUser('sign out everywhere', 'POST', '/me/sign-out-everywhere'),
  ],
};

const NEW_NUMBER = '+12025550177';

const phone: Flow = {
  name: 'change of the phone',
  steps: [
    signedIn(LEE.email, 'EMAIL', LEE.email),
    asUser('new number', 'POST', '/me/phone', { phoneNumber: NEW_NUMBER, channel: 'SMS' }),
    step('accessToken', {
      name: 'verify number',
      method: 'POST',
      path: '/me/phone/verification',
      body: ({ code }) => ({ code }),
      before: (course) => readCode(course, NEW_NUMBER),
    }),
    asUser('no number', 'DELETE', '/me/phone'),
    asUser('recovery codes', 'POST', '/me/recovery-codes', {}),
  ],
};

/** The change itself is drilled by the flow before. */
const undo: Flow = {
  name: 'undo of a changed address',
  steps: [
    {
      name: 'address is changed',
      async before(course) {
        const { machine, kept } = course;
        await signedIn(LEE.email, 'EMAIL', LEE.email).before?.(course);
        const asLee = (path: string, body: object) =>
          machine.api('POST', `/me/email${path}`, body, kept.accessToken);
        await asLee('', { email: NEW_EMAIL });
        await readCode(course, NEW_EMAIL);
        await asLee('/verification', { code: kept.code });
        kept.link = await arrived(async () =>
          (await machine.messages(LEE.email))
            .map(({ text }) => /undo-email#([\w-]+)/.exec(text)?.[1])
            .find((link) => link !== undefined),
        );
      },
      take: async () => 'changed',
    },
    {
      name: 'undo',
      take: (course) =>
        ask(course, 'undo', {
          path: '/email-changes/undo',
          body: { linkToken: course.kept.link },
        }),
    },
    password(LEE.email),
  ],
};

const administration: Flow = {
  name: 'administration',
  steps: [
    signedIn(ADA.email, 'SMS', ADA.phone),
    asUser('disable', 'PUT', '/admin/users/eemail/status', { status: 'DISABLED' }),
    asUser('enable', 'PUT', '/admin/users/eemail/status', { status: 'ENABLED' }),
    asUser('reset', 'POST', '/admin/users/eemail/registration-reset', {}),
  ],
};

const WHY = { reason: 'asked by phone' };

const atDesk = (
  name: string,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
): Step => ({
  name,
  take: (course) =>
    ask(course, name, {
      method,
      path: `/help-desk${path}`,
      body,
      token: course.kept.accessToken,
    }),
});

const helpDesk: Flow = {
  name: 'help desk',
  steps: [
    {
      name: 'sign in',
      async before({ machine, kept }) {
        kept.accessToken = (await new Employee(machine).signIn(HANA)).access_token;
      },
      take: async () => 'signed in',
    },
    atDesk('find', 'GET', `/users?email=${ERIN.email}`),
    atDesk('explain', 'GET', '/users/eemail/explanation'),
    atDesk('unlock', 'POST', '/users/eemail/unlock', WHY),
    atDesk('disable', 'PUT', '/users/eemail/status', { status: 'DISABLED', ...WHY }),
    atDesk('enable', 'PUT', '/users/eemail/status', { status: 'ENABLED', ...WHY }),
    atDesk('reset', 'POST', '/users/eemail/registration-reset', WHY),
  ],
};

export const FLOWS: readonly Flow[] = [
  signIn('SMS', PAT.email, PAT.phone),
  signIn('EMAIL', ERIN.email, ERIN.email),
  byCall,
  byDevice,
  byPasskey,
  byEmployee,
  registrationByEmail,
  registrationByPhone,
  reset,
  provider,
  account,
  phone,
  undo,
  administration,
  helpDesk,
];

/** As at the start of the stack. */
export async function afresh(machine: Machine): Promise<Course> {
  await machine.local('POST', 'reset');
  return { machine, kept: {} };
}
