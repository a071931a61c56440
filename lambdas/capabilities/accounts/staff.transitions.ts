/**
 * What operators, the help desk and the canary change of an account, beside what administrators do.
 */
import { clausesOf, mergeChanges } from '../../ground/platform/attributes.rules.ts';
import type { Account, ImportedDetails } from './account.rules.ts';
import {
  type AccountTransition,
  NO_PORTAL_FAILURES,
  resetRegistration,
} from './account.transitions.ts';
import { correctAddressOnRecord } from './address.transitions.ts';

const { is, absent, exists } = clausesOf<Account>();

/** ACTIVE: the pool has another user for the account, such as after a restore. */
export function adoptUser(cognitoUsername: string): AccountTransition {
  return { change: { set: { cognitoUsername } }, when: [is('status', 'ACTIVE')] };
}

/** IMPORTED: a later import corrects what an earlier one said. */
export function correctImported(details: ImportedDetails): AccountTransition {
  return {
    change: { set: details },
    when: [is('status', 'IMPORTED')],
  };
}

/**
 * Staff correct the address on record. An incomplete registration with another address is in doubt:
 * it starts over, so that neither its password nor its mailbox goes on, and the link does not
 * finish it.
 */
export function correctAddress(account: Account, email: string, now: number): AccountTransition {
  const corrected = correctAddressOnRecord(account, email, now);
  if (!isInDoubt(account, email)) return corrected;
  const { change, when } = resetRegistration(account, now);
  const { set = {} } = corrected.change;
  return {
    change: mergeChanges<Account>(change, { set }),
    when,
  };
}

/** An incomplete registration whose verified address is not the one on record. */
export function isInDoubt({ status, email }: Account, onRecord: string): boolean {
  return status === 'ENROLLING' && email !== onRecord;
}

/** Staff lift the locks that wrong answers and wrong portal passwords brought. */
export function unlock(): AccountTransition {
  return {
    change: {
      set: { failuresInARow: 0, ...NO_PORTAL_FAILURES },
      remove: ['wrongAnswers'],
    },
    when: [],
  };
}

export function placeLegalHold(now: number): AccountTransition {
  return {
    change: { set: { legalHoldAt: now } },
    when: [absent('legalHoldAt')],
  };
}

/** Condition of an account that may be erased. */
export const NOT_ON_HOLD = absent('legalHoldAt');

export function releaseLegalHold(): AccountTransition {
  return {
    change: { remove: ['legalHoldAt'] },
    when: [exists('legalHoldAt')],
  };
}
