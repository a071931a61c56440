/** Every change of a registration code, by name: it is redeemed once, or revoked before. */
import { clausesOf, type Transition } from '../../ground/platform/attributes.rules.ts';
import type { RegistrationCode } from './registration-code.rules.ts';

type CodeTransition = Transition<RegistrationCode>;

const { absent, exists } = clausesOf<RegistrationCode>();

/** A code that exists, and was neither redeemed nor revoked. */
const WHILE_OPEN = [exists('role'), absent('redeemedAt'), absent('revokedAt')];

export function redeem(redeemedBy: string, redeemedAt: number): CodeTransition {
  return { change: { set: { redeemedAt, redeemedBy } }, when: WHILE_OPEN };
}

export function revoke(revokedAt: number): CodeTransition {
  return { change: { set: { revokedAt } }, when: WHILE_OPEN };
}
