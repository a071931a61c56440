/** Acts that need a second employee: which they are, and how long one waits. */
import type { ApprovalAct } from '../../../contract/help-desk.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import { HOUR_MS } from '../../ground/limits/limits.rules.ts';

export const APPROVAL_MS = HOUR_MS;

/** An act that waits. Times are milliseconds since 1970. */
export interface Approval {
  approvalId: string;
  act: ApprovalAct;
  accountId: string;
  username: string;
  npi: string;
  reason: string;
  /** The employee_id of who requested it, who cannot approve it. */
  requestedBy: string;
  requestedByName: string;
  requestedAt: number;
  expiresAt: number;
}

/** Disabling an administrator always hurts: the people of a provider may lose their only help. */
export function disablesAdmin({ role, status }: Account): boolean {
  return role === 'ADMIN' && status !== 'DISABLED';
}

/** A reset that takes an administrator's access away; others only mail a link. */
export function resetsAdmin({ role, status }: Account): boolean {
  return role === 'ADMIN' && (status === 'ACTIVE' || status === 'ENROLLING');
}
