/* oxlint-disable max-lines -- generated */
/** Generated from contract/ by `npm run auth-client`: do not edit. */
export type LoginMethod = 'PHONE' | 'EMAIL';

export type PortalRole = 'STANDARD' | 'ADMIN';

export type AccountStatus = 'INVITED' | 'IMPORTED' | 'ENROLLING' | 'RESET' | 'ACTIVE' | 'DISABLED';

export type Factor = 'EMAIL' | 'SMS' | 'CALL';

export type SignInFactor = 'EMAIL' | 'SMS' | 'CALL' | 'PASSKEY' | 'RECOVERY_CODE';

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
  | 'PASSKEY_INVALID'
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

export type PasskeyAssertion = {
  response: {
    clientDataJSON: string;
    authenticatorData: string;
    signature: string;
    userHandle?: string;
  };
  id: string;
  rawId: string;
  type: 'public-key';
  clientExtensionResults: Record<string, never>;
  authenticatorAttachment?: string;
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
    | 'PASSKEY_INVALID'
    | 'ACCOUNT_LOCKED';
  lockedUntil?: string;
};

export type UsePasskeyParameters = {
  challenge: 'USE_PASSKEY';
  options: string;
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
    | 'PASSKEY_INVALID'
    | 'ACCOUNT_LOCKED';
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
    | 'PASSKEY_INVALID'
    | 'ACCOUNT_LOCKED';
};

export type EnterRecoveryCodeParameters = {
  challenge: 'ENTER_CODE';
  factor: 'RECOVERY_CODE';
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
    | 'PASSKEY_INVALID'
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
    | 'PASSKEY_INVALID'
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
    | 'PASSKEY_INVALID'
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
        | 'PASSKEY_INVALID'
        | 'ACCOUNT_LOCKED';
      lockedUntil?: string;
    }
  | {
      challenge: 'USE_PASSKEY';
      options: string;
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
        | 'PASSKEY_INVALID'
        | 'ACCOUNT_LOCKED';
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
        | 'PASSKEY_INVALID'
        | 'ACCOUNT_LOCKED';
    }
  | {
      challenge: 'ENTER_CODE';
      factor: 'RECOVERY_CODE';
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
        | 'PASSKEY_INVALID'
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
        | 'PASSKEY_INVALID'
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
        | 'PASSKEY_INVALID'
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

export type ChangeStarted = {
  code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
  call?: {
    callId: string;
    status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
    expiresAt: string;
    match?: string;
  };
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

export type Person = {
  username: string;
  firstName: string;
  lastName: string;
  status: 'INVITED' | 'IMPORTED' | 'ENROLLING' | 'RESET' | 'ACTIVE' | 'DISABLED';
  role: 'STANDARD' | 'ADMIN';
  npi: string;
  maskedEmail?: string;
  maskedPhone?: string;
  method?: 'PHONE' | 'EMAIL';
  lastSignInAt?: string;
};

export type PersonPage = {
  users: {
    username: string;
    firstName: string;
    lastName: string;
    status: 'INVITED' | 'IMPORTED' | 'ENROLLING' | 'RESET' | 'ACTIVE' | 'DISABLED';
    role: 'STANDARD' | 'ADMIN';
    npi: string;
    maskedEmail?: string;
    maskedPhone?: string;
    method?: 'PHONE' | 'EMAIL';
    lastSignInAt?: string;
  }[];
  cursor?: string;
};

export type HelpfulAct = 'EMAIL' | 'RESET' | 'LINK' | 'UNLOCK' | 'ENABLE';

export type ApprovalDecision = 'APPROVED' | 'DENIED';

export type ExplanationView = {
  status: 'INVITED' | 'IMPORTED' | 'ENROLLING' | 'RESET' | 'ACTIVE' | 'DISABLED';
  meaning: string;
  factors: {
    method?: 'PHONE' | 'EMAIL';
    maskedEmail?: string;
    maskedPhone?: string;
    language?: 'en' | 'es';
    passkeys?: number;
    recoveryCodes?: number;
  };
  sends: {
    at: string;
    event:
      | 'CODE_SENT'
      | 'LINK_SENT'
      | 'CALL_PLACED'
      | 'CALL_CONFIRMED'
      | 'CALL_DENIED'
      | 'EMAIL_BOUNCED';
    what: string;
    cause?: string;
    factor?: string;
    failure?: string;
  }[];
  locks: {
    lock:
      | 'HOUR_OF_WRONG_CODES'
      | 'WRONG_CODES'
      | 'HOUR_OF_PORTAL_PASSWORDS'
      | 'PORTAL_PASSWORDS'
      | 'LEASE';
    what: string;
    until?: string;
  }[];
  flows: {
    flow: 'LINK' | 'REGISTRATION';
    what: string;
    step?: string;
    openedAt?: string;
    until?: string;
  }[];
  signIns: { at: string; loginMethod?: 'PHONE' | 'EMAIL' | 'PASSKEY' }[];
  nextSteps: string[];
  steps: (
    | 'MAIL_LINK'
    | 'CORRECT_BOUNCED_EMAIL'
    | 'ASK_FOR_EMAIL'
    | 'FORMER_PORTAL_LOGIN'
    | 'CONTINUE_AT_PORTAL_LOGIN'
    | 'FIND_OUT_WHY_DISABLED'
    | 'RESET_PASSWORD_OR_UNLOCK'
    | 'WAIT_OR_UNLOCK'
    | 'USE_EMAIL_ADDRESS'
    | 'RESET_PASSWORD'
    | 'REPLACE_LOST_PHONE'
  )[];
  acts: ('EMAIL' | 'RESET' | 'LINK' | 'UNLOCK' | 'ENABLE')[];
  waitUntil?: string;
};

export type ApprovalNeeded = { approvalId: string; expiresAt: string };

export type Approvals = {
  approvals: {
    approvalId: string;
    act: 'RESET' | 'DISABLE';
    username: string;
    npi: string;
    reason: string;
    requestedBy: string;
    own: boolean;
    requestedAt: string;
    expiresAt: string;
  }[];
};

export type ProviderView = {
  npi: string;
  name: string;
  registrationCodes: {
    codeId: string;
    role: 'STANDARD' | 'ADMIN';
    status: 'OPEN' | 'REDEEMED' | 'REVOKED';
    issuedAt: string;
    issuedBy: string;
  }[];
};

export type CodesIssued = { codes: { codeId: string; code: string }[] };

export type Language = 'en' | 'es';

export type PasskeyCreation = {
  response: { clientDataJSON: string; attestationObject: string; transports?: string[] };
  id: string;
  rawId: string;
  type: 'public-key';
  clientExtensionResults: Record<string, never>;
  authenticatorAttachment?: string;
};

export type PasskeyView = {
  passkeyId: string;
  name: string;
  createdAt: string;
  lastUsedAt?: string;
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
  language?: 'en' | 'es';
  acceptedTermsVersion?: string;
  lastSignInAt?: string;
  previousSignInAt?: string;
  previousLoginMethod?: 'PHONE' | 'EMAIL' | 'PASSKEY';
};

export type RememberedDevice = {
  deviceId: string;
  loginMethod: 'PHONE' | 'EMAIL';
  createdAt: string;
  expiresAt: string;
  browser?: string;
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
    loginMethod?: 'PHONE' | 'EMAIL' | 'PASSKEY';
    sourceAddress?: string;
    requestId?: string;
  }[];
  cursor?: string;
};

export type Terms = {
  version: string;
  language: 'en' | 'es';
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
  | 'PASSKEY_INVALID'
  | 'EMAIL_BOUNCED'
  | 'REQUEST_INVALID'
  | 'TOKEN_INVALID'
  | 'CREDENTIALS_INVALID'
  | 'FORBIDDEN'
  | 'PASSKEY_REQUIRED'
  | 'REGISTRATION_CODE_INVALID'
  | 'LINK_INVALID'
  | 'FACTOR_TOO_OLD'
  | 'SELF_RESET'
  | 'NOT_FOUND'
  | 'STEP_OUT_OF_ORDER'
  | 'USERNAME_TAKEN'
  | 'EMAIL_TAKEN'
  | 'ALREADY_REGISTERED'
  | 'ACCOUNT_DISABLED'
  | 'PASSKEY_LIMIT'
  | 'FLOW_EXPIRED'
  | 'TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'CURRENT_PASSWORD_INVALID'
  | 'NPI_INVALID'
  | 'WORKFORCE_EMAIL'
  | 'EMAIL_NOT_ON_RECORD'
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
      language: 'en' | 'es';
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
      language?: 'en' | 'es';
      acceptedTermsVersion?: string;
      lastSignInAt?: string;
      previousSignInAt?: string;
      previousLoginMethod?: 'PHONE' | 'EMAIL' | 'PASSKEY';
    };
  };
  chooseLanguage: {
    body: { language: 'en' | 'es' };
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
      language?: 'en' | 'es';
      acceptedTermsVersion?: string;
      lastSignInAt?: string;
      previousSignInAt?: string;
      previousLoginMethod?: 'PHONE' | 'EMAIL' | 'PASSKEY';
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
      browser?: string;
      lastUsedAt?: string;
    }[];
  };
  forgetRememberedDevice: { body: undefined; query: undefined; answer: undefined };
  signOutEverywhere: { body: undefined; query: undefined; answer: undefined };
  listMyEvents: {
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
        loginMethod?: 'PHONE' | 'EMAIL' | 'PASSKEY';
        sourceAddress?: string;
        requestId?: string;
      }[];
      cursor?: string;
    };
  };
  startPasskeySignIn: {
    body: Record<string, never>;
    query: undefined;
    answer: { challenge: string; expiresAt: string };
  };
  listPasskeys: {
    body: undefined;
    query: undefined;
    answer: {
      passkeys: { passkeyId: string; name: string; createdAt: string; lastUsedAt?: string }[];
    };
  };
  startPasskey: { body: Record<string, never>; query: undefined; answer: { challenge: string } };
  addPasskey: {
    body: {
      name: string;
      credential: {
        response: { clientDataJSON: string; attestationObject: string; transports?: string[] };
        id: string;
        rawId: string;
        type: 'public-key';
        authenticatorAttachment?: string;
        clientExtensionResults?: Record<string, never>;
      };
    };
    query: undefined;
    answer: { passkeyId: string; name: string; createdAt: string; lastUsedAt?: string };
  };
  renamePasskey: {
    body: { name: string };
    query: undefined;
    answer: { passkeyId: string; name: string; createdAt: string; lastUsedAt?: string };
  };
  removePasskey: { body: undefined; query: undefined; answer: undefined };
  issueRecoveryCodes: {
    body: Record<string, never>;
    query: undefined;
    answer: { codes: string[] };
  };
  countRecoveryCodes: { body: undefined; query: undefined; answer: { unused: number } };
  changePassword: {
    body: { currentPassword: string; newPassword: string };
    query: undefined;
    answer: { ticket: string };
  };
  changeEmail: {
    body: { email: string };
    query: undefined;
    answer: {
      code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
      call?: {
        callId: string;
        status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
        expiresAt: string;
        match?: string;
      };
    };
  };
  verifyNewEmail: {
    body: { code: string };
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
      language?: 'en' | 'es';
      acceptedTermsVersion?: string;
      lastSignInAt?: string;
      previousSignInAt?: string;
      previousLoginMethod?: 'PHONE' | 'EMAIL' | 'PASSKEY';
    };
  };
  undoEmailChange: { body: { linkToken: string }; query: undefined; answer: undefined };
  changePhone: {
    body: { phoneNumber: string; channel: 'SMS' | 'CALL' };
    query: undefined;
    answer: {
      code?: { expiresAt: string; resendAt: string; attemptsLeft: number };
      call?: {
        callId: string;
        status: 'CALLING' | 'ANSWERED' | 'CONFIRMED' | 'NO_ANSWER' | 'FAILED' | 'EXPIRED';
        expiresAt: string;
        match?: string;
      };
    };
  };
  verifyNewPhone: {
    body: { code: string } | { call: 'CONFIRMED' };
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
      language?: 'en' | 'es';
      acceptedTermsVersion?: string;
      lastSignInAt?: string;
      previousSignInAt?: string;
      previousLoginMethod?: 'PHONE' | 'EMAIL' | 'PASSKEY';
    };
  };
  removePhone: {
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
      language?: 'en' | 'es';
      acceptedTermsVersion?: string;
      lastSignInAt?: string;
      previousSignInAt?: string;
      previousLoginMethod?: 'PHONE' | 'EMAIL' | 'PASSKEY';
    };
  };
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
        loginMethod?: 'PHONE' | 'EMAIL' | 'PASSKEY';
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
  findPeople: {
    body: undefined;
    query: { username?: string; email?: string; phone?: string; npi?: string; cursor?: string };
    answer: {
      users: {
        username: string;
        firstName: string;
        lastName: string;
        status: 'INVITED' | 'IMPORTED' | 'ENROLLING' | 'RESET' | 'ACTIVE' | 'DISABLED';
        role: 'STANDARD' | 'ADMIN';
        npi: string;
        maskedEmail?: string;
        maskedPhone?: string;
        method?: 'PHONE' | 'EMAIL';
        lastSignInAt?: string;
      }[];
      cursor?: string;
    };
  };
  getPerson: {
    body: undefined;
    query: undefined;
    answer: {
      username: string;
      firstName: string;
      lastName: string;
      status: 'INVITED' | 'IMPORTED' | 'ENROLLING' | 'RESET' | 'ACTIVE' | 'DISABLED';
      role: 'STANDARD' | 'ADMIN';
      npi: string;
      maskedEmail?: string;
      maskedPhone?: string;
      method?: 'PHONE' | 'EMAIL';
      lastSignInAt?: string;
    };
  };
  explainPerson: {
    body: undefined;
    query: undefined;
    answer: {
      status: 'INVITED' | 'IMPORTED' | 'ENROLLING' | 'RESET' | 'ACTIVE' | 'DISABLED';
      meaning: string;
      factors: {
        method?: 'PHONE' | 'EMAIL';
        maskedEmail?: string;
        maskedPhone?: string;
        language?: 'en' | 'es';
        passkeys?: number;
        recoveryCodes?: number;
      };
      sends: {
        at: string;
        event:
          | 'CODE_SENT'
          | 'LINK_SENT'
          | 'CALL_PLACED'
          | 'CALL_CONFIRMED'
          | 'CALL_DENIED'
          | 'EMAIL_BOUNCED';
        what: string;
        cause?: string;
        factor?: string;
        failure?: string;
      }[];
      locks: {
        lock:
          | 'HOUR_OF_WRONG_CODES'
          | 'WRONG_CODES'
          | 'HOUR_OF_PORTAL_PASSWORDS'
          | 'PORTAL_PASSWORDS'
          | 'LEASE';
        what: string;
        until?: string;
      }[];
      flows: {
        flow: 'LINK' | 'REGISTRATION';
        what: string;
        step?: string;
        openedAt?: string;
        until?: string;
      }[];
      signIns: { at: string; loginMethod?: 'PHONE' | 'EMAIL' | 'PASSKEY' }[];
      nextSteps: string[];
      steps: (
        | 'MAIL_LINK'
        | 'CORRECT_BOUNCED_EMAIL'
        | 'ASK_FOR_EMAIL'
        | 'FORMER_PORTAL_LOGIN'
        | 'CONTINUE_AT_PORTAL_LOGIN'
        | 'FIND_OUT_WHY_DISABLED'
        | 'RESET_PASSWORD_OR_UNLOCK'
        | 'WAIT_OR_UNLOCK'
        | 'USE_EMAIL_ADDRESS'
        | 'RESET_PASSWORD'
        | 'REPLACE_LOST_PHONE'
      )[];
      acts: ('EMAIL' | 'RESET' | 'LINK' | 'UNLOCK' | 'ENABLE')[];
      waitUntil?: string;
    };
  };
  listPersonEvents: {
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
        loginMethod?: 'PHONE' | 'EMAIL' | 'PASSKEY';
        sourceAddress?: string;
        requestId?: string;
      }[];
      cursor?: string;
    };
  };
  resetPerson: {
    body: { reason: string };
    query: undefined;
    answer: undefined | { approvalId: string; expiresAt: string };
  };
  setPersonStatus: {
    body: { status: 'DISABLED' | 'ENABLED'; reason: string };
    query: undefined;
    answer:
      | {
          username: string;
          firstName: string;
          lastName: string;
          status: 'INVITED' | 'IMPORTED' | 'ENROLLING' | 'RESET' | 'ACTIVE' | 'DISABLED';
          role: 'STANDARD' | 'ADMIN';
          npi: string;
          maskedEmail?: string;
          maskedPhone?: string;
          method?: 'PHONE' | 'EMAIL';
          lastSignInAt?: string;
        }
      | { approvalId: string; expiresAt: string };
  };
  correctPersonEmail: {
    body: { email: string; reason: string };
    query: undefined;
    answer: {
      username: string;
      firstName: string;
      lastName: string;
      status: 'INVITED' | 'IMPORTED' | 'ENROLLING' | 'RESET' | 'ACTIVE' | 'DISABLED';
      role: 'STANDARD' | 'ADMIN';
      npi: string;
      maskedEmail?: string;
      maskedPhone?: string;
      method?: 'PHONE' | 'EMAIL';
      lastSignInAt?: string;
    };
  };
  resendPersonLink: { body: { reason: string }; query: undefined; answer: undefined };
  unlockPerson: { body: { reason: string }; query: undefined; answer: undefined };
  listApprovals: {
    body: undefined;
    query: undefined;
    answer: {
      approvals: {
        approvalId: string;
        act: 'RESET' | 'DISABLE';
        username: string;
        npi: string;
        reason: string;
        requestedBy: string;
        own: boolean;
        requestedAt: string;
        expiresAt: string;
      }[];
    };
  };
  decideApproval: {
    body: { decision: 'APPROVED' | 'DENIED' };
    query: undefined;
    answer: { approvalId: string; decision: 'APPROVED' | 'DENIED' };
  };
  getProvider: {
    body: undefined;
    query: undefined;
    answer: {
      npi: string;
      name: string;
      registrationCodes: {
        codeId: string;
        role: 'STANDARD' | 'ADMIN';
        status: 'OPEN' | 'REDEEMED' | 'REVOKED';
        issuedAt: string;
        issuedBy: string;
      }[];
    };
  };
  issueRegistrationCodes: {
    body: { count: number; role: 'STANDARD' | 'ADMIN'; reason: string; providerName?: string };
    query: undefined;
    answer: { codes: { codeId: string; code: string }[] };
  };
  revokeRegistrationCode: { body: undefined; query: { reason: string }; answer: undefined };
}

export type RouteName = keyof Wire;

export interface Route {
  method: string;
  path: string;
  /** Whether it answers with a body. */
  answers: boolean;
  /** Whether a request may be sent again with the same `Idempotency-Key`. */
  repeats?: true;
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
  chooseMethod: {
    method: 'PUT',
    path: '/mfa-registrations/current/method',
    answers: true,
    repeats: true,
  },
  enterEmail: {
    method: 'POST',
    path: '/mfa-registrations/current/email',
    answers: true,
    repeats: true,
  },
  verifyEmail: {
    method: 'POST',
    path: '/mfa-registrations/current/email/verification',
    answers: true,
    repeats: true,
  },
  setPassword: {
    method: 'PUT',
    path: '/mfa-registrations/current/password',
    answers: true,
    repeats: true,
  },
  enterPhone: {
    method: 'POST',
    path: '/mfa-registrations/current/phone',
    answers: true,
    repeats: true,
  },
  verifyPhone: {
    method: 'POST',
    path: '/mfa-registrations/current/phone/verification',
    answers: true,
    repeats: true,
  },
  startPasswordReset: { method: 'POST', path: '/password-resets', answers: true },
  getPasswordReset: { method: 'GET', path: '/password-resets/current', answers: true },
  resendResetEmail: {
    method: 'POST',
    path: '/password-resets/current/email',
    answers: true,
    repeats: true,
  },
  verifyResetEmail: {
    method: 'POST',
    path: '/password-resets/current/email/verification',
    answers: true,
    repeats: true,
  },
  chooseResetChannel: {
    method: 'POST',
    path: '/password-resets/current/phone',
    answers: true,
    repeats: true,
  },
  verifyResetPhone: {
    method: 'POST',
    path: '/password-resets/current/phone/verification',
    answers: true,
    repeats: true,
  },
  resetPassword: {
    method: 'PUT',
    path: '/password-resets/current/password',
    answers: true,
    repeats: true,
  },
  getCall: { method: 'GET', path: '/calls/{callId}', answers: true },
  getCurrentTerms: { method: 'GET', path: '/terms/current', answers: true },
  getMe: { method: 'GET', path: '/me', answers: true },
  chooseLanguage: { method: 'PUT', path: '/me/language', answers: true },
  listRememberedDevices: { method: 'GET', path: '/me/remembered-devices', answers: true },
  forgetRememberedDevice: {
    method: 'DELETE',
    path: '/me/remembered-devices/{deviceId}',
    answers: false,
  },
  signOutEverywhere: { method: 'POST', path: '/me/sign-out-everywhere', answers: false },
  listMyEvents: { method: 'GET', path: '/me/events', answers: true },
  startPasskeySignIn: { method: 'POST', path: '/passkey-challenges', answers: true },
  listPasskeys: { method: 'GET', path: '/me/passkeys', answers: true },
  startPasskey: { method: 'POST', path: '/me/passkeys/options', answers: true },
  addPasskey: { method: 'POST', path: '/me/passkeys', answers: true, repeats: true },
  renamePasskey: { method: 'PUT', path: '/me/passkeys/{passkeyId}', answers: true },
  removePasskey: { method: 'DELETE', path: '/me/passkeys/{passkeyId}', answers: false },
  issueRecoveryCodes: { method: 'POST', path: '/me/recovery-codes', answers: true },
  countRecoveryCodes: { method: 'GET', path: '/me/recovery-codes', answers: true },
  changePassword: { method: 'PUT', path: '/me/password', answers: true, repeats: true },
  changeEmail: { method: 'POST', path: '/me/email', answers: true, repeats: true },
  verifyNewEmail: { method: 'POST', path: '/me/email/verification', answers: true, repeats: true },
  undoEmailChange: { method: 'POST', path: '/email-changes/undo', answers: false, repeats: true },
  changePhone: { method: 'POST', path: '/me/phone', answers: true, repeats: true },
  verifyNewPhone: { method: 'POST', path: '/me/phone/verification', answers: true, repeats: true },
  removePhone: { method: 'DELETE', path: '/me/phone', answers: true },
  listUsers: { method: 'GET', path: '/admin/users', answers: true },
  getUser: { method: 'GET', path: '/admin/users/{username}', answers: true },
  listUserEvents: { method: 'GET', path: '/admin/users/{username}/events', answers: true },
  resetRegistration: {
    method: 'POST',
    path: '/admin/users/{username}/registration-reset',
    answers: false,
    repeats: true,
  },
  correctUserEmail: { method: 'PUT', path: '/admin/users/{username}/email', answers: true },
  setUserStatus: { method: 'PUT', path: '/admin/users/{username}/status', answers: true },
  findPeople: { method: 'GET', path: '/help-desk/users', answers: true },
  getPerson: { method: 'GET', path: '/help-desk/users/{username}', answers: true },
  explainPerson: { method: 'GET', path: '/help-desk/users/{username}/explanation', answers: true },
  listPersonEvents: { method: 'GET', path: '/help-desk/users/{username}/events', answers: true },
  resetPerson: {
    method: 'POST',
    path: '/help-desk/users/{username}/registration-reset',
    answers: false,
    repeats: true,
  },
  setPersonStatus: { method: 'PUT', path: '/help-desk/users/{username}/status', answers: true },
  correctPersonEmail: { method: 'PUT', path: '/help-desk/users/{username}/email', answers: true },
  resendPersonLink: { method: 'POST', path: '/help-desk/users/{username}/links', answers: false },
  unlockPerson: { method: 'POST', path: '/help-desk/users/{username}/unlock', answers: false },
  listApprovals: { method: 'GET', path: '/help-desk/approvals', answers: true },
  decideApproval: { method: 'POST', path: '/help-desk/approvals/{approvalId}', answers: true },
  getProvider: { method: 'GET', path: '/help-desk/providers/{npi}', answers: true },
  issueRegistrationCodes: {
    method: 'POST',
    path: '/help-desk/providers/{npi}/registration-codes',
    answers: true,
  },
  revokeRegistrationCode: {
    method: 'DELETE',
    path: '/help-desk/providers/{npi}/registration-codes/{codeId}',
    answers: false,
  },
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
