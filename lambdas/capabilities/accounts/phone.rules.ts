/**
 * Which phone numbers may be a factor: a direct line of ten digits, in an allowed country, that
 * costs nobody a premium.
 */
import type { Channel } from '../../../contract/flows.ts';
import { type CountryCode, parsePhoneNumberWithError } from 'libphonenumber-js/max';

export type PhoneRefusal = 'PHONE_INVALID' | 'PHONE_EXTENSION' | 'PHONE_NOT_ALLOWED';

/** What a stage says about phone numbers. */
export interface PhoneRules {
  /** ISO 3166-1 alpha-2. */
  allowedCountries: readonly string[];
  /** Further +1 numbers by their prefix, such as `+1565`. */
  furtherPhonePrefixes: readonly string[];
}

/**
 * Toll-free codes of the North American plan; 900 and 976 cost a premium, 700 and 710 are special,
 * 500s follow a person.
 */
const TOLL_FREE = /^8(00|22|33|44|55|66|77|88)$/;
const SPECIAL = /^(700|710|900|5(00|2[1-9]|33|44|66|77|88))$/;

/**
 * A number of the North American plan: area code and exchange begin with 2 to 9 and do not end in
 * 11. Area codes 37X, 96X and N9X are kept for the plan's growth.
 */
const WELL_FORMED = /^(?!.11|37|96|.9)[2-9]\d\d(?!.11)[2-9]\d{6}$/;

const NOT_DIRECT = ['PREMIUM_RATE', 'TOLL_FREE', 'SHARED_COST', 'UAN', 'PAGER', 'PERSONAL_NUMBER'];

/** Whether a stage reaches phones this way: without Connect it places no calls. */
export function isOffered(channel: Channel, { connect }: { connect?: unknown }): boolean {
  return channel !== 'CALL' || connect !== undefined;
}

/** The number in E.164 that a code or a call may go to, or why it cannot be used. */
export function readPhoneFor(
  channel: Channel,
  typed: string,
  rules: PhoneRules & { connect?: unknown },
): { phone: string } | { refused: PhoneRefusal } {
  return isOffered(channel, rules) ? readPhone(typed, rules) : { refused: 'PHONE_NOT_ALLOWED' };
}

/** The number in E.164, or why it cannot be used. */
export function readPhone(
  typed: string,
  rules: PhoneRules,
): { phone: string } | { refused: PhoneRefusal } {
  const text = cleaned(typed);
  if (/[x#;,]|ext/i.test(text)) return { refused: 'PHONE_EXTENSION' };
  const { allowedCountries } = rules;
  try {
    const number = parsePhoneNumberWithError(text, {
      defaultCountry: (allowedCountries[0] ?? 'US') as CountryCode,
      extract: false,
    });
    if (number.ext !== undefined) return { refused: 'PHONE_EXTENSION' };
    const isAmerican = number.countryCallingCode === '1';
    if (isAmerican && isSpecial(number.nationalNumber)) return { refused: 'PHONE_NOT_ALLOWED' };
    if (isAmerican && isAdmitted(number.number, rules)) return { phone: number.number };
    if (!number.isValid()) return { refused: 'PHONE_INVALID' };
    const isAllowed = number.country !== undefined && allowedCountries.includes(number.country);
    const isDirect = !NOT_DIRECT.includes(number.getType() ?? '');
    return isAllowed && isDirect ? { phone: number.number } : { refused: 'PHONE_NOT_ALLOWED' };
  } catch {
    return { refused: 'PHONE_INVALID' };
  }
}

/**
 * What was pasted: without invisible characters and variation selectors, the scheme of a link, and
 * the international prefix of a phone abroad.
 */
function cleaned(typed: string): string {
  return typed
    .replaceAll(/[\p{Cf}\u{fe00}-\u{fe0f}]/gu, '')
    .trim()
    .replace(/^tel:/i, '')
    .replace(/^00[\s.()-]*1(?=[\s.()-]*[2-9])/, '+1');
}

/**
 * A well-formed +1 number that the stage admits by its prefix, or whose area code no other country
 * has: new area codes are in service before the phone library has them.
 */
function isAdmitted(
  number: string,
  { allowedCountries, furtherPhonePrefixes }: PhoneRules,
): boolean {
  const national = number.slice('+1'.length);
  if (!WELL_FORMED.test(national)) return false;
  if (furtherPhonePrefixes.some((prefix) => number.startsWith(prefix))) return true;
  return allowedCountries.includes('US') && !isOfAnotherCountry(national.slice(0, 3));
}

/** An area code belongs to another country if any of its exchanges does. */
function isOfAnotherCountry(area: string): boolean {
  for (let exchange = 200; exchange < 1000; exchange += 7) {
    const country = countryOf(`+1${area}${exchange}1234`);
    if (country !== undefined) return country !== 'US';
  }
  return false;
}

function countryOf(number: string): string | undefined {
  try {
    return parsePhoneNumberWithError(number).country;
  } catch {
    return undefined;
  }
}

function isSpecial(national: string): boolean {
  const area = national.slice(0, 3);
  return (
    national.length === 10 &&
    (TOLL_FREE.test(area) || SPECIAL.test(area) || national.slice(3, 6) === '976')
  );
}
