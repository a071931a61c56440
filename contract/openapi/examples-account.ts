/** Examples of the signed-in user's own routes. */
import type { Me } from '../portal.ts';
import type { ExamplesOf } from './example-types.ts';
import {
  at,
  CEDAR_GROVE,
  NEW_PASSWORD,
  PASSWORD,
  PAT,
  SAMPLE_IDS,
  SAMPLE_SECRETS,
} from './sample.ts';

const me: Me = {
  username: PAT.username,
  firstName: PAT.firstName,
  lastName: PAT.lastName,
  email: PAT.email,
  maskedPhone: PAT.maskedPhone,
  method: 'PHONE',
  role: 'STANDARD',
  npi: CEDAR_GROVE.npi,
  language: 'en',
  acceptedTermsVersion: '2026-10',
  lastSignInAt: at('00:00'),
  previousSignInAt: '2026-10-02T08:12:00.000Z',
  previousLoginMethod: 'PHONE',
};
const { maskedPhone: _removed, ...withoutPhone } = me;

const passkey = {
  passkeyId: SAMPLE_IDS.passkey,
  name: 'Work laptop',
  createdAt: '2026-09-21T08:30:00.000Z',
  lastUsedAt: at('00:00'),
};
const mailed = { expiresAt: at('10:00'), resendAt: at('00:15'), attemptsLeft: 5 };
const texted = { expiresAt: at('05:00'), resendAt: at('00:15'), attemptsLeft: 5 };
const placed = { callId: SAMPLE_IDS.call, status: 'CALLING', expiresAt: at('02:00') } as const;
const code = { code: '123456' };

export const ACCOUNT_EXAMPLES: ExamplesOf<'me' | 'changes'> = {
  getMe: { answer: { phoneUser: me } },
  chooseLanguage: {
    body: { spanish: { language: 'es' } },
    answer: { chosen: { ...me, language: 'es' } },
  },
  listRememberedDevices: {
    answer: {
      one: [
        {
          deviceId: SAMPLE_IDS.device,
          browser: 'Chrome, Windows',
          loginMethod: 'PHONE',
          createdAt: at('00:00'),
          expiresAt: '2026-10-05T18:00:00.000Z',
        },
      ],
    },
  },
  forgetRememberedDevice: {},
  signOutEverywhere: {},
  listMyEvents: {
    answer: {
      lastPage: {
        events: [
          { at: at('00:00'), event: 'SIGNED_IN', actor: 'SELF', loginMethod: 'PHONE' },
          { at: '2026-09-21T08:30:00.000Z', event: 'PASSKEY_ADDED', actor: 'SELF' },
        ],
      },
    },
  },
  startPasskeySignIn: {
    body: { empty: {} },
    answer: { issued: { challenge: SAMPLE_SECRETS.challenge, expiresAt: at('05:00') } },
  },
  listPasskeys: { answer: { one: { passkeys: [passkey] } } },
  startPasskey: {
    body: { empty: {} },
    answer: {
      options: {
        challenge: SAMPLE_SECRETS.challenge,
        rp: { id: 'localhost', name: 'Cedar Provider Portal' },
        user: { id: 'cHBob25l', name: PAT.email, displayName: 'Pat Phone' },
        pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
        timeout: 300_000,
        attestation: 'none',
        authenticatorSelection: {
          residentKey: 'required',
          requireResidentKey: true,
          userVerification: 'required',
        },
        excludeCredentials: [],
      },
    },
  },
  addPasskey: {
    body: {
      created: {
        name: passkey.name,
        credential: {
          id: SAMPLE_IDS.passkey,
          rawId: SAMPLE_IDS.passkey,
          type: 'public-key',
          clientExtensionResults: {},
          response: {
            clientDataJSON: 'Y2xpZW50LWRhdGE',
            attestationObject: 'YXR0ZXN0YXRpb24',
            transports: ['internal'],
          },
        },
      },
    },
    answer: {
      added: { passkeyId: passkey.passkeyId, name: passkey.name, createdAt: passkey.createdAt },
    },
  },
  renamePasskey: {
    body: { renamed: { name: 'Front desk' } },
    answer: { renamed: { ...passkey, name: 'Front desk' } },
  },
  removePasskey: {},
  issueRecoveryCodes: {
    body: { empty: {} },
    answer: {
      issued: { codes: [...'23456789AB'].map((last) => `K7QM-4T9R-W2F${last}`) },
    },
  },
  countRecoveryCodes: { answer: { ten: { unused: 10 } } },
  changePassword: {
    body: { passwords: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD } },
    answer: { changed: { ticket: SAMPLE_SECRETS.ticket } },
  },
  changeEmail: {
    body: { newAddress: { email: PAT.email } },
    answer: { sent: { code: mailed } },
  },
  verifyNewEmail: { body: { code }, answer: { changed: me } },
  undoEmailChange: { body: { mailedLink: { linkToken: SAMPLE_SECRETS.linkToken } } },
  changePhone: {
    body: {
      text: { phoneNumber: PAT.phone, channel: 'SMS' },
      call: { phoneNumber: PAT.phone, channel: 'CALL' },
    },
    answer: { texted: { code: texted }, called: { call: placed } },
  },
  verifyNewPhone: {
    body: { code, call: { call: 'CONFIRMED' } },
    answer: { changed: me },
  },
  removePhone: { answer: { removed: { ...withoutPhone, method: 'EMAIL' } } },
};
