import type { Needs } from '../../ground/platform/needs.ts';

export const ME_NEEDS: Needs = {
  tables: {
    accounts: ['get', 'update'],
    rememberedDevices: ['query', 'delete'],
    passkeys: ['get', 'query', 'put', 'update', 'delete'],
    flows: ['put', 'delete'],
    limits: ['batch', 'update'],
    auditEvents: ['put', 'query'],
  },
  settings: true,
  codeMac: true,
  pool: ['AdminUserGlobalSignOut'],
  clientId: true,
};
