/** Corrections of an address on record: each remembers the address that it replaced. */
import type { AccountStatus } from '../../../contract/accounts.ts';
import { DAY_MS } from '../../ground/limits/limits.rules.ts';
import { type Change, type Clause, clausesOf } from '../../ground/platform/attributes.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import { type Account, addressOnRecord, type ReplacedEmail } from './account.rules.ts';
import type { AccountTransition } from './account.transitions.ts';

const { is, oneOf, unchanged } = clausesOf<Account>();

const from = (...states: AccountStatus[]) => oneOf('status', states);

/**
 * INVITED: the one who signed up corrects the contact address, until staff have; the link and the
 * registration of the former one end.
 */
export function correctContactEmail(
  account: Account,
  email: string,
  now: number,
): AccountTransition {
  const set = { contactEmail: email, replacedEmails: replacedBy(account, email, now) };
  const change: Change<Account> = { set, remove: ['registrationLink', 'registrationFlow'] };
  const { contactEmail } = account;
  return { change, when: [from('INVITED'), ...isNotMoved(definite({ contactEmail }))] };
}

/**
 * Staff correct the address on record of a person who is not ACTIVE; what went to the former one
 * ends.
 */
export function correctAddressOnRecord(
  account: Account,
  email: string,
  now: number,
): AccountTransition {
  return {
    change: {
      set: {
        contactEmail: email,
        recordEmail: email,
        replacedEmails: replacedBy(account, email, now),
      },
      remove: ['registrationLink', 'registrationFlow'],
    },
    when: [
      is('status', account.status),
      from('INVITED', 'IMPORTED', 'ENROLLING', 'RESET'),
      ...isNotMoved(account),
    ],
  };
}

/** Notices of older moves are not sent any more; a correction to the same address moves nothing. */
function replacedBy(account: Account, email: string, now: number): ReplacedEmail[] {
  const { replacedEmails = [] } = account;
  const former = addressOnRecord(account);
  return [
    ...replacedEmails.filter(({ at }) => at > now - DAY_MS),
    ...(former === undefined || former === email ? [] : [{ email: former, at: now }]),
  ];
}

/**
 * Condition that the account has the addresses that the caller saw. What may be undone changes only
 * with them.
 */
export function sameAddresses(seen: Account): Clause[] {
  return (['email', 'pendingEmail', 'formerEmail', 'recordEmail'] as const).map((path) =>
    unchanged(path, seen[path]),
  );
}

/**
 * Of two moves at once, the second is refused: it would forget the address that the first one
 * replaced.
 */
function isNotMoved(seen: { contactEmail?: string; recordEmail?: string }): Clause[] {
  return (['contactEmail', 'recordEmail'] as const).map((path) => unchanged(path, seen[path]));
}
