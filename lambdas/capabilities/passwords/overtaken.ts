/**
 * A new password that Cognito has, of an account that changed before the write that completes it:
 * somebody revoked its sessions, disabled it, or moved its address or phone. The password cannot be
 * taken back, so it is recorded all the same, and no session outlives it.
 */
import type { AuditPort } from '../../ground/audit/audit.port.ts';
import type { AuditEvent } from '../../ground/audit/audit.rules.ts';
import { errorFields } from '../../ground/platform/log.ts';
import { completePasswordReset, returnPasswordLease } from '../accounts/account.transitions.ts';
import { type RevocationDeps, revoke } from '../accounts/revocation.ts';

export interface OvertakenDeps extends RevocationDeps {
  audit: AuditPort;
  now: () => number;
}

/** Others write the account without a pause. */
class AccountChanging extends Error {
  override readonly name = 'AccountChanging';
}

/** The account may change again while this is written. */
const TRIES = 3;

/**
 * @param event that the password was set, which the follower of the trail sends to the owner
 * @returns whether the account changed while this request held its lease; false where another
 * request took the lease or completed the same step. Throws AccountChanging and StoreUnavailable:
 * the lease stays, and the nightly sweep records what nobody repeats.
 */
export async function recordOvertaken(
  deps: OvertakenDeps,
  event: AuditEvent,
  leaseId: string,
): Promise<boolean> {
  try {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const outcome = await recordOnce(deps, event, leaseId);
      if (outcome !== 'CHANGED') return outcome === 'RECORDED';
    }
    throw new AccountChanging(`The account changed at each of ${TRIES} tries. Try again.`);
  } catch (error) {
    const fields = { account: event.accountId, ...errorFields(error) };
    deps.log('ERROR', 'PASSWORD_NOT_RECORDED', fields);
    throw error;
  }
}

async function recordOnce(
  deps: OvertakenDeps,
  event: AuditEvent,
  leaseId: string,
): Promise<'RECORDED' | 'NOT_OURS' | 'CHANGED'> {
  const account = await deps.accounts.get(event.accountId);
  if (account?.passwordLease?.id !== leaseId) return 'NOT_OURS';
  const now = deps.now();
  const transition =
    account.status === 'ACTIVE'
      ? completePasswordReset(account, leaseId, now)
      : returnPasswordLease(leaseId);
  const result = await revoke(deps, account, transition, [deps.audit.write(event, now)]);
  return result.done ? 'RECORDED' : 'CHANGED';
}
