/** The flows of the drills: together they request every route of the contract. */
import type { Machine } from '../journeys/clients/machine.ts';
import type { Course, Flow } from './flow.ts';
import { OWN_ACCOUNT_FLOWS } from './own-account-flows.ts';
import { REGISTRATION_FLOWS } from './registration-flows.ts';
import { SIGN_IN_FLOWS } from './sign-in-flows.ts';
import { STAFF_FLOWS } from './staff-flows.ts';

export const FLOWS: readonly Flow[] = [
  ...SIGN_IN_FLOWS,
  ...REGISTRATION_FLOWS,
  ...OWN_ACCOUNT_FLOWS,
  ...STAFF_FLOWS,
];

/** As at the start of the stack. Warm functions remember what they have read. */
export async function afresh(machine: Machine, are: 'WARM' | 'COLD'): Promise<Course> {
  await machine.local('POST', 'reset', { keepEnvironments: are === 'WARM' });
  return { machine, kept: {} };
}
