import type { Write } from '../../ground/platform/database.ts';
import type { Approval } from './approval.rules.ts';

export interface ApprovalsPort {
  /** Those that have not expired, the oldest first. */
  waiting: (now: number) => Promise<Approval[]>;
  /** One that has not expired. */
  get: (approvalId: string, now: number) => Promise<Approval | undefined>;
  request: (approval: Approval) => Write;
  /** Takes the approval away; it holds for one of those who decide at once. */
  close: (approvalId: string, now: number) => Write;
}
