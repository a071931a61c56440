/** Links that administrators, the help desk and operators have mailed, at most one a minute. */
import { limitsOf } from '../../ground/limits/budgets.rules.ts';
import type { LimitsPort } from '../../ground/limits/limits.port.ts';
import { type Limit, MINUTE_MS } from '../../ground/limits/limits.rules.ts';
import type { LimitSettings } from '../../ground/platform/environment-names.ts';
import type { Account } from '../accounts/account.rules.ts';
import { linkDestination } from '../token-flows/links.rules.ts';
import type { OutboxPort } from './outbox.port.ts';
import type { LinkLane } from './outbox.rules.ts';

export interface StaffLinkDeps {
  limits: Pick<LimitsPort, 'count' | 'forgive'>;
  outbox: Pick<OutboxPort, 'sendLink'>;
  settings: { linkLife: number; limits: LimitSettings };
  now: () => number;
}

/**
 * `QUEUED`, or why no link leaves: the account takes none in its status or has no address on
 * record, or one was mailed within the minute, or as many as an hour may have.
 */
export type StaffLink = 'QUEUED' | 'NO_DESTINATION' | 'TOO_SOON' | 'TOO_MANY';

/**
 * Throws QueueUnavailable; the minute is given back then. It counts for one address and one epoch:
 * a link that went elsewhere is of no use.
 * @param hasEnded whether the previous link is already invalid; the minute between links then does
 *   not apply
 */
export async function mailStaffLink(
  deps: StaffLinkDeps,
  account: Account,
  lane: LinkLane,
  hasEnded = false,
): Promise<StaffLink> {
  const destination = linkDestination(account, 'STAFF');
  if (destination === undefined) return 'NO_DESTINATION';
  const { accountId, epoch } = account;
  const { limits, outbox, settings } = deps;
  const now = deps.now();
  const subject = [accountId, epoch, destination].join('\n');
  const counts = limitsOf('STAFF_LINK_REQUEST', { subject, account: accountId }, settings);
  if (hasEnded) await limits.forgive(counts.filter(isOfMinute));
  const counted = await limits.count(counts, now);
  if (counted.outcome !== 'DONE') {
    const isOfHour = counted.outcome === 'EXHAUSTED' && !isOfMinute(counted.limit);
    return isOfHour ? 'TOO_MANY' : 'TOO_SOON';
  }
  try {
    await outbox.sendLink({
      accountId,
      epoch,
      expiresAt: now + settings.linkLife * 1000,
      lane,
    });
  } catch (error) {
    await limits.forgive(counts);
    throw error;
  }
  return 'QUEUED';
}

const isOfMinute = ({ windowMs }: Limit) => windowMs === MINUTE_MS;
