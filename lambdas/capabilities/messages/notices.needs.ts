import type { Needs } from '../../ground/platform/needs.ts';

/** Finishing what is due in Cognito changes the account. */
export const NOTICES_NEEDS: Needs = {
  tables: { accounts: ['get', 'update'], flows: ['get', 'put'] },
  settings: true,
  email: true,
  text: true,
  pool: ['AdminUserGlobalSignOut', 'AdminUpdateUserAttributes'],
};

/**
 * Events that come often and call for no notice: they do not reach the function. That a code is
 * sent or a call is placed does, so that a sign-out that is due is finished before the sign-in that
 * asked for it has its tokens.
 */
export const NOTICES_OVERLOOK = [
  'ACCOUNT_IMPORTED',
  'CODES_ISSUED',
  'CODE_REFUSED',
  'FACTOR_PASSED',
  'LOOKED_AT',
  'PEOPLE_SOUGHT',
  'SIGNED_IN',
] as const;

export const MAIL_EVENTS_NEEDS: Needs = {
  tables: { accounts: ['get', 'update'], auditEvents: ['put'] },
};
