/** The real collaborators of the token gate, made once per process. */
import { AccountsStore } from '../../capabilities/accounts/accounts.store.ts';
import { documentClient } from '../../ground/platform/aws-clients.ts';
import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import { clientIdFrom } from './client-id.client.ts';
import { GrantsStore } from './grants.store.ts';
import type { GateCollaborators } from './token-gate.ts';

export function wireGate(): GateCollaborators {
  const { accountsTable, clientIdParameter, settings } = ENVIRONMENT;
  const names = readEnvironment({ accountsTable, clientIdParameter, settings });
  return {
    grants: new GrantsStore(documentClient(), names.accountsTable),
    accounts: new AccountsStore(documentClient(), names.accountsTable),
    clientId: clientIdFrom(names.clientIdParameter),
    settings: parseSettings(names.settings),
    now: Date.now,
  };
}
