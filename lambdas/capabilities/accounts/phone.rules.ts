/**
 * Which phone numbers may be a factor: a direct line of ten digits, in an allowed country, that
 * costs nobody a premium.
 */
import { type CountryCode, parsePhoneNumberWithError } from 'libphonenumber-js/max';

export type PhoneRefusal = 'PHONE_INVALID' | 'PHONE_EXTENSION' | 'PHONE_NOT_ALLOWED';

/**
 * Toll-free codes of the North American plan; 900 and 976 cost a premium, 700 and 710 are special,
 * 500s follow a person.
 */
const TOLL_FREE = /^8(00|22|33|44|55|66|77|88)$/;
const SPECIAL = /^(700|710|900|5(00|2[1-9]|33|44|66|77|88))$/;

/** The number in E.164, or why it cannot be used. */
export function readPhone(
  typed: string,
  allowedCountries: readonly string[],
): { phone: string } | { refused: PhoneRefusal } {
  if (/[x#;,]|ext/i.test(typed)) return { refused: 'PHONE_EXTENSION' };
  try {
    const number = parsePhoneNumberWithError(typed, {
      defaultCountry: (allowedCountries[0] ?? 'US') as CountryCode,
      extract: false,
    });
    if (number.ext !== undefined) return { refused: 'PHONE_EXTENSION' };
    if (number.countryCallingCode === '1' && isSpecial(number.nationalNumber))
      return { refused: 'PHONE_NOT_ALLOWED' };
    if (!number.isValid()) return { refused: 'PHONE_INVALID' };
    const isAllowed = number.country !== undefined && allowedCountries.includes(number.country);
    const isDirect = ![
      'PREMIUM_RATE',
      'TOLL_FREE',
      'SHARED_COST',
      'UAN',
      'PAGER',
      'PERSONAL_NUMBER',
    ].includes(number.getType() ?? '');
    return isAllowed && isDirect ? { phone: number.number } : { refused: 'PHONE_NOT_ALLOWED' };
  } catch {
    return { refused: 'PHONE_INVALID' };
  }
}

function isSpecial(national: string): boolean {
  const area = national.slice(0, 3);
  return (
    national.length === 10 &&
    (TOLL_FREE.test(area) || SPECIAL.test(area) || national.slice(3, 6) === '976')
  );
}
