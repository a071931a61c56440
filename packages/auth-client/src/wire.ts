/* eslint max-lines: off -- generated */
/** Generated from contract/ by `npm run auth-client`: do not edit. */
export type LoginMethod = 'PHONE' | 'EMAIL';

export type PortalRole = 'STANDARD' | 'ADMIN';

export type AccountStatus = 'INVITED' | 'IMPORTED' | 'ENROLLING' | 'RESET' | 'ACTIVE' | 'DISABLED';

export type Factor = 'EMAIL' | 'SMS' | 'CALL';

export type Reason =
  | 'CODE_MISMATCH'
  | 'CODE_EXPIRED'
  | 'TOO_MANY_ATTEMPTS'
  | 'CALL_NOT_CONFIRMED'
  | 'RESEND_TOO_SOON'
  | 'SEND_LIMIT'
  | 'DELIVERY_FAILED'
  | 'TERMS_OUTDATED'
  | 'TICKET_INVALID'
  | 'ANSWER_INVALID'
  | 'CALL_IN_PROGRESS'
  | 'ACCOUNT_LOCKED';

export type DevicePublicKey = {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
  ext?: boolean;
  key_ops?: string[];
  alg?: string;
  use?: string;
};

export type ChooseFactorParameters = {
  challenge: 'CHOOSE_FACTOR';
  factors: string;
  maskedPhone?: string;
  maskedEmail: string;
  reason?:
    | 'CODE_MISMATCH'
    | 'CODE_EXPIRED'
    | 'TOO_MANY_ATTEMPTS'
    | 'CALL_NOT_CONFIRMED'
    | 'RESEND_TOO_SOON'
    | 'SEND_LIMIT'
    | 'DELIVERY_FAILED'
    | 'TERMS_OUTDATED'
    | 'TICKET_INVALID'
    | 'ANSWER_INVALID'
    | 'CALL_IN_PROGRESS'
    | 'ACCOUNT_LOCKED';
  lockedUntil?: string;
};

export type EnterCodeParameters = {
  challenge: 'ENTER_CODE';
  factor: 'EMAIL' | 'SMS' | 'CALL';
  destination: string;
  expiresAt: string;
  resendAt: string;
  attemptsLeft: string;
  reason?:
    | 'CODE_MISMATCH'
    | 'CODE_EXPIRED'
    | 'TOO_MANY_ATTEMPTS'
    | 'CALL_NOT_CONFIRMED'
    | 'RESEND_TOO_SOON'
    | 'SEND_LIMIT'
    | 'DELIVERY_FAILED'
    | 'TERMS_OUTDATED'
    | 'TICKET_INVALID'
    | 'ANSWER_INVALID'
    | 'CALL_IN_PROGRESS'
    | 'ACCOUNT_LOCKED';
};

export type ConfirmCallParameters = {
  challenge: 'CONFIRM_CALL';
  callId: string;
  match?: string;
  destination: string;
  expiresAt: string;
  resendAt: string;
  reason?:
    | 'CODE_MISMATCH'
    | 'CODE_EXPIRED'
    | 'TOO_MANY_ATTEMPTS'
    | 'CALL_NOT_CONFIRMED'
    | 'RESEND_TOO_SOON'
    | 'SEND_LIMIT'
    | 'DELIVERY_FAILED'
    | 'TERMS_OUTDATED'
    | 'TICKET_INVALID'
    | 'ANSWER_INVALID'
    | 'CALL_IN_PROGRESS'
    | 'ACCOUNT_LOCKED';
};

export type AcceptTermsParameters = {
  challenge: 'ACCEPT_TERMS';
  termsVersion: string;
  termsUrl: string;
  reason?:
    | 'CODE_MISMATCH'
    | 'CODE_EXPIRED'
    | 'TOO_MANY_ATTEMPTS'
    | 'CALL_NOT_CONFIRMED'
    | 'RESEND_TOO_SOON'
    | 'SEND_LIMIT'
    | 'DELIVERY_FAILED'
    | 'TERMS_OUTDATED'
    | 'TICKET_INVALID'
    | 'ANSWER_INVALID'
    | 'CALL_IN_PROGRESS'
    | 'ACCOUNT_LOCKED';
};

export type RegistrationIncompleteParameters = {
  challenge: 'REGISTRATION_INCOMPLETE';
  status: 'ENROLLING' | 'RESET' | 'DISABLED';
};

export type ChallengeParameters =
  | {
      challenge: 'CHOOSE_FACTOR';
      factors: string;
      maskedPhone?: string;
      maskedEmail: string;
      reason?:
        | 'CODE_MISMATCH'
        | 'CODE_EXPIRED'
        | 'TOO_MANY_ATTEMPTS'
        | 'CALL_NOT_CONFIRMED'
        | 'RESEND_TOO_SOON'
        | 'SEND_LIMIT'
        | 'DELIVERY_FAILED'
        | 'TERMS_OUTDATED'
        | 'TICKET_INVALID'
        | 'ANSWER_INVALID'
        | 'CALL_IN_PROGRESS'
        | 'ACCOUNT_LOCKED';
      lockedUntil?: string;
    }
  | {
      challenge: 'ENTER_CODE';
      factor: 'EMAIL' | 'SMS' | 'CALL';
      destination: string;
      expiresAt: string;
      resendAt: string;
      attemptsLeft: string;
      reason?:
        | 'CODE_MISMATCH'
        | 'CODE_EXPIRED'
        | 'TOO_MANY_ATTEMPTS'
        | 'CALL_NOT_CONFIRMED'
        | 'RESEND_TOO_SOON'
        | 'SEND_LIMIT'
        | 'DELIVERY_FAILED'
        | 'TERMS_OUTDATED'
        | 'TICKET_INVALID'
        | 'ANSWER_INVALID'
        | 'CALL_IN_PROGRESS'
        | 'ACCOUNT_LOCKED';
    }
  | {
      challenge: 'CONFIRM_CALL';
      callId: string;
      match?: string;
      destination: string;
      expiresAt: string;
      resendAt: string;
      reason?:
        | 'CODE_MISMATCH'
        | 'CODE_EXPIRED'
        | 'TOO_MANY_ATTEMPTS'
        | 'CALL_NOT_CONFIRMED'
        | 'RESEND_TOO_SOON'
        | 'SEND_LIMIT'
        | 'DELIVERY_FAILED'
        | 'TERMS_OUTDATED'
        | 'TICKET_INVALID'
        | 'ANSWER_INVALID'
        | 'CALL_IN_PROGRESS'
        | 'ACCOUNT_LOCKED';
    }
  | {
      challenge: 'ACCEPT_TERMS';
      termsVersion: string;
      termsUrl: string;
      reason?:
        | 'CODE_MISMATCH'
        | 'CODE_EXPIRED'
        | 'TOO_MANY_ATTEMPTS'
        | 'CALL_NOT_CONFIRMED'
        | 'RESEND_TOO_SOON'
        | 'SEND_LIMIT'
        | 'DELIVERY_FAILED'
        | 'TERMS_OUTDATED'
        | 'TICKET_INVALID'
        | 'ANSWER_INVALID'
        | 'CALL_IN_PROGRESS'
        | 'ACCOUNT_LOCKED';
    }
  | { challenge: 'REGISTRATION_INCOMPLETE'; status: 'ENROLLING' | 'RESET' | 'DISABLED' }
  | { challenge: 'PROVE_DEVICE'; nonce: string };

export type Channel = 'SMS' | 'CALL';

export type CallStatus = 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';

export type CallView = {
  status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
  expiresAt: string;
  denied?: boolean;
};

export type Registration = {
  step:
    | 'CHOOSE_METHOD'
    | 'ENTER_EMAIL'
    | 'VERIFY_EMAIL'
    | 'SET_PASSWORD'
    | 'ENTER_PHONE'
    | 'VERIFY_PHONE'
    | 'DONE';
  method?: 'PHONE' | 'EMAIL';
  maskedEmail?: string;
  maskedPhone?: string;
  code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
  call?: {
    callId: string;
    status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
    expiresAt: string;
    match?: string;
  };
};

export type PasswordReset = {
  step: 'VERIFY_EMAIL' | 'SET_PASSWORD' | 'VERIFY_PHONE' | 'DONE' | 'CHOOSE_CHANNEL';
  maskedEmail: string;
  maskedPhone?: string;
  code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
  call?: {
    callId: string;
    status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
    expiresAt: string;
    match?: string;
  };
};

export type AccountDetails = {
  username: string;
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
};

export type Me = {
  username: string;
  firstName: string;
  lastName: string;
  email: string;
  method: 'PHONE' | 'EMAIL';
  role: 'STANDARD' | 'ADMIN';
  npi: string;
  maskedPhone?: string;
  acceptedTermsVersion?: string;
  lastSignInAt?: string;
  previousSignInAt?: string;
};

export type RememberedDevice = {
  deviceId: string;
  loginMethod: 'PHONE' | 'EMAIL';
  createdAt: string;
  expiresAt: string;
  lastUsedAt?: string;
};

export type ManagedUser = {
  username: string;
  firstName: string;
  lastName: string;
  status: 'INVITED' | 'IMPORTED' | 'ENROLLING' | 'RESET' | 'ACTIVE' | 'DISABLED';
  role: 'STANDARD' | 'ADMIN';
  maskedEmail?: string;
  maskedPhone?: string;
  method?: 'PHONE' | 'EMAIL';
  lastSignInAt?: string;
};

export type UserEventPage = {
  events: {
    at: string;
    event: string;
    outcome?: string;
    actor?: string;
    actorUsername?: string;
    reason?: string;
    loginMethod?: 'PHONE' | 'EMAIL';
    sourceAddress?: string;
    requestId?: string;
  }[];
  cursor?: string;
};

export type Terms = {
  version: string;
  title: string;
  effectiveAt: string;
  sha256: string;
  markdown: string;
};

export type ProblemCode =
  | 'CODE_MISMATCH'
  | 'CODE_EXPIRED'
  | 'TOO_MANY_ATTEMPTS'
  | 'CALL_NOT_CONFIRMED'
  | 'RESEND_TOO_SOON'
  | 'SEND_LIMIT'
  | 'DELIVERY_FAILED'
  | 'CALL_IN_PROGRESS'
  | 'REQUEST_INVALID'
  | 'TOKEN_INVALID'
  | 'CREDENTIALS_INVALID'
  | 'FORBIDDEN'
  | 'REGISTRATION_CODE_INVALID'
  | 'LINK_INVALID'
  | 'SELF_RESET'
  | 'NOT_FOUND'
  | 'STEP_OUT_OF_ORDER'
  | 'USERNAME_TAKEN'
  | 'EMAIL_TAKEN'
  | 'ALREADY_REGISTERED'
  | 'ACCOUNT_DISABLED'
  | 'FLOW_EXPIRED'
  | 'TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'WORKFORCE_EMAIL'
  | 'EMAIL_NOT_ON_RECORD'
  | 'EMAIL_BOUNCED'
  | 'PASSWORD_TOO_SHORT'
  | 'PASSWORD_TOO_LONG'
  | 'PASSWORD_COMMON'
  | 'PASSWORD_CONTAINS_IDENTITY'
  | 'PASSWORD_INVALID'
  | 'PHONE_INVALID'
  | 'PHONE_EXTENSION'
  | 'PHONE_NOT_ALLOWED'
  | 'RATE_LIMITED'
  | 'INTERNAL'
  | 'UNAVAILABLE';

export type FieldFault = { path: string; message: string };

/** What each route takes and answers. */
export interface Wire {
  startProviderRegistration: {
    body: { npi: string; registrationCode: string };
    query: undefined;
    answer: { flowToken: string; expiresAt: string; provider: { npi: string; name: string } };
  };
  createAccount: {
    body: { username: string; firstName: string; lastName: string; email: string; phone: string };
    query: undefined;
    answer: { username: string; maskedEmail: string; linkExpiresAt: string };
  };
  correctContactEmail: {
    body: { email: string };
    query: undefined;
    answer: { username: string; maskedEmail: string; linkExpiresAt: string };
  };
  requestLink: {
    body: { username: string } | { email: string; password: string };
    query: undefined;
    answer: undefined;
  };
  showRegistrationLink: {
    body: { linkToken: string };
    query: undefined;
    answer: { username: string; maskedEmail: string };
  };
  openMfaRegistration: {
    body: { username: string; password: string } | { linkToken: string };
    query: undefined;
    answer: {
      flowToken: string;
      registration: {
        step:
          | 'CHOOSE_METHOD'
          | 'ENTER_EMAIL'
          | 'VERIFY_EMAIL'
          | 'SET_PASSWORD'
          | 'ENTER_PHONE'
          | 'VERIFY_PHONE'
          | 'DONE';
        method?: 'PHONE' | 'EMAIL';
        maskedEmail?: string;
        maskedPhone?: string;
        code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
        call?: {
          callId: string;
          status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
          expiresAt: string;
          match?: string;
        };
      };
    };
  };
  getMfaRegistration: {
    body: undefined;
    query: undefined;
    answer: {
      registration: {
        step:
          | 'CHOOSE_METHOD'
          | 'ENTER_EMAIL'
          | 'VERIFY_EMAIL'
          | 'SET_PASSWORD'
          | 'ENTER_PHONE'
          | 'VERIFY_PHONE'
          | 'DONE';
        method?: 'PHONE' | 'EMAIL';
        maskedEmail?: string;
        maskedPhone?: string;
        code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
        call?: {
          callId: string;
          status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
          expiresAt: string;
          match?: string;
        };
      };
      ticket?: string;
      email?: string;
    };
  };
  chooseMethod: {
    body: { method: 'PHONE' | 'EMAIL' };
    query: undefined;
    answer: {
      registration: {
        step:
          | 'CHOOSE_METHOD'
          | 'ENTER_EMAIL'
          | 'VERIFY_EMAIL'
          | 'SET_PASSWORD'
          | 'ENTER_PHONE'
          | 'VERIFY_PHONE'
          | 'DONE';
        method?: 'PHONE' | 'EMAIL';
        maskedEmail?: string;
        maskedPhone?: string;
        code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
        call?: {
          callId: string;
          status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
          expiresAt: string;
          match?: string;
        };
      };
      ticket?: string;
      email?: string;
    };
  };
  enterEmail: {
    body: { email: string };
    query: undefined;
    answer: {
      registration: {
        step:
          | 'CHOOSE_METHOD'
          | 'ENTER_EMAIL'
          | 'VERIFY_EMAIL'
          | 'SET_PASSWORD'
          | 'ENTER_PHONE'
          | 'VERIFY_PHONE'
          | 'DONE';
        method?: 'PHONE' | 'EMAIL';
        maskedEmail?: string;
        maskedPhone?: string;
        code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
        call?: {
          callId: string;
          status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
          expiresAt: string;
          match?: string;
        };
      };
      ticket?: string;
      email?: string;
    };
  };
  verifyEmail: {
    body: { code: string };
    query: undefined;
    answer: {
      registration: {
        step:
          | 'CHOOSE_METHOD'
          | 'ENTER_EMAIL'
          | 'VERIFY_EMAIL'
          | 'SET_PASSWORD'
          | 'ENTER_PHONE'
          | 'VERIFY_PHONE'
          | 'DONE';
        method?: 'PHONE' | 'EMAIL';
        maskedEmail?: string;
        maskedPhone?: string;
        code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
        call?: {
          callId: string;
          status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
          expiresAt: string;
          match?: string;
        };
      };
      ticket?: string;
      email?: string;
    };
  };
  setPassword: {
    body: { password: string };
    query: undefined;
    answer: {
      registration: {
        step:
          | 'CHOOSE_METHOD'
          | 'ENTER_EMAIL'
          | 'VERIFY_EMAIL'
          | 'SET_PASSWORD'
          | 'ENTER_PHONE'
          | 'VERIFY_PHONE'
          | 'DONE';
        method?: 'PHONE' | 'EMAIL';
        maskedEmail?: string;
        maskedPhone?: string;
        code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
        call?: {
          callId: string;
          status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
          expiresAt: string;
          match?: string;
        };
      };
      ticket?: string;
      email?: string;
    };
  };
  enterPhone: {
    body: { phoneNumber: string; channel: 'SMS' | 'CALL' };
    query: undefined;
    answer: {
      registration: {
        step:
          | 'CHOOSE_METHOD'
          | 'ENTER_EMAIL'
          | 'VERIFY_EMAIL'
          | 'SET_PASSWORD'
          | 'ENTER_PHONE'
          | 'VERIFY_PHONE'
          | 'DONE';
        method?: 'PHONE' | 'EMAIL';
        maskedEmail?: string;
        maskedPhone?: string;
        code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
        call?: {
          callId: string;
          status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
          expiresAt: string;
          match?: string;
        };
      };
      ticket?: string;
      email?: string;
    };
  };
  verifyPhone: {
    body: { code: string } | { call: 'CONFIRMED' };
    query: undefined;
    answer: {
      registration: {
        step:
          | 'CHOOSE_METHOD'
          | 'ENTER_EMAIL'
          | 'VERIFY_EMAIL'
          | 'SET_PASSWORD'
          | 'ENTER_PHONE'
          | 'VERIFY_PHONE'
          | 'DONE';
        method?: 'PHONE' | 'EMAIL';
        maskedEmail?: string;
        maskedPhone?: string;
        code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
        call?: {
          callId: string;
          status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
          expiresAt: string;
          match?: string;
        };
      };
      ticket?: string;
      email?: string;
    };
  };
  startPasswordReset: {
    body: { email: string };
    query: undefined;
    answer: {
      flowToken: string;
      reset: {
        step: 'VERIFY_EMAIL' | 'SET_PASSWORD' | 'VERIFY_PHONE' | 'DONE' | 'CHOOSE_CHANNEL';
        maskedEmail: string;
        maskedPhone?: string;
        code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
        call?: {
          callId: string;
          status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
          expiresAt: string;
          match?: string;
        };
      };
    };
  };
  getPasswordReset: {
    body: undefined;
    query: undefined;
    answer: {
      reset: {
        step: 'VERIFY_EMAIL' | 'SET_PASSWORD' | 'VERIFY_PHONE' | 'DONE' | 'CHOOSE_CHANNEL';
        maskedEmail: string;
        maskedPhone?: string;
        code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
        call?: {
          callId: string;
          status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
          expiresAt: string;
          match?: string;
        };
      };
      ticket?: string;
    };
  };
  resendResetEmail: {
    body: Record<string, never>;
    query: undefined;
    answer: {
      reset: {
        step: 'VERIFY_EMAIL' | 'SET_PASSWORD' | 'VERIFY_PHONE' | 'DONE' | 'CHOOSE_CHANNEL';
        maskedEmail: string;
        maskedPhone?: string;
        code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
        call?: {
          callId: string;
          status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
          expiresAt: string;
          match?: string;
        };
      };
      ticket?: string;
    };
  };
  verifyResetEmail: {
    body: { code: string };
    query: undefined;
    answer: {
      reset: {
        step: 'VERIFY_EMAIL' | 'SET_PASSWORD' | 'VERIFY_PHONE' | 'DONE' | 'CHOOSE_CHANNEL';
        maskedEmail: string;
        maskedPhone?: string;
        code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
        call?: {
          callId: string;
          status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
          expiresAt: string;
          match?: string;
        };
      };
      ticket?: string;
    };
  };
  chooseResetChannel: {
    body: { channel: 'SMS' | 'CALL' };
    query: undefined;
    answer: {
      reset: {
        step: 'VERIFY_EMAIL' | 'SET_PASSWORD' | 'VERIFY_PHONE' | 'DONE' | 'CHOOSE_CHANNEL';
        maskedEmail: string;
        maskedPhone?: string;
        code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
        call?: {
          callId: string;
          status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
          expiresAt: string;
          match?: string;
        };
      };
      ticket?: string;
    };
  };
  verifyResetPhone: {
    body: { code: string } | { call: 'CONFIRMED' };
    query: undefined;
    answer: {
      reset: {
        step: 'VERIFY_EMAIL' | 'SET_PASSWORD' | 'VERIFY_PHONE' | 'DONE' | 'CHOOSE_CHANNEL';
        maskedEmail: string;
        maskedPhone?: string;
        code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
        call?: {
          callId: string;
          status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
          expiresAt: string;
          match?: string;
        };
      };
      ticket?: string;
    };
  };
  resetPassword: {
    body: { password: string };
    query: undefined;
    answer: {
      reset: {
        step: 'VERIFY_EMAIL' | 'SET_PASSWORD' | 'VERIFY_PHONE' | 'DONE' | 'CHOOSE_CHANNEL';
        maskedEmail: string;
        maskedPhone?: string;
        code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
        call?: {
          callId: string;
          status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
          expiresAt: string;
          match?: string;
        };
      };
      ticket?: string;
    };
  };
  getCall: {
    body: undefined;
    query: undefined;
    answer: {
      status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
      expiresAt: string;
      denied?: boolean;
    };
  };
  getCurrentTerms: {
    body: undefined;
    query: undefined;
    answer: {
      version: string;
      title: string;
      effectiveAt: string;
      sha256: string;
      markdown: string;
    };
  };
  getMe: {
    body: undefined;
    query: undefined;
    answer: {
      username: string;
      firstName: string;
      lastName: string;
      email: string;
      method: 'PHONE' | 'EMAIL';
      role: 'STANDARD' | 'ADMIN';
      npi: string;
      maskedPhone?: string;
      acceptedTermsVersion?: string;
      lastSignInAt?: string;
      previousSignInAt?: string;
    };
  };
  listRememberedDevices: {
    body: undefined;
    query: undefined;
    answer: {
      deviceId: string;
      loginMethod: 'PHONE' | 'EMAIL';
      createdAt: string;
      expiresAt: string;
      lastUsedAt?: string;
    }[];
  };
  forgetRememberedDevice: { body: undefined; query: undefined; answer: undefined };
  signOutEverywhere: { body: undefined; query: undefined; answer: undefined };
  listUsers: {
    body: undefined;
    query: { search?: string; cursor?: string };
    answer: {
      users: {
        username: string;
        firstName: string;
        lastName: string;
        status: 'INVITED' | 'IMPORTED' | 'ENROLLING' | 'RESET' | 'ACTIVE' | 'DISABLED';
        role: 'STANDARD' | 'ADMIN';
        maskedEmail?: string;
        maskedPhone?: string;
        method?: 'PHONE' | 'EMAIL';
        lastSignInAt?: string;
      }[];
      cursor?: string;
    };
  };
  getUser: {
    body: undefined;
    query: undefined;
    answer: {
      username: string;
      firstName: string;
      lastName: string;
      status: 'INVITED' | 'IMPORTED' | 'ENROLLING' | 'RESET' | 'ACTIVE' | 'DISABLED';
      role: 'STANDARD' | 'ADMIN';
      maskedEmail?: string;
      maskedPhone?: string;
      method?: 'PHONE' | 'EMAIL';
      lastSignInAt?: string;
    };
  };
  listUserEvents: {
    body: undefined;
    query: { cursor?: string };
    answer: {
      events: {
        at: string;
        event: string;
        outcome?: string;
        actor?: string;
        actorUsername?: string;
        reason?: string;
        loginMethod?: 'PHONE' | 'EMAIL';
        sourceAddress?: string;
        requestId?: string;
      }[];
      cursor?: string;
    };
  };
  resetRegistration: { body: { reason?: string }; query: undefined; answer: undefined };
  correctUserEmail: {
    body: { email: string };
    query: undefined;
    answer: {
      username: string;
      firstName: string;
      lastName: string;
      status: 'INVITED' | 'IMPORTED' | 'ENROLLING' | 'RESET' | 'ACTIVE' | 'DISABLED';
      role: 'STANDARD' | 'ADMIN';
      maskedEmail?: string;
      maskedPhone?: string;
      method?: 'PHONE' | 'EMAIL';
      lastSignInAt?: string;
    };
  };
  setUserStatus: {
    body: { status: 'DISABLED' | 'ENABLED' };
    query: undefined;
    answer: {
      username: string;
      firstName: string;
      lastName: string;
      status: 'INVITED' | 'IMPORTED' | 'ENROLLING' | 'RESET' | 'ACTIVE' | 'DISABLED';
      role: 'STANDARD' | 'ADMIN';
      maskedEmail?: string;
      maskedPhone?: string;
      method?: 'PHONE' | 'EMAIL';
      lastSignInAt?: string;
    };
  };
}

export type RouteName = keyof Wire;

export interface Route {
  method: string;
  path: string;
  /** Whether it answers with a body. */
  answers: boolean;
}

export const ROUTES: Record<RouteName, Route> = {
  startProviderRegistration: { method: 'POST', path: '/provider-registrations', answers: true },
  createAccount: { method: 'POST', path: '/provider-registrations/current/account', answers: true },
  correctContactEmail: {
    method: 'PUT',
    path: '/provider-registrations/current/email',
    answers: true,
  },
  requestLink: { method: 'POST', path: '/registration-links', answers: false },
  showRegistrationLink: { method: 'POST', path: '/registration-links/details', answers: true },
  openMfaRegistration: { method: 'POST', path: '/mfa-registrations', answers: true },
  getMfaRegistration: { method: 'GET', path: '/mfa-registrations/current', answers: true },
  chooseMethod: { method: 'PUT', path: '/mfa-registrations/current/method', answers: true },
  enterEmail: { method: 'POST', path: '/mfa-registrations/current/email', answers: true },
  verifyEmail: {
    method: 'POST',
    path: '/mfa-registrations/current/email/verification',
    answers: true,
  },
  setPassword: { method: 'PUT', path: '/mfa-registrations/current/password', answers: true },
  enterPhone: { method: 'POST', path: '/mfa-registrations/current/phone', answers: true },
  verifyPhone: {
    method: 'POST',
    path: '/mfa-registrations/current/phone/verification',
    answers: true,
  },
  startPasswordReset: { method: 'POST', path: '/password-resets', answers: true },
  getPasswordReset: { method: 'GET', path: '/password-resets/current', answers: true },
  resendResetEmail: { method: 'POST', path: '/password-resets/current/email', answers: true },
  verifyResetEmail: {
    method: 'POST',
    path: '/password-resets/current/email/verification',
    answers: true,
  },
  chooseResetChannel: { method: 'POST', path: '/password-resets/current/phone', answers: true },
  verifyResetPhone: {
    method: 'POST',
    path: '/password-resets/current/phone/verification',
    answers: true,
  },
  resetPassword: { method: 'PUT', path: '/password-resets/current/password', answers: true },
  getCall: { method: 'GET', path: '/calls/{callId}', answers: true },
  getCurrentTerms: { method: 'GET', path: '/terms/current', answers: true },
  getMe: { method: 'GET', path: '/me', answers: true },
  listRememberedDevices: { method: 'GET', path: '/me/remembered-devices', answers: true },
  forgetRememberedDevice: {
    method: 'DELETE',
    path: '/me/remembered-devices/{deviceId}',
    answers: false,
  },
  signOutEverywhere: { method: 'POST', path: '/me/sign-out-everywhere', answers: false },
  listUsers: { method: 'GET', path: '/admin/users', answers: true },
  getUser: { method: 'GET', path: '/admin/users/{username}', answers: true },
  listUserEvents: { method: 'GET', path: '/admin/users/{username}/events', answers: true },
  resetRegistration: {
    method: 'POST',
    path: '/admin/users/{username}/registration-reset',
    answers: false,
  },
  correctUserEmail: { method: 'PUT', path: '/admin/users/{username}/email', answers: true },
  setUserStatus: { method: 'PUT', path: '/admin/users/{username}/status', answers: true },
};

/** The text that a remembered device signs (ECDSA P-256, SHA-256, IEEE P1363, over UTF-8). */
export function deviceSignatureText(
  clientId: string,
  deviceId: string,
  loginMethod: LoginMethod,
  nonce: string,
): string {
  return ['portal-auth/device/v1', clientId, deviceId, loginMethod, nonce].join('\n');
}
