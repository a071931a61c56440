/** An example for the body and the answer of every route, from the sample data of `npm start`. */
import type { ApprovalNeeded } from '../help-desk.ts';
import type { Capability } from '../routes.ts';
import { ACCOUNT_EXAMPLES } from './examples-account.ts';
import { FLOW_EXAMPLES } from './examples-flows.ts';
import { STAFF_EXAMPLES } from './examples-staff.ts';
import type { ExamplesOf } from './example-types.ts';
import { SAMPLE_IDS } from './sample.ts';

export const EXAMPLES: ExamplesOf<Capability> = {
  ...FLOW_EXAMPLES,
  ...ACCOUNT_EXAMPLES,
  ...STAFF_EXAMPLES,
};

/** What a second employee has to approve. */
export const APPROVAL: ApprovalNeeded = {
  approvalId: SAMPLE_IDS.approval,
  expiresAt: '2026-10-06T14:00:00.000Z',
};
