/** Where a registration link goes. */
import { type Account, addressOnRecord } from '../accounts/account.rules.ts';

/**
 * Who caused the link: its person by username or by e-mail address and password, or staff and the
 * sign-up itself.
 */
export type LinkCause = 'USERNAME' | 'CREDENTIALS' | 'STAFF' | 'SIGN_UP';

/**
 * Where a link goes for an account, if one goes at all. By e-mail address and password only those
 * who have a password. What staff cause goes to the address on record, whatever an enrolment that
 * is in doubt has put beside it.
 */
export function linkDestination(
  account: Account | undefined,
  cause: LinkCause,
): string | undefined {
  switch (account?.status) {
    case 'INVITED':
    case 'IMPORTED':
      return cause === 'CREDENTIALS' ? undefined : account.contactEmail;
    case 'ENROLLING':
      return cause === 'STAFF' ? addressOnRecord(account) : account.email;
    case 'RESET':
      return addressOnRecord(account);
    default:
      return undefined;
  }
}
