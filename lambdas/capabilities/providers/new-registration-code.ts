import { randomInt } from 'node:crypto';
import { CODE_ALPHABET, CODE_LENGTH } from './registration-code.rules.ts';

/** A random code of 60 bits, without dashes. */
export function newRegistrationCode(): string {
  return Array.from(
    { length: CODE_LENGTH },
    () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)],
  ).join('');
}
