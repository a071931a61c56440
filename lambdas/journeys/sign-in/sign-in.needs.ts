import type { Needs } from '../../ground/platform/needs.ts';

/** Pure: the history of the sign-in is all that it needs. */
export const DEFINE_NEEDS: Needs = {};

export const CREATE_NEEDS: Needs = {
  tables: {
    accounts: ['get', 'batch', 'check'],
    challenges: ['get', 'batch', 'put', 'update'],
    limits: ['batch', 'update'],
    passkeys: ['query'],
    auditEvents: ['put'],
  },
  settings: true,
  codeMac: true,
  email: true,
  text: true,
  calls: true,
  apiUrl: true,
};

export const VERIFY_NEEDS: Needs = {
  tables: {
    accounts: ['update'],
    challenges: ['get', 'update'],
    flows: ['delete'],
    limits: ['batch', 'update'],
    rememberedDevices: ['get', 'query', 'put', 'update', 'delete'],
    passkeys: ['get', 'update'],
    termsAcceptances: ['get', 'put'],
    auditEvents: ['put'],
  },
  settings: true,
  codeMac: true,
};

export const TOKEN_GATE_NEEDS: Needs = {
  tables: { accounts: ['get', 'update'] },
  settings: true,
  clientIdParameter: true,
};
