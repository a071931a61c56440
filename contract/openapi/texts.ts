/** What each operation does beyond its summary, and what its answer says. */
import type { RouteName } from '../routes.ts';
import { ACCOUNT_TEXTS } from './texts-account.ts';
import { FLOW_TEXTS } from './texts-flows.ts';
import { STAFF_TEXTS } from './texts-staff.ts';

/** Markdown. */
export interface OperationText {
  description: string;
  /** Of the answer when the operation succeeds. */
  answer: string;
}

export const TEXTS: Record<RouteName, OperationText> = {
  ...FLOW_TEXTS,
  ...ACCOUNT_TEXTS,
  ...STAFF_TEXTS,
};
