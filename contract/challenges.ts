/**
 * The custom challenges of a Cognito `CUSTOM_AUTH` sign-in: what each shows (`ChallengeParameters`,
 * all strings) and what each takes (`ANSWER`, a JSON string).
 */
import * as z from 'zod';
import { LoginMethod } from './accounts.ts';
import { PasskeyAssertion, RecoveryCode } from './passkeys.ts';

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
export const OneTimeCode = z.string().regex(/^[0-9]{6}$/, 'must have six digits');

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** An EC P-256 public key as WebCrypto's `exportKey('jwk')` writes it (RFC 7517). */
export const DevicePublicKey = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: coordinate,
  y: coordinate,
  ext: z.boolean().optional(),
  key_ops: z.array(z.string()).max(4).optional(),
  alg: z.string().max(16).optional(),
  use: z.string().max(16).optional(),
});
export type DevicePublicKey = z.infer<typeof DevicePublicKey>;

/** RFC 7638 SHA-256 thumbprint, base64url. */
export const DeviceId = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/**
 * What the browser calls itself, such as `Chrome, Windows`: its owner tells devices apart by it.
 */
export const BrowserName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 ,.]{0,39}$/);

const remembering = {
  rememberDevice: z
    .strictObject({ publicKey: DevicePublicKey, browser: BrowserName.optional() })
    .optional(),
  forgetDevice: DeviceId.optional(),
};

/** Requests to remember or forget a device, sent with the answer that passes the factor. */
export interface DeviceWishes {
  rememberDevice?: { publicKey: DevicePublicKey; browser?: string | undefined } | undefined;
  forgetDevice?: string | undefined;
}

const chooseFactor = z.strictObject({ factor: SignInFactor });
const passkey = z.strictObject({ passkey: PasskeyAssertion });
const ticket = z.strictObject({ ticket: z.string().min(1).max(128), ...remembering });
const code = z.strictObject({ code: z.union([OneTimeCode, RecoveryCode]), ...remembering });
const call = z.strictObject({ call: z.literal('CONFIRMED'), ...remembering });
const resend = z.strictObject({ resend: z.literal(true) });

const deviceProof = z.strictObject({
  deviceId: DeviceId,
  loginMethod: LoginMethod,
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});
export type DeviceProof = z.infer<typeof deviceProof>;

/** The ANSWER that each challenge accepts. Anything else is ANSWER_INVALID. */
export const ANSWERS = {
  CHOOSE_FACTOR: z.union([chooseFactor, ticket]),
  USE_PASSKEY: z.union([passkey, chooseFactor]),
  ENTER_CODE: z.union([code, resend, chooseFactor]),
  CONFIRM_CALL: z.union([call, resend, chooseFactor]),
  ACCEPT_TERMS: z.strictObject({ acceptTerms: z.string().min(1).max(64) }),
  PROVE_DEVICE: z.union([deviceProof, ticket, passkey]),
  REGISTRATION_INCOMPLETE: z.unknown(),
} as const;

export { deviceSignatureText } from './device-signature.ts';
