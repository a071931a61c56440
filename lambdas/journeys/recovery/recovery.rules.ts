/** The steps of a password reset; `docs/flows/recovery.md` is their chart. A phone user never finishes by e-mail alone. */
import { type LoginMethod, maskEmail, maskPhone } from '../../../contract/accounts.ts';
import type { PasswordReset, ResetStep } from '../../../contract/flows.ts';
import type { StoredCallState } from '../../capabilities/calls/call.rules.ts';
import { type TokenFlow, viewOf } from '../../capabilities/token-flows/token-flow.rules.ts';

export interface ResetFlow extends TokenFlow {
  kind: 'PASSWORD_RESET';
  step: ResetStep;
  /** As typed; whether it is anybody's is the worker's to find out. */
  email: string;
  /** Known after the e-mail address was verified. */
  phone?: string;
}

/** Where it goes on once the e-mail address is verified. */
export function stepAfterEmail(method: LoginMethod | undefined): ResetStep {
  return method === 'PHONE' ? 'CHOOSE_CHANNEL' : 'SET_PASSWORD';
}

/** The steps at which each move is allowed. */
export const ALLOWED: Record<
  'resend' | 'verifyEmail' | 'phone' | 'verifyPhone' | 'password',
  readonly ResetStep[]
> = {
  resend: ['VERIFY_EMAIL'],
  verifyEmail: ['VERIFY_EMAIL'],
  phone: ['CHOOSE_CHANNEL', 'VERIFY_PHONE'],
  verifyPhone: ['VERIFY_PHONE'],
  password: ['SET_PASSWORD'],
};

export function resetView(
  flow: ResetFlow,
  call: { state: StoredCallState; expiresAt: number } | undefined,
  now: number,
): PasswordReset {
  const { step, email, phone } = flow;
  return {
    step,
    maskedEmail: maskEmail(email),
    ...(phone === undefined ? {} : { maskedPhone: maskPhone(phone) }),
    ...viewOf(flow.open, call, now),
  };
}
