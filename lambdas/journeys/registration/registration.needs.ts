import type { Needs } from '../../ground/platform/needs.ts';

export const REGISTRATION_NEEDS: Needs = {
  tables: {
    accounts: ['get', 'batch', 'put', 'update', 'delete', 'check'],
    registrationCodes: ['get', 'batch', 'update'],
    challenges: ['get', 'put', 'update'],
    flows: ['get', 'put', 'update', 'check'],
    limits: ['batch', 'update', 'delete'],
    auditEvents: ['put'],
  },
  settings: true,
  codeMac: true,
  email: true,
  text: true,
  calls: true,
  outbox: true,
  pool: [
    'AdminCreateUser',
    'AdminGetUser',
    'AdminUpdateUserAttributes',
    'AdminDeleteUser',
    'AdminSetUserPassword',
    'AdminUserGlobalSignOut',
  ],
  clientId: true,
};
