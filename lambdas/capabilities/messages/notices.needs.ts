import type { Needs } from '../../ground/platform/needs.ts';

/** Finishing a sign-out that is due changes the account. */
export const NOTICES_NEEDS: Needs = {
  tables: { accounts: ['get', 'update'], flows: ['get', 'put'] },
  settings: true,
  email: true,
  text: true,
  pool: ['AdminUserGlobalSignOut'],
};

export const MAIL_EVENTS_NEEDS: Needs = {
  tables: { accounts: ['get', 'update'], auditEvents: ['put'] },
};
