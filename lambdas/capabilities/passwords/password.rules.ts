/**
 * Passwords (NIST SP 800-63B-4 §3.1.1.2): length, no composition rules; weak, breached and context
 * words refused with the reason.
 */
import {
  type Estimator,
  PASSWORD_LENGTH,
  passwordGuesses,
  WITHIN_REACH,
} from '../../../contract/password-strength.ts';
import type { Account } from '../accounts/account.rules.ts';

export type PasswordRefusal =
  | 'PASSWORD_TOO_SHORT'
  | 'PASSWORD_TOO_LONG'
  | 'PASSWORD_COMMON'
  | 'PASSWORD_CONTAINS_IDENTITY'
  | 'PASSWORD_INVALID';

/** Words of a person that are shorter than this are in too many good passwords. */
const SHORTEST_CONTEXT_WORD = 4;

export type PasswordContext = Pick<Account, 'username' | 'firstName' | 'lastName'> & {
  email?: string;
  portalName: string;
  providerName: string;
};

/** The password in NFC, as Cognito receives it; browsers do the same. */
export function normalizePassword(password: string): string {
  return password.normalize('NFC');
}

/** Why a password is refused, if it is. Lengths are in UTF-16 units, as Cognito counts them. */
export function judgePassword(
  password: string,
  context: PasswordContext,
  estimate: Estimator,
): PasswordRefusal | undefined {
  if (password.length < PASSWORD_LENGTH.least) return 'PASSWORD_TOO_SHORT';
  if (password.length > PASSWORD_LENGTH.most) return 'PASSWORD_TOO_LONG';
  if (password !== password.trim() || /[\p{Cc}\p{Cs}]/u.test(password)) return 'PASSWORD_INVALID';
  const folded = password.toLowerCase();
  if (identityWords(context).some((word) => folded.includes(word)))
    return 'PASSWORD_CONTAINS_IDENTITY';
  const guesses = passwordGuesses(estimate, password, knownNames(context));
  return guesses <= WITHIN_REACH ? 'PASSWORD_COMMON' : undefined;
}

function identityWords({ username, firstName, lastName, email = '' }: PasswordContext): string[] {
  const [mailbox = '', host = ''] = email.split('@');
  const words = [username, firstName, lastName, email, mailbox, host.split('.').at(-2) ?? ''];
  return words
    .map((word) => word.toLowerCase())
    .filter((word) => word.length >= SHORTEST_CONTEXT_WORD);
}

function knownNames(context: PasswordContext): string[] {
  const { username, firstName, lastName, email = '', portalName, providerName } = context;
  return [username, firstName, lastName, email, portalName, providerName];
}
