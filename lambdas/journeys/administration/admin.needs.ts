import type { Needs } from '../../ground/platform/needs.ts';

export const ADMIN_NEEDS: Needs = {
  tables: {
    accounts: ['get', 'batch', 'list', 'update'],
    flows: ['get', 'put'],
    limits: ['batch', 'update'],
    auditEvents: ['query', 'put'],
  },
  settings: true,
  outbox: true,
  pool: ['AdminUserGlobalSignOut'],
  clientId: true,
};
