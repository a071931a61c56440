/**
 * The steps of a password reset; `docs/flows/recovery.md` is their chart. A phone user never
 * finishes by e-mail alone.
 */
import type { LoginMethod } from '../../../contract/accounts.ts';
import { maskEmail, maskPhone } from '../../../contract/masks.ts';
import type { PasswordReset, ResetStep } from '../../../contract/flows.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import {
  type CallSeen,
  type TokenFlow,
  viewOf,
} from '../../capabilities/token-flows/token-flow.rules.ts';
import { CODE_ATTEMPTS } from '../../capabilities/verification/codes.rules.ts';
import type { Verification } from '../../capabilities/verification/verification.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';

export interface ResetFlow extends TokenFlow {
  kind: 'PASSWORD_RESET';
  step: ResetStep;
  /** As typed; the worker finds out whether an account has it. */
  email: string;
  /** The number to prove: present once the address was verified, if the account has one. */
  phone?: string;
}

/** What a step answers. */
export interface TakenReset {
  reset: PasswordReset;
  /** Only at the end. */
  ticket?: string;
}

/** Where it goes on once the e-mail address is verified. */
export function stepAfterEmail(method: LoginMethod | undefined): ResetStep {
  return method === 'PHONE' ? 'CHOOSE_CHANNEL' : 'SET_PASSWORD';
}

/**
 * Whether the account still has what the flow has proven: its address, and its number where it has
 * one. Changes of them do not end flows, as a revocation does.
 */
export function stillProves(
  { epoch, step, email, phone }: ResetFlow,
  account: Pick<Account, 'email' | 'method' | 'phone'> | undefined,
): boolean {
  const hasProvenNothing = epoch === undefined;
  if (hasProvenNothing || step === 'DONE') return true;
  if (account?.email !== email) return false;
  if (account.method !== 'PHONE') return step === 'SET_PASSWORD';
  return step !== 'SET_PASSWORD' || account.phone === phone;
}

type Move = 'resend' | 'verifyEmail' | 'phone' | 'verifyPhone' | 'password';

/** The steps at which each move is allowed. */
const ALLOWED: Record<Move, readonly ResetStep[]> = {
  resend: ['VERIFY_EMAIL'],
  verifyEmail: ['VERIFY_EMAIL'],
  phone: ['CHOOSE_CHANNEL', 'VERIFY_PHONE'],
  verifyPhone: ['VERIFY_PHONE'],
  password: ['SET_PASSWORD'],
};

export function takes({ step }: Pick<ResetFlow, 'step'>, move: Move): boolean {
  return ALLOWED[move].includes(step);
}

/** A code that the worker makes and sends, or does not: it looks the same for every address. */
export function unsentCode(
  codeId: string,
  lifeSeconds: number,
  now: number,
): Extract<Verification, { kind: 'CODE' }> {
  const expiresAt = now + lifeSeconds * 1000;
  const code = {
    codeId,
    factor: 'EMAIL' as const,
    mac: '',
    sentAt: now,
    expiresAt,
  };
  return {
    kind: 'CODE',
    factor: 'EMAIL',
    code: { ...code, attemptsLeft: CODE_ATTEMPTS },
  };
}

export function resetView(flow: ResetFlow, call: CallSeen | undefined, now: number): PasswordReset {
  const { step, email, phone, open } = flow;
  return definite({
    step,
    maskedEmail: maskEmail(email),
    maskedPhone: phone === undefined ? undefined : maskPhone(phone),
    ...viewOf(open, call, now),
  });
}
