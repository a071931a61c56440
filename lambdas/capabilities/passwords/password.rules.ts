/** Passwords (NIST SP 800-63B-4 §3.1.1.2): length, no composition rules; common, breached and context words refused with the reason. */
import type { Account } from '../accounts/account.rules.ts';

export type PasswordRefusal =
  | 'PASSWORD_TOO_SHORT'
  | 'PASSWORD_TOO_LONG'
  | 'PASSWORD_COMMON'
  | 'PASSWORD_CONTAINS_IDENTITY'
  | 'PASSWORD_INVALID';

export const PASSWORD_LENGTH = { least: 8, most: 256 } as const;

/** Words of a person shorter than this are in too many good passwords. */
const SHORTEST_CONTEXT_WORD = 4;

export type PasswordContext = Pick<Account, 'username' | 'firstName' | 'lastName'> & {
  email?: string;
  portalName: string;
};

/** The password in NFC, as Cognito is given it; browsers do the same. */
export function normalizePassword(password: string): string {
  return password.normalize('NFC');
}

/** Why a password is refused, if it is. `isCommon` looks into the offline list of common and breached ones. */
export function judgePassword(
  password: string,
  context: PasswordContext,
  isCommon: (password: string) => boolean,
): PasswordRefusal | undefined {
  const length = [...password].length;
  if (length < PASSWORD_LENGTH.least) return 'PASSWORD_TOO_SHORT';
  if (length > PASSWORD_LENGTH.most) return 'PASSWORD_TOO_LONG';
  if (password !== password.trim() || /[\p{Cc}\p{Cs}]/u.test(password)) return 'PASSWORD_INVALID';
  const folded = password.toLowerCase();
  if (isCommon(folded) || isRepetitive(folded)) return 'PASSWORD_COMMON';
  return contextWords(context).some((word) => folded.includes(word))
    ? 'PASSWORD_CONTAINS_IDENTITY'
    : undefined;
}

/** `aaaaaaaa`, `abababab`, `12345678`: one short block over and over, or a run of the alphabet or the digits. */
function isRepetitive(folded: string): boolean {
  if (/^(.{1,3})\1+.{0,2}$/u.test(folded)) return true;
  const steps = new Set(
    [...folded]
      .slice(1)
      .map(
        (character, index) => (character.codePointAt(0) ?? 0) - (folded.codePointAt(index) ?? 0),
      ),
  );
  return steps.size === 1 && (steps.has(1) || steps.has(-1));
}

function contextWords({
  username,
  firstName,
  lastName,
  email = '',
  portalName,
}: PasswordContext): string[] {
  const [mailbox = '', host = ''] = email.split('@');
  const words = [
    username,
    firstName,
    lastName,
    email,
    mailbox,
    host.split('.').at(-2) ?? '',
    portalName,
  ];
  return words
    .map((word) => word.toLowerCase())
    .filter((word) => word.length >= SHORTEST_CONTEXT_WORD);
}
