/** The recovery codes of the signed-in user: shown once, kept as MACs. */
import { randomInt } from 'node:crypto';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import { issueRecoveryCodes as keepCodes } from '../../capabilities/accounts/owner.transitions.ts';
import type { AccountsPort } from '../../capabilities/accounts/accounts.port.ts';
import {
  newRecoveryCode,
  RECOVERY_CODES,
  recoveryCodeMessage,
} from '../../capabilities/passkeys/recovery-codes.rules.ts';
import type { CodeMacPort } from '../../capabilities/verification/codes.ts';
import type { AuditPort } from '../../ground/audit/audit.port.ts';
import type { CommitPort } from '../../ground/platform/database.ts';

export interface RecoveryCodeDeps extends CommitPort {
  accounts: Pick<AccountsPort, 'apply'>;
  mac: CodeMacPort;
  audit: AuditPort;
  now: () => number;
}

/** A set that another request replaced meanwhile is not shown. */
export async function issueRecoveryCodes(
  { accounts, mac, audit, commit, now }: RecoveryCodeDeps,
  account: Account,
): Promise<{ codes: string[] } | { refused: 'TOKEN_INVALID' }> {
  const { accountId } = account;
  const codes = Array.from({ length: RECOVERY_CODES }, () => newRecoveryCode(randomInt));
  const macs = await Promise.all(
    codes.map((code) => mac.mac(recoveryCodeMessage(accountId, code))),
  );
  const result = await commit([
    accounts.apply(account, keepCodes(macs)),
    audit.write(
      {
        accountId,
        event: 'RECOVERY_CODES_ISSUED',
        actor: 'SELF',
      },
      now(),
    ),
  ]);
  return result.done ? { codes } : { refused: 'TOKEN_INVALID' };
}

export function countRecoveryCodes({ recoveryCodes = [] }: Account): { unused: number } {
  return { unused: recoveryCodes.length };
}
