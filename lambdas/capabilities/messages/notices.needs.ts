import type { Needs } from '../../ground/platform/needs.ts';

/** Finishing what is due in Cognito changes the account. */
export const NOTICES_NEEDS: Needs = {
  tables: { accounts: ['get', 'update'], flows: ['get', 'put'] },
  settings: true,
  email: true,
  text: true,
  pool: ['AdminUserGlobalSignOut', 'AdminUpdateUserAttributes'],
};

export const MAIL_EVENTS_NEEDS: Needs = {
  tables: { accounts: ['get', 'update'], auditEvents: ['put'] },
};
