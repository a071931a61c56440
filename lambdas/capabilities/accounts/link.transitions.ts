/** The mailed link of an account, of which one at a time is valid. */
import { clausesOf } from '../../ground/platform/attributes.rules.ts';
import type { Account } from './account.rules.ts';
import type { AccountTransition } from './account.transitions.ts';

const { is, unchanged } = clausesOf<Account>();

/** A link is mailed to an address that the account still has: an older link ends. */
export function mailLink(account: Account, linkHash: string): AccountTransition {
  const { status, contactEmail, recordEmail, email } = account;
  return {
    change: { set: { registrationLink: linkHash } },
    when: [
      is('status', status),
      unchanged('contactEmail', contactEmail),
      unchanged('recordEmail', recordEmail),
      unchanged('email', email),
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
