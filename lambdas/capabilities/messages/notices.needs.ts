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
 * Events that come often and call for no notice: they do not reach the function. The factor that
 * every sign-in passes does, so that what an account is due is found at its next sign-in.
 */
export const NOTICES_OVERLOOK = [
  'ACCOUNT_IMPORTED',
  'CALL_PLACED',
  'CODES_ISSUED',
  'CODE_REFUSED',
  'CODE_SENT',
  'LOOKED_AT',
  'PEOPLE_SOUGHT',
  'SIGNED_IN',
] as const;

export const MAIL_EVENTS_NEEDS: Needs = {
  tables: { accounts: ['get', 'update'], auditEvents: ['put'] },
};
