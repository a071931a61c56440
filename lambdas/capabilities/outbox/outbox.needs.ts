import type { Needs } from '../../ground/platform/needs.ts';

export const OUTBOX_NEEDS: Needs = {
  tables: {
    accounts: ['get', 'update'],
    flows: ['get', 'put', 'update'],
    limits: ['batch', 'update'],
    auditEvents: ['put'],
  },
  settings: true,
  codeMac: true,
  email: true,
};
