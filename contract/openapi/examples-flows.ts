/** Examples of registrations, resets, calls and terms. */
import type {
  CodeView,
  FlowCallView,
  PasswordReset,
  Registration,
  RegistrationStep,
} from '../flows.ts';
import type { ExamplesOf } from './example-types.ts';
import {
  at,
  CEDAR_GROVE,
  ERIN,
  NEW_PASSWORD,
  NEWCOMER,
  PASSWORD,
  PAT,
  RIVERA,
  SAMPLE_IDS,
  SAMPLE_SECRETS,
} from './sample.ts';

const { flowToken, linkToken, ticket } = SAMPLE_SECRETS;
const mailed: CodeView = { expiresAt: at('10:00'), resendAt: at('00:15'), attemptsLeft: 5 };
const texted: CodeView = { expiresAt: at('05:00'), resendAt: at('00:15'), attemptsLeft: 5 };
const placed: FlowCallView = {
  callId: SAMPLE_IDS.call,
  status: 'CALLING',
  expiresAt: at('02:00'),
};

const registering = (step: RegistrationStep, more: Partial<Registration> = {}): Registration => ({
  step,
  method: 'PHONE',
  maskedEmail: RIVERA.maskedEmail,
  ...more,
});
const { maskedPhone } = NEWCOMER;
const registered = registering('DONE', { maskedPhone });

const resetting: PasswordReset = {
  step: 'VERIFY_EMAIL',
  maskedEmail: PAT.maskedEmail,
  code: mailed,
};
const proven = { maskedEmail: PAT.maskedEmail, maskedPhone: PAT.maskedPhone };

const code = { code: '123456' };
const codeOrCall = { code, call: { call: 'CONFIRMED' as const } };
const account = { username: NEWCOMER.username, linkExpiresAt: at('20:00') };

export const FLOW_EXAMPLES: ExamplesOf<'registration' | 'recovery' | 'calls' | 'terms'> = {
  startProviderRegistration: {
    body: { provider: { npi: CEDAR_GROVE.npi, registrationCode: CEDAR_GROVE.registrationCode } },
    answer: {
      opened: {
        flowToken,
        expiresAt: '2026-10-05T15:00:00.000Z',
        provider: { npi: CEDAR_GROVE.npi, name: CEDAR_GROVE.name },
      },
    },
  },
  createAccount: {
    body: {
      newcomer: {
        username: NEWCOMER.username,
        firstName: NEWCOMER.firstName,
        lastName: NEWCOMER.lastName,
        email: NEWCOMER.email,
        phone: NEWCOMER.phone,
      },
    },
    answer: { created: { ...account, maskedEmail: NEWCOMER.maskedEmail } },
  },
  correctContactEmail: {
    body: { corrected: { email: NEWCOMER.email } },
    answer: { mailed: { ...account, maskedEmail: NEWCOMER.maskedEmail } },
  },
  requestLink: {
    body: {
      byUsername: { username: RIVERA.username },
      byEmail: { email: ERIN.email, password: PASSWORD },
    },
  },
  showRegistrationLink: {
    body: { mailedLink: { linkToken } },
    answer: { shown: { username: RIVERA.username, maskedEmail: RIVERA.maskedEmail } },
  },
  openMfaRegistration: {
    body: {
      portalLogin: { username: RIVERA.username, password: RIVERA.portalPassword },
      mailedLink: { linkToken },
    },
    answer: { opened: { flowToken, registration: { step: 'CHOOSE_METHOD' } } },
  },
  getMfaRegistration: {
    answer: { waitingForCode: { registration: registering('VERIFY_EMAIL', { code: mailed }) } },
  },
  chooseMethod: {
    body: { phone: { method: 'PHONE' }, email: { method: 'EMAIL' } },
    answer: { chosen: { registration: { step: 'ENTER_EMAIL', method: 'PHONE' } } },
  },
  enterEmail: {
    body: { workAddress: { email: RIVERA.email } },
    answer: { sent: { registration: registering('VERIFY_EMAIL', { code: mailed }) } },
  },
  verifyEmail: {
    body: { code },
    answer: { verified: { registration: registering('SET_PASSWORD') } },
  },
  setPassword: {
    body: { password: { password: NEW_PASSWORD } },
    answer: { set: { registration: registering('ENTER_PHONE') } },
  },
  enterPhone: {
    body: {
      text: { phoneNumber: NEWCOMER.phone, channel: 'SMS' },
      call: { phoneNumber: NEWCOMER.phone, channel: 'CALL' },
    },
    answer: {
      texted: { registration: registering('VERIFY_PHONE', { maskedPhone, code: texted }) },
      called: { registration: registering('VERIFY_PHONE', { maskedPhone, call: placed }) },
    },
  },
  verifyPhone: {
    body: codeOrCall,
    answer: { done: { registration: registered, ticket, email: RIVERA.email } },
  },
  startPasswordReset: {
    body: { address: { email: PAT.email } },
    answer: { opened: { flowToken, reset: resetting } },
  },
  getPasswordReset: { answer: { waitingForCode: { reset: resetting } } },
  resendResetEmail: { body: { empty: {} }, answer: { sent: { reset: resetting } } },
  verifyResetEmail: {
    body: { code },
    answer: {
      phoneIsNext: { reset: { step: 'CHOOSE_CHANNEL', ...proven } },
      passwordIsNext: { reset: { step: 'SET_PASSWORD', maskedEmail: ERIN.maskedEmail } },
    },
  },
  chooseResetChannel: {
    body: { text: { channel: 'SMS' }, call: { channel: 'CALL' } },
    answer: {
      texted: { reset: { step: 'VERIFY_PHONE', ...proven, code: texted } },
      called: { reset: { step: 'VERIFY_PHONE', ...proven, call: placed } },
    },
  },
  verifyResetPhone: {
    body: codeOrCall,
    answer: { verified: { reset: { step: 'SET_PASSWORD', ...proven } } },
  },
  resetPassword: {
    body: { password: { password: NEW_PASSWORD } },
    answer: { done: { reset: { step: 'DONE', ...proven }, ticket } },
  },
  getCall: {
    answer: {
      ringing: { status: 'CALLING', expiresAt: at('02:00') },
      confirmed: { status: 'CONFIRMED', expiresAt: at('02:00') },
      denied: { status: 'FAILED', expiresAt: at('02:00'), denied: true },
    },
  },
  getCurrentTerms: {
    answer: {
      current: {
        version: '2026-10',
        language: 'en',
        title: 'Terms of Use Agreement',
        effectiveAt: '2026-10-01T00:00:00.000Z',
        sha256: '0'.repeat(64),
        markdown: '# Terms of Use Agreement\n\nThe portal is subject to …',
      },
    },
  },
};
