/** Every change of a passkey and of a challenge for one, by name, and what must hold for it. */
import { type Clause, clausesOf, type Transition } from '../../ground/platform/attributes.rules.ts';
import type { ChallengePurpose, KeptChallenge, Passkey } from './passkeys.rules.ts';

type PasskeyTransition = Transition<Passkey>;

const { is } = clausesOf<Passkey>();
const onChallenge = clausesOf<KeptChallenge>();

/** Of two uses of one counter the first counts; a reset that came meanwhile ends the passkey. */
export function usePasskey(
  { counter, passkeyEpoch }: Passkey,
  used: { counter: number; isBackedUp: boolean },
  now: number,
): PasskeyTransition {
  return {
    change: { set: { ...used, lastUsedAt: now } },
    when: [is('counter', counter), is('passkeyEpoch', passkeyEpoch)],
  };
}

/** A passkey that a reset ended keeps its name. */
export function renamePasskey({ passkeyEpoch }: Passkey, name: string): PasskeyTransition {
  return { change: { set: { name } }, when: [is('passkeyEpoch', passkeyEpoch)] };
}

/** Condition that the passkey is there to be removed. */
export function isThere({ passkeyId }: Passkey): Clause {
  return is('passkeyId', passkeyId);
}

/** Conditions of a challenge that is used up: it has not expired and is for this purpose. */
export function isGoodFor(purpose: ChallengePurpose, now: number): readonly Clause[] {
  return [onChallenge.is('purpose', purpose), onChallenge.after('expiresAt', now)];
}
