/** Refusals are values with a stable code, for which the portal has a text. */
import type { Reason } from './wire.ts';
import type { FieldFault, ProblemCode } from './wire.ts';

/** Refusals that only the client can detect. */
type ClientRefusal =
  /** No answer arrived, because of the network, a proxy or the service itself. */
  | 'UNREACHABLE'
  /** The e-mail address is unknown or the password is incorrect. */
  | 'SIGN_IN_REFUSED'
  /** After too many wrong passwords Cognito pauses sign-ins to the account. */
  | 'SIGN_IN_PAUSED'
  /** The sign-in has ended, because its session is used, too old or closed. */
  | 'SIGN_IN_ENDED'
  /** The remembered device was not recognised, and is forgotten. */
  | 'DEVICE_NOT_RECOGNISED'
  /** The passkey signs in nobody: it is unknown, was removed, or its account is closed. */
  | 'PASSKEY_REFUSED'
  /** No passkey was chosen, or this device has none. */
  | 'PASSKEY_CANCELLED'
  /** The browser does not use passkeys at this address, or at all. */
  | 'PASSKEY_UNUSABLE'
  /** This device has a passkey of the account already. */
  | 'PASSKEY_EXISTS';

export type RefusalCode = ProblemCode | Reason | ClientRefusal;

export interface Refusal {
  code: RefusalCode;
  /** Which fields of the body were refused, and why. */
  fields?: FieldFault[] | undefined;
  retryAfterSeconds?: number | undefined;
  /** With EMAIL_NOT_ON_RECORD: the address that is accepted, masked. */
  maskedEmail?: string | undefined;
  /** A reference for support: the request to the HTTP API. */
  requestId?: string | undefined;
  /** A reference for support: the sign-in, as its triggers log it. */
  attemptId?: string | undefined;
}

export type Result<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export function accepted<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function refused(
  code: RefusalCode,
  rest: Omit<Refusal, 'code'> = {},
): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { code, ...rest } };
}
