/** The mailed link of an account, of which one at a time is valid. */
import { clausesOf } from '../../ground/platform/attributes.rules.ts';
import type { Account } from './account.rules.ts';
import type { AccountTransition } from './account.transitions.ts';

const { is, unchanged } = clausesOf<Account>();

/**
 * A link is mailed to an address that the account still has. An older link ends, if it is the one
 * that was seen.
 */
export function mailLink(account: Account, linkHash: string): AccountTransition {
  const { status, contactEmail, recordEmail, email, registrationLink } = account;
  return {
    change: { set: { registrationLink: linkHash } },
    when: [
      is('status', status),
      unchanged('contactEmail', contactEmail),
      unchanged('recordEmail', recordEmail),
      unchanged('email', email),
      unchanged('registrationLink', registrationLink),
    ],
  };
}

/**
 * The method is chosen in a registration that a link opened: the link opens none any more. Of two
 * registrations that it opened, the newer one spends it.
 */
export function spendLink(tokenHash: string, linkHash: string): AccountTransition {
  return {
    change: { remove: ['registrationLink'] },
    when: [is('registrationFlow', tokenHash), is('registrationLink', linkHash)],
  };
}
