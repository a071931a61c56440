/** Every step of a change of one's own address or number, by name. */
import type { Step } from '../../capabilities/token-flows/token-flow.transitions.ts';
import type { Clause } from '../../ground/platform/attributes.rules.ts';
import type { EmailChange, PhoneChange } from './change.rules.ts';

/** The new address is entered; the send that goes with it opens a code. */
export function enterEmail(email: string): Step<EmailChange> {
  return { change: { set: { email } }, when: [] };
}

/** The new number is entered; the send that goes with it opens a code or a call. */
export function enterPhone(phone: string): Step<PhoneChange> {
  return { change: { set: { phone } }, when: [] };
}

/**
 * The new address is proven, and the flow is over.
 * @param whileOpen the code that was checked is still the open one
 */
export function finishEmail(now: number, whileOpen: readonly Clause[]): Step<EmailChange> {
  return { change: { set: { expiresAt: now }, remove: ['open'] }, when: whileOpen };
}

/**
 * The new number is proven, and the flow is over.
 * @param whileOpen the code that was checked, if one was, is still the open one
 */
export function finishPhone(now: number, whileOpen: readonly Clause[]): Step<PhoneChange> {
  return { change: { set: { expiresAt: now }, remove: ['open'] }, when: whileOpen };
}
