/** Recovery codes: ten of them, stored as MACs, each valid once. */
import { RECOVERY_ALPHABET } from '../../../contract/recovery-code.ts';

export const RECOVERY_CODES = 10;
const LENGTH = 12;

/** Under the MAC: the code of one account. */
export function recoveryCodeMessage(accountId: string, code: string): string {
  return ['portal-auth/recovery-code/v1', accountId, code].join('\n');
}

/** 60 random bits as `XXXX-XXXX-XXXX`. @param draw a random whole number below its argument */
export function newRecoveryCode(draw: (below: number) => number): string {
  const characters = Array.from(
    { length: LENGTH },
    () => RECOVERY_ALPHABET[draw(RECOVERY_ALPHABET.length)],
  );
  return [0, 4, 8].map((from) => characters.slice(from, from + 4).join('')).join('-');
}
