/** Problem details (RFC 9457): every error of the HTTP API has a stable code. */
import * as z from 'zod';

/** Stable code → HTTP status and title. */
export const PROBLEMS = {
  REQUEST_INVALID: [400, 'The request is not valid'],
  TOKEN_INVALID: [401, 'The token is missing or not valid'],
  CREDENTIALS_INVALID: [401, 'The username or password is incorrect'],
  FORBIDDEN: [403, 'You are not allowed to do this'],
  PASSKEY_REQUIRED: [403, 'Administration needs a passkey here. Register one under My account'],
  REGISTRATION_CODE_INVALID: [403, 'The NPI or the registration code is incorrect'],
  LINK_INVALID: [403, 'The link has expired or has been used'],
  FACTOR_TOO_OLD: [403, 'Confirm that it is you first'],
  SELF_RESET: [403, 'You cannot reset your own registration'],
  NOT_FOUND: [404, 'Not found'],
  STEP_OUT_OF_ORDER: [409, 'This step is not the next one'],
  USERNAME_TAKEN: [409, 'The username is taken'],
  EMAIL_TAKEN: [409, 'The e-mail address is in use'],
  ALREADY_REGISTERED: [409, 'Registration is already complete. Please sign in.'],
  ACCOUNT_DISABLED: [409, 'The account is disabled'],
  PASSKEY_LIMIT: [409, 'An account has at most 10 passkeys'],
  CALL_IN_PROGRESS: [409, 'Another call to this number is under way'],
  FLOW_EXPIRED: [410, 'This has expired or was replaced by a newer attempt. Please start over.'],
  TOO_LARGE: [413, 'The request is too large'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'The body is not JSON'],
  CODE_MISMATCH: [422, 'The code is incorrect'],
  CODE_EXPIRED: [422, 'The code has expired'],
  TOO_MANY_ATTEMPTS: [422, 'Too many incorrect attempts'],
  CALL_NOT_CONFIRMED: [422, 'The call was not confirmed'],
  PASSKEY_INVALID: [422, 'The passkey could not be verified'],
  CURRENT_PASSWORD_INVALID: [422, 'The current password is incorrect'],
  NPI_INVALID: [422, 'The NPI is not valid'],
  WORKFORCE_EMAIL: [422, 'Employees sign in elsewhere'],
  EMAIL_NOT_ON_RECORD: [422, 'Use the e-mail address on record'],
  EMAIL_BOUNCED: [422, 'E-mail to this address was returned as undeliverable'],
  PASSWORD_TOO_SHORT: [422, 'The password is too short'],
  PASSWORD_TOO_LONG: [422, 'The password is too long'],
  PASSWORD_COMMON: [422, 'The password is too common or was part of a known breach'],
  PASSWORD_CONTAINS_IDENTITY: [422, 'The password contains a name, username or e-mail address'],
  PASSWORD_INVALID: [422, 'The password contains characters or spaces that are not allowed'],
  PHONE_INVALID: [422, 'The phone number is not a valid direct line'],
  PHONE_EXTENSION: [422, 'Phone extensions are not supported'],
  PHONE_NOT_ALLOWED: [422, 'This kind of phone number cannot be used'],
  RATE_LIMITED: [429, 'Too many requests'],
  RESEND_TOO_SOON: [429, 'A code was sent only a moment ago'],
  SEND_LIMIT: [429, 'Too many messages were sent'],
  INTERNAL: [500, 'Something went wrong on our side'],
  DELIVERY_FAILED: [503, 'The message could not be sent'],
  UNAVAILABLE: [503, 'The service is temporarily unavailable'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof PROBLEMS;

const PROBLEM_CODES = Object.keys(PROBLEMS) as ProblemCode[];

/** One field that was refused: its path in the body (`phone`, `provider.npi`) and why. */
export const FieldFault = z.object({ path: z.string(), message: z.string() });
export type FieldFault = z.infer<typeof FieldFault>;

export const Problem = z.object({
  type: z.string().describe('Always about:blank. The code identifies the problem.'),
  title: z.string(),
  status: z.int(),
  code: z.enum(PROBLEM_CODES as [ProblemCode, ...ProblemCode[]]),
  detail: z.string(),
  requestId: z.string(),
  fields: z.array(FieldFault).optional(),
  retryAfterSeconds: z.int().optional(),
});
export type Problem = z.infer<typeof Problem>;

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** Codes that any route may return. Each route adds its own. */
export const COMMON_PROBLEMS = [
  'REQUEST_INVALID',
  'NOT_FOUND',
  'TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'RATE_LIMITED',
  'INTERNAL',
  'UNAVAILABLE',
] as const satisfies readonly ProblemCode[];
