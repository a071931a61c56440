/**
 * The custom challenges of a Cognito `CUSTOM_AUTH` sign-in: what each shows (`ChallengeParameters`,
 * all strings) and what each takes (`ANSWER`, a JSON string). The schemas are those of zod/mini,
 * because the trigger that checks answers has to start fast.
 */
import * as z from 'zod/mini';
import type { LoginMethod } from './accounts.ts';
import { LOGIN_METHODS } from './challenge-names.ts';
import { recoveryCodeOf } from './recovery-code.ts';

/** Factors that are sent. */
export const Factor = z.enum(['SMS', 'CALL', 'EMAIL']);
export type Factor = z.infer<typeof Factor>;

/** Whatever may follow a password. */
export const SignInFactor = z.enum([...Factor.options, 'PASSKEY', 'RECOVERY_CODE']);
export type SignInFactor = z.infer<typeof SignInFactor>;

/** SMS and CALL are the login method PHONE, EMAIL is EMAIL. */
export function loginMethodOf(factor: Factor): LoginMethod {
  return factor === 'EMAIL' ? 'EMAIL' : 'PHONE';
}

/** Why a challenge is shown again. */
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

export interface ChooseFactorParameters {
  challenge: 'CHOOSE_FACTOR';
  /** Comma-separated, in the order to offer: `SMS,CALL,EMAIL,PASSKEY,RECOVERY_CODE`. */
  factors: string;
  maskedPhone?: string;
  maskedEmail: string;
  reason?: Reason;
  /** ISO 8601 UTC; with ACCOUNT_LOCKED, where the lock ends by itself. */
  lockedUntil?: string;
}

export interface UsePasskeyParameters {
  challenge: 'USE_PASSKEY';
  /** JSON of PublicKeyCredentialRequestOptionsJSON (WebAuthn). */
  options: string;
  reason?: Reason;
}

/** A recovery code was not sent: it has no destination and no times. */
export interface EnterRecoveryCodeParameters {
  challenge: 'ENTER_CODE';
  factor: 'RECOVERY_CODE';
  /** Decimal. */
  attemptsLeft: string;
  reason?: Reason;
}

export interface EnterCodeParameters {
  challenge: 'ENTER_CODE';
  factor: Factor;
  /** Masked. */
  destination: string;
  /** ISO 8601 UTC. */
  expiresAt: string;
  /** ISO 8601 UTC. */
  resendAt: string;
  /** Decimal. */
  attemptsLeft: string;
  reason?: Reason;
}

export interface ConfirmCallParameters {
  challenge: 'CONFIRM_CALL';
  /** Poll `GET /calls/{callId}` with it. */
  callId: string;
  /** Two digits that the callee types before #, in the mode MATCH. */
  match?: string;
  destination: string;
  expiresAt: string;
  resendAt: string;
  reason?: Reason;
}

export interface AcceptTermsParameters {
  challenge: 'ACCEPT_TERMS';
  termsVersion: string;
  /** Absolute address of `GET /terms/current`. */
  termsUrl: string;
  reason?: Reason;
}

interface ProveDeviceParameters {
  challenge: 'PROVE_DEVICE';
  nonce: string;
}

export interface RegistrationIncompleteParameters {
  challenge: 'REGISTRATION_INCOMPLETE';
  status: 'ENROLLING' | 'RESET' | 'DISABLED';
}

export type ChallengeParameters =
  | ChooseFactorParameters
  | UsePasskeyParameters
  | EnterRecoveryCodeParameters
  | EnterCodeParameters
  | ConfirmCallParameters
  | AcceptTermsParameters
  | ProveDeviceParameters
  | RegistrationIncompleteParameters;

/** Six ASCII digits. */
export const OneTimeCode = z.string().check(z.regex(/^[0-9]{6}$/, 'must have six digits'));

const coordinate = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

/** The shape of flow tokens, link tokens and tickets: 256 bits, base64url. */
export const OpaqueToken = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{43}$/, 'is not a token of this API'));

/** An EC P-256 public key as WebCrypto's `exportKey('jwk')` writes it (RFC 7517). */
export const DevicePublicKey = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: coordinate,
  y: coordinate,
  ext: z.optional(z.boolean()),
  key_ops: z.optional(z.array(z.string()).check(z.maxLength(4))),
  alg: z.optional(z.string().check(z.maxLength(16))),
  use: z.optional(z.string().check(z.maxLength(16))),
});
export type DevicePublicKey = z.infer<typeof DevicePublicKey>;

/** RFC 7638 SHA-256 thumbprint, base64url. */
export const DeviceId = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

/** What the browser calls itself, such as `Chrome, Windows`. Its owner recognises devices by it. */
export const BrowserName = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9 ,.]{0,39}$/));

const remembering = {
  rememberDevice: z.optional(
    z.strictObject({ publicKey: DevicePublicKey, browser: z.optional(BrowserName) }),
  ),
  forgetDevice: z.optional(DeviceId),
};

/** Requests to remember or forget a device, sent with the answer that passes the factor. */
export interface DeviceWishes {
  rememberDevice?: { publicKey: DevicePublicKey; browser?: string | undefined } | undefined;
  forgetDevice?: string | undefined;
}

/** Base64url of at most `most` characters. */
export const base64url = (most: number) =>
  z.string().check(z.regex(/^[A-Za-z0-9_-]+$/, 'must be base64url'), z.maxLength(most));

/** What WebAuthn's credentials have in common, as JSON. */
export const credential = {
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.optional(z.string().check(z.maxLength(32))),
  clientExtensionResults: z._default(z.looseObject({}), {}),
};

/** AuthenticationResponseJSON of WebAuthn Level 3; browsers may add members, which are ignored. */
export const PasskeyAssertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(2000),
    authenticatorData: base64url(2000),
    signature: base64url(1400),
    userHandle: z.optional(base64url(128)),
  }),
});
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>;

export const RecoveryCode = z.string().check(
  z.maxLength(32),
  z.refine((typed) => recoveryCodeOf(typed) !== undefined, 'must have the form XXXX-XXXX-XXXX'),
);

const short = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));

const chooseFactor = z.strictObject({ factor: SignInFactor });
const passkey = z.strictObject({ passkey: PasskeyAssertion });
const ticket = z.strictObject({ ticket: short(128), ...remembering });
const code = z.strictObject({ code: z.union([OneTimeCode, RecoveryCode]), ...remembering });
const call = z.strictObject({ call: z.literal('CONFIRMED'), ...remembering });
const resend = z.strictObject({ resend: z.literal(true) });

const deviceProof = z.strictObject({
  deviceId: DeviceId,
  loginMethod: z.enum(LOGIN_METHODS),
  signature: z.string().check(z.regex(/^[A-Za-z0-9_-]{86}$/)),
});
export type DeviceProof = z.infer<typeof deviceProof>;

/** The ANSWER that each challenge accepts. Anything else is ANSWER_INVALID. */
export const ANSWERS = {
  CHOOSE_FACTOR: z.union([chooseFactor, ticket]),
  USE_PASSKEY: z.union([passkey, chooseFactor]),
  ENTER_CODE: z.union([code, resend, chooseFactor]),
  CONFIRM_CALL: z.union([call, resend, chooseFactor]),
  ACCEPT_TERMS: z.strictObject({ acceptTerms: short(64) }),
  PROVE_DEVICE: z.union([deviceProof, ticket, passkey]),
  REGISTRATION_INCOMPLETE: z.unknown(),
} as const;

export { deviceSignatureText } from './device-signature.ts';
