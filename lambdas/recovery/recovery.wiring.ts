/** The real collaborators of the password reset routes, made once per process. */
import { AccountsStore } from '../accounts/accounts.store.ts';
import { isCommonPassword } from '../accounts/common-passwords.ts';
import { UserPool } from '../accounts/user-pool.client.ts';
import { TokenFlowsStore } from '../flows/token-flows.store.ts';
import { wireVerification } from '../flows/verification.wiring.ts';
import { Outbox } from '../outbox/outbox.client.ts';
import { readEnvironment } from '../platform/environment.ts';
import { ENVIRONMENT } from '../platform/environment-names.ts';
import { TicketsStore } from '../registration/tickets.store.ts';
import type { ResetCollaborators } from './password-reset.ts';
import type { ResetFlow } from './recovery.rules.ts';

export function wireRecovery(): ResetCollaborators {
  const { accountsTable, flowsTable, userPoolId, outboxQueueUrl } = ENVIRONMENT;
  const names = readEnvironment({ accountsTable, flowsTable, userPoolId, outboxQueueUrl });
  const { client, verification, settings, callRecords } = wireVerification();
  return {
    ...verification,
    flows: new TokenFlowsStore<ResetFlow>(client, names.flowsTable),
    accounts: new AccountsStore(client, names.accountsTable),
    pool: new UserPool(names.userPoolId),
    outbox: new Outbox(names.outboxQueueUrl),
    callRecords,
    tickets: new TicketsStore(names.flowsTable),
    isCommonPassword,
    settings,
    now: Date.now,
  };
}
