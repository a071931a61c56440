import type { Needs } from '../../ground/platform/needs.ts';

export const CHANGES_NEEDS: Needs = {
  tables: {
    accounts: ['get', 'put', 'update', 'delete'],
    registrationCodes: ['get'],
    challenges: ['get', 'put', 'update'],
    flows: ['get', 'put', 'update'],
    passkeys: ['query', 'delete'],
    limits: ['batch', 'update'],
    auditEvents: ['put'],
  },
  settings: true,
  codeMac: true,
  email: true,
  text: true,
  calls: true,
  pool: [
    'AdminGetUser',
    'AdminUpdateUserAttributes',
    'AdminDeleteUser',
    'AdminSetUserPassword',
    'AdminUserGlobalSignOut',
  ],
  clientId: true,
};
