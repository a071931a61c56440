import type { Needs } from '../../ground/platform/needs.ts';

export const HELP_DESK_NEEDS: Needs = {
  tables: {
    accounts: ['get', 'batch', 'list', 'find', 'update', 'check'],
    registrationCodes: ['get', 'query', 'put', 'update'],
    flows: ['get', 'put'],
    limits: ['batch', 'update', 'delete'],
    auditEvents: ['query', 'put'],
    approvals: ['get', 'query', 'put', 'delete'],
  },
  settings: true,
  codeMac: true,
  outbox: true,
  pool: ['AdminUserGlobalSignOut'],
  workforceClientId: true,
};
