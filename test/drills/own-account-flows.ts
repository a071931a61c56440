/** What people do with their own account once they are signed in. */
import { LEE, PASSWORD } from '../journeys/clients/machine.ts';
import { NEW_PASSWORD } from '../journeys/clients/registrant.ts';
import type { Flow } from './flow.ts';
import { confirmCall, registerPasskey, rememberedSignIn } from './sign-in-flows.ts';
import {
  alone,
  asks,
  devices,
  me,
  password,
  prepared,
  readCode,
  readLink,
  signedIn,
  signInAs,
} from './steps.ts';

const NEW_EMAIL = 'lee.new@lakeside.example';
const NEW_NUMBER = '+12025550177';

const email: Flow = {
  name: 'change of the e-mail address',
  steps: [
    signedIn(LEE.email, 'EMAIL', LEE.email),
    asks('new address', 'changeEmail', { body: { email: NEW_EMAIL } }),
    asks('verify address', 'verifyNewEmail', {
      body: ({ code }) => ({ code }),
      before: (course) => readCode(course, NEW_EMAIL),
    }),
    asks('sign out everywhere', 'signOutEverywhere'),
  ],
};

const phone: Flow = {
  name: 'change of the phone',
  steps: [
    signedIn(LEE.email, 'EMAIL', LEE.email),
    asks('new number', 'changePhone', { body: { phoneNumber: NEW_NUMBER, channel: 'SMS' } }),
    asks('verify number', 'verifyNewPhone', {
      body: ({ code }) => ({ code }),
      before: (course) => readCode(course, NEW_NUMBER),
    }),
    asks('no number', 'removePhone'),
  ],
};

const phoneByCall: Flow = {
  name: 'change of the phone by a call',
  steps: [
    signedIn(LEE.email, 'EMAIL', LEE.email),
    asks('call', 'changePhone', { body: { phoneNumber: NEW_NUMBER, channel: 'CALL' } }),
    asks('confirm', 'verifyNewPhone', {
      body: { call: 'CONFIRMED' },
      before: (course) => confirmCall(course, NEW_NUMBER),
    }),
  ],
};

/** The change itself is drilled by a flow of its own. */
const undo: Flow = {
  name: 'undo of a changed address',
  steps: [
    prepared('address is changed', async (course) => {
      const { machine, kept } = course;
      await signInAs(course, LEE.email, ['EMAIL', LEE.email]);
      const asLee = (path: string, body: object) =>
        machine.api('POST', `/me/email${path}`, body, kept.accessToken);
      await asLee('', { email: NEW_EMAIL });
      await readCode(course, NEW_EMAIL);
      await asLee('/verification', { code: kept.code });
      await readLink(course, LEE.email, 'undo-email');
    }),
    asks('undo', 'undoEmailChange', { body: ({ link }) => ({ linkToken: link }) }),
    password(LEE.email),
  ],
};

const changeOfPassword: Flow = {
  name: 'change of the password',
  steps: [
    signedIn(LEE.email, 'EMAIL', LEE.email),
    asks('new password', 'changePassword', {
      body: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD },
    }),
    alone('ticket', LEE.email, ({ kept }) => ({ ticket: kept.ticket })),
    me,
  ],
};

const belongings: Flow = {
  name: 'look at what an account has',
  steps: [
    prepared('sign in', async (course) => {
      await rememberedSignIn(course, LEE.email, ['EMAIL', LEE.email]);
      course.kept.deviceId = devices.of(course).deviceId;
      await registerPasskey(course);
    }),
    asks('events', 'listMyEvents'),
    asks('browsers', 'listRememberedDevices'),
    asks('forget browser', 'forgetRememberedDevice', {
      at: ({ deviceId = '' }) => ({ deviceId }),
    }),
    asks('passkeys', 'listPasskeys'),
    asks('rename passkey', 'renamePasskey', {
      at: ({ passkeyId = '' }) => ({ passkeyId }),
      body: { name: 'Laptop' },
    }),
    asks('remove passkey', 'removePasskey', { at: ({ passkeyId = '' }) => ({ passkeyId }) }),
    asks('language', 'chooseLanguage', { body: { language: 'es' } }),
  ],
};

export const OWN_ACCOUNT_FLOWS: readonly Flow[] = [
  email,
  phone,
  phoneByCall,
  undo,
  changeOfPassword,
  belongings,
];
