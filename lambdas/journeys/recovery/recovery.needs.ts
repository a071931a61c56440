import type { Needs } from '../../ground/platform/needs.ts';

/** The codes by e-mail are sent behind the queue; those to the phone at once. */
export const RECOVERY_NEEDS: Needs = {
  tables: {
    accounts: ['get', 'update'],
    registrationCodes: ['get'],
    challenges: ['get', 'put', 'update'],
    flows: ['get', 'put', 'update', 'check'],
    limits: ['batch', 'update', 'delete'],
    auditEvents: ['put'],
  },
  settings: true,
  codeMac: true,
  text: true,
  calls: true,
  outbox: true,
  pool: ['AdminSetUserPassword', 'AdminUserGlobalSignOut'],
};
