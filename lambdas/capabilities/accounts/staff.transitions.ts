/** What operators and the help desk change of an account, beside what administrators do. */
import { clausesOf } from '../../ground/platform/attributes.rules.ts';
import type { Account, ImportedDetails } from './account.rules.ts';
import { type AccountTransition, NO_PORTAL_FAILURES } from './account.transitions.ts';

const { is, absent, exists } = clausesOf<Account>();

/** IMPORTED: a later import corrects what an earlier one said. */
export function correctImported(details: ImportedDetails): AccountTransition {
  return { change: { set: details }, when: [is('status', 'IMPORTED')] };
}

/** Staff lift the locks that wrong answers and wrong portal passwords brought. */
export function unlock(): AccountTransition {
  return {
    change: {
      set: { failuresInARow: 0, ...NO_PORTAL_FAILURES },
      add: { unlocks: 1 },
      remove: ['wrongAnswers'],
    },
    when: [],
  };
}

export function placeLegalHold(now: number): AccountTransition {
  return { change: { set: { legalHoldAt: now } }, when: [absent('legalHoldAt')] };
}

export function releaseLegalHold(): AccountTransition {
  return { change: { remove: ['legalHoldAt'] }, when: [exists('legalHoldAt')] };
}
