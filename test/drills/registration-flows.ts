/** Registrations and password resets. */
import { PAT } from '../journeys/clients/machine.ts';
import { CEDAR, details, NEW_PASSWORD, Registrant } from '../journeys/clients/registrant.ts';
import { Resetter } from '../journeys/clients/resetter.ts';
import type { Flow, Step } from './flow.ts';
import { confirmCall } from './sign-in-flows.ts';
import { answer, asks, password, prepared, readCode, readLink } from './steps.ts';

const RIVERA = 'jrivera@cedargrove.example';
const CHEN = 'm.chen@cedargrove.example';
const NUMBER = '+12025550177';
const RIVERAS_LOGIN = { username: 'jrivera', password: 'Portal-Pass-2024' };
const CHENS_LOGIN = { username: 'mchen', password: 'Portal-Pass-2025' };

const codeFrom = (to: string) => ({
  body: ({ code }: Record<string, string>) => ({ code }),
  before: (course: Parameters<typeof readCode>[0]) => readCode(course, to),
});

const open = (login: object): Step => asks('open', 'openMfaRegistration', { body: login });
const method = (of: 'EMAIL' | 'PHONE'): Step =>
  asks('method', 'chooseMethod', { body: { method: of } });
const byEmailTo = (email: string): Step[] => [
  asks('email', 'enterEmail', { body: { email } }),
  asks('verify email', 'verifyEmail', codeFrom(email)),
  asks('set password', 'setPassword', { body: { password: NEW_PASSWORD } }),
];

/** With the ticket of the last step. */
const ticket = (email: string): Step[] => [
  password(email, NEW_PASSWORD),
  answer('ticket', email, ({ kept }) => ({ ticket: kept.ticket })),
];

const registrationByEmail: Flow = {
  name: 'registration by e-mail',
  steps: [open(RIVERAS_LOGIN), method('EMAIL'), ...byEmailTo(RIVERA), ...ticket(RIVERA)],
};

const registrationByPhone: Flow = {
  name: 'registration by phone',
  steps: [
    open(CHENS_LOGIN),
    method('PHONE'),
    ...byEmailTo(CHEN),
    asks('phone', 'enterPhone', { body: { phoneNumber: NUMBER, channel: 'SMS' } }),
    asks('verify phone', 'verifyPhone', codeFrom(NUMBER)),
    ...ticket(CHEN),
  ],
};

/** Up to the phone, by requests that are not drilled. */
async function registrantAtPhone(machine: Registrant['machine']): Promise<Registrant> {
  const registrant = new Registrant(machine);
  await registrant.open(RIVERAS_LOGIN);
  await registrant.step('PUT', '/method', { method: 'PHONE' });
  await registrant.verifyEmail(RIVERA);
  await registrant.step('PUT', '/password', { password: NEW_PASSWORD });
  return registrant;
}

const confirmed = (number: string) => ({
  body: { call: 'CONFIRMED' },
  before: (course: Parameters<typeof confirmCall>[0]) => confirmCall(course, number),
});

const registrationByCall: Flow = {
  name: 'registration by a call',
  steps: [
    prepared('up to the phone', async ({ machine, kept }) => {
      kept.flowToken = (await registrantAtPhone(machine)).token;
    }),
    asks('call', 'enterPhone', { body: { phoneNumber: NUMBER, channel: 'CALL' } }),
    asks('look', 'getMfaRegistration'),
    asks('confirm', 'verifyPhone', confirmed(NUMBER)),
  ],
};

/** A registration that ended at the phone goes on by a mailed link. */
const registrationByLink: Flow = {
  name: 'registration by a mailed link',
  steps: [
    prepared('up to the phone', async ({ machine }) => void (await registrantAtPhone(machine))),
    asks('ask by address', 'requestLink', { body: { email: RIVERA, password: NEW_PASSWORD } }),
    asks('ask by name', 'requestLink', {
      body: { username: 'jrivera' },
      before: (course) => readLink(course, RIVERA),
    }),
    asks('show', 'showRegistrationLink', {
      body: ({ link }) => ({ linkToken: link }),
      before: (course) => readLink(course, RIVERA),
    }),
    asks('open', 'openMfaRegistration', { body: ({ link }) => ({ linkToken: link }) }),
    asks('look', 'getMfaRegistration'),
  ],
};

const NEW_DOCTOR = details();
const CORRECTED = 'newer.doc@cedargrove.example';

const provider: Flow = {
  name: 'registration of a provider',
  steps: [
    asks('open', 'startProviderRegistration', {
      body: { npi: CEDAR.npi, registrationCode: CEDAR.codes[0] },
    }),
    asks('account', 'createAccount', { body: NEW_DOCTOR }),
    asks('correct address', 'correctContactEmail', {
      body: { email: CORRECTED },
      before: async (course) => {
        await readLink(course, NEW_DOCTOR.email);
        await course.machine.advance(61);
      },
    }),
    asks('open link', 'openMfaRegistration', {
      body: ({ link }) => ({ linkToken: link }),
      before: (course) => readLink(course, CORRECTED),
    }),
    method('EMAIL'),
  ],
};

// Password reset

const choosesPassword = asks('set password', 'resetPassword', {
  body: { password: NEW_PASSWORD },
});

const reset: Flow = {
  name: 'password reset',
  steps: [
    asks('open', 'startPasswordReset', { body: { email: PAT.email } }),
    asks('resend', 'resendResetEmail', {
      body: {},
      before: async (course) => {
        await readCode(course, PAT.email);
        await course.machine.advance(16);
      },
    }),
    asks('verify email', 'verifyResetEmail', codeFrom(PAT.email)),
    asks('phone', 'chooseResetChannel', { body: { channel: 'SMS' } }),
    asks('verify phone', 'verifyResetPhone', codeFrom(PAT.phone)),
    choosesPassword,
    ...ticket(PAT.email),
  ],
};

const resetByCall: Flow = {
  name: 'password reset by a call',
  steps: [
    prepared('up to the phone', async ({ machine, kept }) => {
      const resetter = new Resetter(machine);
      await resetter.proveEmail(PAT.email);
      kept.flowToken = resetter.token;
    }),
    asks('call', 'chooseResetChannel', { body: { channel: 'CALL' } }),
    asks('look', 'getPasswordReset'),
    asks('confirm', 'verifyResetPhone', confirmed(PAT.phone)),
    choosesPassword,
  ],
};

export const REGISTRATION_FLOWS: readonly Flow[] = [
  registrationByEmail,
  registrationByPhone,
  registrationByCall,
  registrationByLink,
  provider,
  reset,
  resetByCall,
];
