/** Records that mail to an account's address does not arrive. */
import type { AuditPort } from '../../ground/audit/audit.port.ts';
import { DAY_MS } from '../../ground/limits/limits.rules.ts';
import type { CommitPort } from '../../ground/platform/database.ts';
import { markBounced } from '../accounts/account.transitions.ts';
import type { AccountsPort } from '../accounts/accounts.port.ts';
import type { ReportedAddress } from './bounces.rules.ts';

export interface BounceDeps extends CommitPort {
  accounts: Pick<AccountsPort, 'get' | 'apply'>;
  audit: AuditPort;
  now: () => number;
}

/**
 * Marks the address, with an event that administrators and the person see. The same address is
 * recorded once a day. Throws StoreUnavailable: EventBridge gives the event again.
 */
export async function recordBounce(
  deps: BounceDeps,
  { accountId, address, outcome }: ReportedAddress,
): Promise<'RECORDED' | 'KNOWN' | 'NO_ACCOUNT'> {
  const account = await deps.accounts.get(accountId);
  if (account === undefined) return 'NO_ACCOUNT';
  const now = deps.now();
  const { bounced } = account;
  if (bounced?.address === address && now < bounced.at + DAY_MS) return 'KNOWN';
  const result = await deps.commit([
    deps.accounts.apply(account, markBounced({ address, at: now })),
    deps.audit.write(
      {
        accountId,
        event: 'EMAIL_BOUNCED',
        outcome,
        actor: 'SYSTEM',
      },
      now,
    ),
  ]);
  if (result.done) return 'RECORDED';
  // The account's epoch was raised meanwhile: look again.
  return recordBounce(deps, { accountId, address, outcome });
}
