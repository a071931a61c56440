/** The offline list of common and breached passwords: the 49,000 of zxcvbn's dictionary, most of them from breaches. */
import { dictionary } from '@zxcvbn-ts/language-common';
import { once } from '../../ground/platform/once.ts';

const common = once(
  () =>
    new Set<string>(
      (dictionary['passwords-common'] as string[]).map((password) => password.toLowerCase()),
    ),
);

/** True for a password on the list, also with the usual endings: digits and punctuation added to it. */
export function isCommonPassword(folded: string): boolean {
  const stem = folded.replace(/[\d!@#$%^&*?.]+$/, '');
  return (
    common().has(folded) ||
    (stem.length >= 5 && folded.length - stem.length <= 4 && common().has(stem))
  );
}
