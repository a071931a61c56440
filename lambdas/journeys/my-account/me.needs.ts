import type { Needs } from '../../ground/platform/needs.ts';

export const ME_NEEDS: Needs = {
  tables: {
    accounts: ['get', 'update'],
    rememberedDevices: ['query', 'delete'],
    auditEvents: ['put'],
  },
  settings: true,
  pool: ['AdminUserGlobalSignOut'],
  clientId: true,
};
