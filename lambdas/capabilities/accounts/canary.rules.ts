/**
 * The canary: an account that signs in on a schedule as far as a code, and never further. Its
 * identifier is fixed, so that no lookup is needed.
 */
export const CANARY_ACCOUNT_ID = 'CANARY';

export const CANARY_USERNAME = 'canary';

/** No provider can have it: its check digit is wrong. No administrator lists the canary. */
export const CANARY_NPI = '0000000000';

export function isCanary(accountId: string | undefined): boolean {
  return accountId === CANARY_ACCOUNT_ID;
}
