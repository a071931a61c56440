/** When a name, which is an address or a username, may be taken, confirmed or given up. */
import { type Clause, clausesOf, either } from '../../ground/platform/attributes.rules.ts';

interface Name {
  accountId: string;
  /** A claim lapses then; a name that is confirmed does not. */
  claimedUntil: number;
}

const { absent, below, is } = clausesOf<Name>();

/** Condition of a name that no account has, nor had. */
export const IS_NEW = absent('accountId');

/** Condition of a name that is this account's. */
export function isOf(accountId: string): Clause {
  return is('accountId', accountId);
}

/** Condition of a name that this account has or may take. */
export function isNewOrOf(accountId: string): Clause {
  return either(IS_NEW, isOf(accountId));
}

/** Condition of a name that this account has or may claim: another's claim has lapsed. */
export function isClaimable(accountId: string, now: number): Clause {
  return either(IS_NEW, isOf(accountId), hasLapsed(now));
}

/** Condition of a claim that was not confirmed in time. */
export function hasLapsed(now: number): Clause {
  return below('claimedUntil', now);
}
