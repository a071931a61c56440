/** What an employee may do for a person, as the person's status allows it. */
import type { AccountStatus, PortalRole } from '../../../contract/accounts.ts';
import type { ApprovalNeeded, HelpfulAct } from '@portal-auth/client/employees';

export type Act = HelpfulAct | 'DISABLE';

const WHILE_NOT_REGISTERED: readonly Act[] = ['LINK', 'EMAIL', 'UNLOCK', 'DISABLE'];

const POSSIBLE: Record<AccountStatus, readonly Act[]> = {
  INVITED: WHILE_NOT_REGISTERED,
  IMPORTED: WHILE_NOT_REGISTERED,
  RESET: WHILE_NOT_REGISTERED,
  ENROLLING: ['LINK', 'EMAIL', 'RESET', 'UNLOCK', 'DISABLE'],
  ACTIVE: ['RESET', 'UNLOCK', 'DISABLE'],
  DISABLED: ['ENABLE'],
};

/** @param helpful those of the next steps, which come first */
export function possibleActs(status: AccountStatus, helpful: readonly Act[]): Act[] {
  return [...new Set([...helpful, ...POSSIBLE[status]])];
}

/** Whether a second employee approves it: always, or only for the last administrator. */
export function secondEmployeeFor(act: Act, role: PortalRole): 'ALWAYS' | 'LAST' | 'NEVER' {
  if (role !== 'ADMIN') return 'NEVER';
  if (act === 'DISABLE') return 'ALWAYS';
  return act === 'RESET' ? 'LAST' : 'NEVER';
}

/** The approval that an act waits for; undefined where it is done. */
export function approvalIn(answer: unknown): ApprovalNeeded | undefined {
  const isNeeded = typeof answer === 'object' && answer !== null && 'approvalId' in answer;
  return isNeeded ? (answer as ApprovalNeeded) : undefined;
}
