/** The real collaborators of the token gate, made once per process. */
import { AccountsStore } from '../../capabilities/accounts/accounts.store.ts';
import { dynamoDatabase } from '../../ground/platform/dynamo.client.ts';
import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import { clientIdFrom } from '../../ground/platform/client-id.client.ts';
import { GrantsStore } from './grants.store.ts';
import type { GateDeps } from './token-gate.ts';

export function wireGate(): GateDeps {
  const { accountsTable, clientIdParameter, settings } = ENVIRONMENT;
  const names = readEnvironment({
    accountsTable,
    clientIdParameter,
    settings,
  });
  const database = dynamoDatabase();
  return {
    grants: new GrantsStore(database, names.accountsTable),
    accounts: new AccountsStore(database, names.accountsTable),
    clientId: clientIdFrom(names.clientIdParameter),
    settings: parseSettings(names.settings),
    now: Date.now,
  };
}
