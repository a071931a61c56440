/** When an act that waits for a second employee is decided. */
import { clausesOf } from '../../ground/platform/attributes.rules.ts';
import type { Approval } from './approval.rules.ts';

const { after } = clausesOf<Approval>();

/** Condition of an approval that is decided: it waits still, and nobody has decided it. */
export function isWaiting(now: number) {
  return after('expiresAt', now);
}
