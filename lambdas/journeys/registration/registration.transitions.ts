/** Every step of a registration, by name: where it may come from, and what it changes. */
import type { LoginMethod } from '../../../contract/accounts.ts';
import type { RegistrationStep } from '../../../contract/flows.ts';
import { type Step, stepsFrom } from '../../capabilities/token-flows/token-flow.transitions.ts';
import type { Clause } from '../../ground/platform/attributes.rules.ts';
import { type MfaFlow, type ProviderFlow, stepAfterEmail } from './registration.rules.ts';

type MfaStep = Step<MfaFlow>;

const from = stepsFrom<MfaFlow>();

export function chooseMethod(flow: MfaFlow, method: LoginMethod): MfaStep {
  const step: RegistrationStep = flow.step === 'CHOOSE_METHOD' ? 'ENTER_EMAIL' : flow.step;
  return from(flow, { set: { method, step } });
}

/** The address is entered; the send that goes with it opens a code. */
export function enterEmail(flow: MfaFlow, email: string): MfaStep {
  return from(flow, { set: { email, step: 'VERIFY_EMAIL' } });
}

/** @param whileOpen the code that was checked is still the open one */
export function verifyEmail(flow: MfaFlow, whileOpen: readonly Clause[]): MfaStep {
  return from(
    flow,
    {
      set: { step: stepAfterEmail(flow) },
      remove: ['open'],
    },
    whileOpen,
  );
}

/**
 * The password is set and the phone is still to come: the flow goes on under the account's new
 * epoch.
 */
export function passwordSet(flow: MfaFlow, epoch: number): MfaStep {
  return from(flow, {
    set: { step: 'ENTER_PHONE', epoch },
    remove: ['open'],
  });
}

/** The number is entered; the send that goes with it opens a code or a call. */
export function enterPhone(flow: MfaFlow, phone: string): MfaStep {
  return from(flow, { set: { phone, step: 'VERIFY_PHONE' } });
}

/** @param whileOpen the code that was checked, if one was, is still the open one */
export function complete(flow: MfaFlow, epoch: number, whileOpen: readonly Clause[]): MfaStep {
  return from(flow, { set: { step: 'DONE', epoch }, remove: ['open'] }, whileOpen);
}

/** The provider's registration has made its account. */
export function tieAccount(accountId: string, epoch: number): Step<ProviderFlow> {
  return { change: { set: { accountId, epoch } }, when: [] };
}
