/** Recovery codes as people type them, without a schema library. */

/** Letters and digits that nobody takes for another: without 0, 1, I and O. */
export const RECOVERY_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

const CHARACTERS = new RegExp(`^[${RECOVERY_ALPHABET}]{12}$`);

/** `XXXX-XXXX-XXXX` in upper case, from what was typed in any case and with or without dashes. */
export function recoveryCodeOf(typed: string): string | undefined {
  const plain = typed.replace(/[-\s]/g, '').toUpperCase();
  return CHARACTERS.test(plain) ? (plain.match(/.{4}/g) ?? []).join('-') : undefined;
}
