import type { Needs } from '../../ground/platform/needs.ts';

/** It compares the whole of the accounts with the whole of the pool. */
export const SWEEP_NEEDS: Needs = {
  tables: {
    accounts: ['scan', 'get', 'put', 'update', 'delete', 'check'],
    auditEvents: ['put'],
  },
  pool: ['ListUsers', 'AdminDeleteUser', 'AdminUpdateUserAttributes', 'AdminUserGlobalSignOut'],
};
