import type { Needs } from '../../ground/platform/needs.ts';

/** It keeps an account of its own, and signs in by the operations that are public. */
export const CANARY_NEEDS: Needs = {
  tables: { accounts: ['get', 'put', 'update'] },
  pool: ['AdminCreateUser', 'AdminGetUser', 'AdminSetUserPassword'],
  clientId: true,
};
