/** Records as tests need them: a test names what matters to it, and only that. */
import type { Account, Grant } from '../../lambdas/capabilities/accounts/account.rules.ts';
import type { Call } from '../../lambdas/capabilities/calls/call.rules.ts';
import type { Passkey } from '../../lambdas/capabilities/passkeys/passkeys.rules.ts';
import type { Device } from '../../lambdas/capabilities/devices/devices.rules.ts';
import type { TokenFlow } from '../../lambdas/capabilities/token-flows/token-flow.rules.ts';
import type { IssuedCode } from '../../lambdas/capabilities/verification/codes.rules.ts';
import { definite } from '../../lambdas/ground/platform/definite.rules.ts';
import type {
  FunctionSettings,
  LimitSettings,
} from '../../lambdas/ground/platform/environment-names.ts';
import { hashSecret } from '../../lambdas/ground/platform/secrets.rules.ts';

/** Some members of a record; `undefined` takes one away. */
export type Some<T> = { [K in keyof T]?: T[K] | undefined };

/** `base` with `more`, without the members that are `undefined`. */
function made<T extends object>(base: T, more: Some<T>): T {
  return definite({ ...base, ...more }) as T;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export const CLIENT_ID = 'the-public-client';
export const SOURCE = { sourceAddress: '192.0.2.1', requestId: 'request-1' };
export const ELSEWHERE = { sourceAddress: '198.51.100.7', requestId: 'request-2' };
/** Long enough for every rule, and in no dictionary. */
export const GOOD_PASSWORD = 'quartz-lantern-47-otter';
export const PROVIDER = { npi: '1234567893', name: 'Cedar Grove Family Medicine' };

const LIMITS: LimitSettings = {
  wrongAnswersPerHour: 20,
  wrongAnswersInARow: 100,
  phoneSendsPerQuarterHour: 5,
  emailSendsPerQuarterHour: 10,
  sendsPerDay: 20,
  unprovenSendsPerDay: 20,
  unprovenSendsPerSourceHour: 200,
  requestsPerSourceQuarterHour: 300,
  wrongCredentialsPerSourceHour: 30,
  wrongCredentialsPerSubjectHour: 10,
  sendsPerAccountDay: 60,
  enrolmentSendsPerAccountDay: 20,
  staffLinksPerAccountHour: 60,
  takenUsernamesPerFlowHour: 20,
  contactCorrectionsPerQuarterHour: 10,
  recordedRefusalsPerHour: 20,
  dailyTextBreaker: 5000,
  dailyCallBreaker: 1000,
  dailyEmailBreaker: 20_000,
  dailyUnprovenTextBreaker: 1000,
  dailyUnprovenCallBreaker: 500,
  dailyUnprovenEmailBreaker: 10_000,
  helpDeskLooksPerHour: 300,
  helpDeskActsPerHour: 100,
};

export type SomeSettings = Some<Omit<FunctionSettings, 'limits'>> & {
  limits?: Some<LimitSettings>;
};

export function settings({ limits = {}, ...more }: SomeSettings = {}): FunctionSettings {
  const base: FunctionSettings = {
    stage: 'test',
    portalName: 'Cedar Provider Portal',
    portalOrigins: ['https://portal.example', 'https://other.example'],
    sender: { email: 'no-reply@portal.example' },
    sms: {},
    connect: {},
    voiceConfirmation: 'POUND',
    allowedCountries: ['US'],
    furtherPhonePrefixes: [],
    codeLife: { emailSignIn: 30, sms: 300, emailVerification: 600, call: 120 },
    linkLife: 1200,
    rememberDeviceHours: 4,
    sessionHours: 4,
    terms: { version: '2026-10', sha256: 'a'.repeat(64), effectiveAt: 0 },
    termsGraceHours: 24,
    workforceEmailDomains: ['portal-staff.example'],
    passkeys: { rpId: 'portal.example', requiredForAdmins: false },
    limits: made(LIMITS, limits),
  };
  return made(base, more);
}

/** An ACTIVE user of Cedar Grove who signs in by phone and has accepted the terms. */
export function anAccount(more: Some<Account> = {}): Account {
  const base: Account = {
    accountId: 'account-1',
    username: 'pphone',
    firstName: 'Pat',
    lastName: 'Harper',
    npi: PROVIDER.npi,
    role: 'STANDARD',
    status: 'ACTIVE',
    epoch: 1,
    createdAt: 0,
    method: 'PHONE',
    email: 'pat@cedargrove.example',
    recordEmail: 'pat@cedargrove.example',
    phone: '+12025550143',
    cognitoUsername: 'user-of-account-1',
    registeredAt: 1,
    acceptedTermsVersion: '2026-10',
  };
  return made(base, more);
}

export function anEmailUser(more: Some<Account> = {}): Account {
  return anAccount({ method: 'EMAIL', phone: undefined, ...more });
}

const UNREGISTERED = {
  method: undefined,
  email: undefined,
  recordEmail: undefined,
  phone: undefined,
  cognitoUsername: undefined,
  registeredAt: undefined,
  acceptedTermsVersion: undefined,
  contactEmail: 'pat@cedargrove.example',
} satisfies Some<Account>;

/** Signed up with a registration code; no password, no factor. */
export function anInvited(more: Some<Account> = {}): Account {
  return anAccount({ ...UNREGISTERED, status: 'INVITED', ...more });
}

/** A current portal user, with the hash of the former password. */
export function anImported(more: Some<Account> = {}): Account {
  return anAccount({ ...UNREGISTERED, status: 'IMPORTED', importedPassword: 'hash', ...more });
}

/** Has a password, and a phone still to come. */
export function anEnrolling(more: Some<Account> = {}): Account {
  return anAccount({
    status: 'ENROLLING',
    phone: undefined,
    registeredAt: undefined,
    acceptedTermsVersion: undefined,
    ...more,
  });
}

/** Was registered once, and was reset by an administrator. */
export function aReset(more: Some<Account> = {}): Account {
  return anAccount({
    status: 'RESET',
    method: undefined,
    phone: undefined,
    formerEmail: 'pat@cedargrove.example',
    formerPhone: '+12025550143',
    ...more,
  });
}

export function aGrant(more: Some<Grant> = {}): Grant {
  const base: Grant = {
    flowId: 'flow-1',
    clientId: CLIENT_ID,
    loginMethod: 'PHONE',
    epoch: 1,
    factorAt: 0,
    expiresAt: MINUTE,
  };
  return made(base, more);
}

export function aCall(more: Some<Call> = {}): Call {
  const base: Call = {
    callId: 'c'.repeat(22),
    purpose: 'SIGN_IN',
    flowId: 'flow-1',
    flow: { table: 'CHALLENGES', pk: 'FLOW#flow-1' },
    accountId: 'account-1',
    epoch: 1,
    phone: '+12025550143',
    state: 'CALLING',
    spoken: false,
    placedAt: 0,
    expiresAt: 2 * MINUTE,
  };
  return made(base, more);
}

export function aCode(more: Some<IssuedCode> = {}): IssuedCode {
  const base: IssuedCode = {
    codeId: 'code-1',
    factor: 'EMAIL',
    mac: 'mac',
    sentAt: 0,
    expiresAt: 10 * MINUTE,
    attemptsLeft: 5,
  };
  return made(base, more);
}

export function aTokenFlow(more: Some<TokenFlow> = {}): TokenFlow {
  const base: TokenFlow = {
    v: 1,
    kind: 'PASSWORD_RESET',
    tokenHash: hashSecret('token-1'),
    flowId: 'flow-1',
    turn: 0,
    openedAt: 0,
    expiresAt: HOUR,
  };
  return made(base, more);
}

export function aDevice(more: Some<Device> = {}): Device {
  const base: Device = {
    accountId: 'account-1',
    deviceId: 'device-1',
    publicKey: { x: 'x', y: 'y' },
    loginMethod: 'PHONE',
    epoch: 1,
    createdAt: 0,
    expiresAt: 4 * HOUR,
  };
  return made(base, more);
}

export function aPasskey(more: Some<Passkey> = {}): Passkey {
  const base: Passkey = {
    accountId: 'account-1',
    passkeyId: 'passkey-1',
    publicKey: 'cose',
    counter: 0,
    isBackupEligible: false,
    isBackedUp: false,
    transports: ['internal'],
    name: 'Passkey',
    createdAt: 0,
    passkeyEpoch: 0,
  };
  return made(base, more);
}
