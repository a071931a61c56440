import type { Needs } from '../../ground/platform/needs.ts';

export const CALLS_NEEDS: Needs = { tables: { challenges: ['get'] }, settings: true };

export const CALL_FLOW_NEEDS: Needs = {
  tables: {
    challenges: ['get', 'update'],
    flows: ['update'],
    auditEvents: ['put'],
  },
};

export const CALL_EVENTS_NEEDS: Needs = { tables: { challenges: ['get', 'update'] } };
