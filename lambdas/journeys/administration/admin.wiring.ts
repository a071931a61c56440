import { AccountsStore } from '../../capabilities/accounts/accounts.store.ts';
import type { SessionDeps } from '../../capabilities/accounts/session.ts';
import { UserPool } from '../../capabilities/accounts/user-pool.client.ts';
import type { ManageDeps } from '../../capabilities/management/manage-users.ts';
import type { UsersDeps } from '../../capabilities/management/users.ts';
import { Outbox } from '../../capabilities/outbox/outbox.client.ts';
import { AuditEventsStore } from '../../ground/audit/audit-events.store.ts';
import { AuditTrail } from '../../ground/audit/audit-trail.store.ts';
import { LimitsStore } from '../../ground/limits/limits.store.ts';
import { dynamoDatabase } from '../../ground/platform/dynamo.client.ts';
import { ENVIRONMENT, type FunctionSettings } from '../../ground/platform/environment-names.ts';
import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { log } from '../../ground/platform/log.ts';
import { MarksStore } from '../../ground/platform/marks.store.ts';

export type AdminDeps = ManageDeps & UsersDeps & SessionDeps & { settings: FunctionSettings };

export function wireAdmin(): AdminDeps {
  const { accountsTable, auditEventsTable, limitsTable, flowsTable } = ENVIRONMENT;
  const { outboxQueueUrl, userPoolId, userPoolClientId, settings } = ENVIRONMENT;
  const names = readEnvironment({
    accountsTable,
    auditEventsTable,
    limitsTable,
    flowsTable,
    outboxQueueUrl,
    userPoolId,
    userPoolClientId,
    settings,
  });
  const database = dynamoDatabase();
  return {
    accounts: new AccountsStore(database, names.accountsTable),
    events: new AuditEventsStore(database, names.auditEventsTable),
    marks: new MarksStore(database, names.flowsTable),
    limits: new LimitsStore(database, names.limitsTable),
    outbox: new Outbox(names.outboxQueueUrl),
    pool: new UserPool(names.userPoolId),
    audit: new AuditTrail(names.auditEventsTable),
    commit: (writes) => database.commit(writes),
    clientId: names.userPoolClientId,
    settings: parseSettings(names.settings),
    log,
    now: Date.now,
  };
}
