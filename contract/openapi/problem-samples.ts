/** What some problems say beside their code, status and title. */
import type { Problem, ProblemCode } from '../problems.ts';

/** Problems that end by themselves: their responses have `Retry-After`. */
export const MAY_RETRY: ReadonlySet<ProblemCode> = new Set([
  'CALL_IN_PROGRESS',
  'RATE_LIMITED',
  'RESEND_TOO_SOON',
  'SEND_LIMIT',
]);

export const PROBLEM_SAMPLES: Partial<Record<ProblemCode, Partial<Problem>>> = {
  REQUEST_INVALID: {
    detail: 'Some fields are not valid.',
    fields: [{ path: 'email', message: 'is not a valid e-mail address' }],
  },
  EMAIL_NOT_ON_RECORD: {
    detail: 'Only the e-mail address on record can be used here: j***@cedargrove.example.',
  },
  TOO_LARGE: { detail: 'A body has at most 16384 bytes.' },
  UNSUPPORTED_MEDIA_TYPE: { detail: 'Send the body as application/json.' },
  CALL_IN_PROGRESS: { retryAfterSeconds: 120 },
  RATE_LIMITED: { retryAfterSeconds: 60 },
  RESEND_TOO_SOON: { retryAfterSeconds: 15 },
  SEND_LIMIT: { retryAfterSeconds: 900 },
};
