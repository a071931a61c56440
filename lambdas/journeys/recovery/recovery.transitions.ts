/** Every step of a password reset, by name: where it may come from, and what it changes. */
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import {
  recordSend,
  type Step,
  stepsFrom,
} from '../../capabilities/token-flows/token-flow.transitions.ts';
import type { Verification } from '../../capabilities/verification/verification.rules.ts';
import type { Clause } from '../../ground/platform/attributes.rules.ts';
import { type ResetFlow, stepAfterEmail } from './recovery.rules.ts';

type ResetStep = Step<ResetFlow>;

const from = stepsFrom<ResetFlow>();

/** A new code is on its way by the queue: the one before it is void. */
export function resendEmail(flow: ResetFlow, open: Verification, now: number): ResetStep {
  return from(flow, recordSend(flow, open, now));
}

/** The mailbox is proven: from here on the flow ends with its account's epoch. */
export function verifyEmail(
  flow: ResetFlow,
  { epoch, method, phone }: Account,
  whileOpen: readonly Clause[],
): ResetStep {
  const step = stepAfterEmail(method);
  const shown = step === 'CHOOSE_CHANNEL' ? phone : undefined;
  return from(
    flow,
    {
      set: { step, epoch, phone: shown },
      remove: ['open'],
    },
    whileOpen,
  );
}

/** The channel is chosen; the send that goes with it opens a code or a call. */
export function chooseChannel(flow: ResetFlow, phone: string): ResetStep {
  return from(flow, { set: { step: 'VERIFY_PHONE', phone } });
}

/** @param whileOpen the code that was checked, if one was, is still the open one */
export function verifyPhone(flow: ResetFlow, whileOpen: readonly Clause[]): ResetStep {
  return from(flow, { set: { step: 'SET_PASSWORD' }, remove: ['open'] }, whileOpen);
}

export function complete(flow: ResetFlow, epoch: number): ResetStep {
  return from(flow, { set: { step: 'DONE', epoch }, remove: ['open'] });
}
