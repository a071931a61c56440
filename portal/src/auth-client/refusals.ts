/** Refusals are values: what was refused, by a stable code that the portal has words for. */
import type { Reason } from '../../../contract/challenges.ts';
import type { FieldFault, ProblemCode } from '../../../contract/problems.ts';

/** What only the client can notice. */
export type ClientRefusal =
  /** No answer came: the network, a proxy, or the service itself. */
  | 'UNREACHABLE'
  /** The e-mail address or the password is not right, or nobody has them. */
  | 'SIGN_IN_REFUSED'
  /** Too many wrong passwords: Cognito makes everybody wait. */
  | 'SIGN_IN_PAUSED'
  /** The sign-in is over: its session is spent, too old, or closed. */
  | 'SIGN_IN_ENDED'
  /** The remembered device was not recognised, and is forgotten. */
  | 'DEVICE_NOT_RECOGNISED';

export type RefusalCode = ProblemCode | Reason | ClientRefusal;

export interface Refusal {
  code: RefusalCode;
  /** Which fields of the body were refused, and why. */
  fields?: FieldFault[] | undefined;
  retryAfterSeconds?: number | undefined;
  /** To quote to whoever reads the logs. */
  requestId?: string | undefined;
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
