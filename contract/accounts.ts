/** The account: its states and names. */
import * as z from 'zod';
import { LOGIN_METHODS } from './challenge-names.ts';

/**
 * INVITED (provider registered) and IMPORTED (current portal user) have no password yet; ENROLLING
 * has one but no factor.
 */
export const AccountStatus = z.enum([
  'INVITED',
  'IMPORTED',
  'ENROLLING',
  'RESET',
  'ACTIVE',
  'DISABLED',
]);
export type AccountStatus = z.infer<typeof AccountStatus>;

export const PortalRole = z.enum(['STANDARD', 'ADMIN']);
export type PortalRole = z.infer<typeof PortalRole>;

/** How an account signs in: PHONE is SMS or a call, EMAIL is a code by e-mail. */
export const LoginMethod = z.enum(LOGIN_METHODS);
export type LoginMethod = z.infer<typeof LoginMethod>;
/** How a sign-in was proven: by the factors of a login method, or by a passkey. */
export const SignInMethod = z.enum([...LoginMethod.options, 'PASSKEY']);
export type SignInMethod = z.infer<typeof SignInMethod>;

/** A person's name as typed; control and bidirectional-override characters are refused. */
export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(
    /^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]*$/u,
    'contains characters that are not allowed in a name',
  );

/** NIST would call this the subscriber's local identifier: 3 to 32 characters, case-folded. */
export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z0-9][a-z0-9._-]{2,31}$/,
    'must have 3 to 32 letters, digits, dots, dashes or underscores, and start with a letter ' +
      'or digit',
  );

/**
 * A username of a former portal, case-folded: an e-mail address, `DOMAIN\\name`, or any other text
 * of up to 64 characters. It opens the portal login only.
 */
export const LegacyUsername = z
  .string()
  .trim()
  .normalize('NFC')
  .toLowerCase()
  .min(1)
  .max(64)
  .regex(/^[^\p{C}]*$/u, 'contains control characters');

const LOCAL_PART = "(?!\\.)(?!.*\\.\\.)[a-z0-9!#$%&'*+/=?^_{|}~.-]{1,64}(?<!\\.)";
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const TOP_LABEL = '[a-z][a-z0-9-]{0,61}[a-z0-9]';

/**
 * An addr-spec (RFC 5321 limits), case-folded. ASCII only: a look-alike address must not pass for
 * another.
 */
export const EmailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .regex(
    new RegExp(`^${LOCAL_PART}@(?:${LABEL}\\.)+${TOP_LABEL}$`),
    'is not a valid e-mail address',
  );

/**
 * National Provider Identifier, 45 CFR 162.406: ten digits, the last a Luhn check digit over
 * `80840` and the nine before.
 */
export const Npi = z
  .string()
  .overwrite((typed) => typed.replaceAll(/[\s.-]/g, ''))
  .regex(/^[12][0-9]{9}$/, 'must have ten digits and start with 1 or 2')
  .refine(hasNpiCheckDigit, 'has a wrong check digit. Compare it with your records.');

/** True if the last digit of `npi` is its check digit. */
export function hasNpiCheckDigit(npi: string): boolean {
  const digits = [...`80840${npi}`].reverse().map(Number);
  const sum = digits.reduce((total, digit, index) => {
    if (index % 2 === 0) return total + digit;
    return total + (digit * 2 > 9 ? digit * 2 - 9 : digit * 2);
  }, 0);
  return sum % 10 === 0;
}
