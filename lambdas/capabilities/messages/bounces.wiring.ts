import { AuditTrail } from '../../ground/audit/audit-trail.store.ts';
import { dynamoDatabase } from '../../ground/platform/dynamo.client.ts';
import { readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import { AccountsStore } from '../accounts/accounts.store.ts';
import type { BounceDeps } from './bounces.ts';

export function wireBounces(): BounceDeps {
  const { accountsTable, auditEventsTable } = ENVIRONMENT;
  const names = readEnvironment({ accountsTable, auditEventsTable });
  const database = dynamoDatabase();
  return {
    accounts: new AccountsStore(database, names.accountsTable),
    audit: new AuditTrail(names.auditEventsTable),
    commit: (writes) => database.commit(writes),
    now: Date.now,
  };
}
