/** The real collaborators of the password reset routes, made once per process. */
import { AccountsStore } from '../../capabilities/accounts/accounts.store.ts';
import { isCommonPassword } from '../../capabilities/passwords/common-passwords.ts';
import { UserPool } from '../../capabilities/accounts/user-pool.client.ts';
import { TokenFlowsStore } from '../../capabilities/token-flows/token-flows.store.ts';
import { wireVerification } from '../../capabilities/token-flows/verification.wiring.ts';
import { Outbox } from '../../capabilities/outbox/outbox.client.ts';
import { readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import { TicketsStore } from '../../capabilities/token-flows/tickets.store.ts';
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
