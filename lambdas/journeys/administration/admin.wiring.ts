import { AuditEventsStore } from '../../ground/audit/audit-events.store.ts';
import { Outbox } from '../../capabilities/outbox/outbox.client.ts';
import { AuditTrail } from '../../ground/audit/audit-trail.store.ts';
import { documentClient } from '../../ground/platform/aws-clients.ts';
import { commit } from '../../ground/platform/dynamo.ts';
import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT, type FunctionSettings } from '../../ground/platform/environment-names.ts';
import { LimitsStore } from '../../ground/limits/limits.store.ts';
import { MarksStore } from '../../ground/platform/marks.store.ts';
import { AccountsStore } from '../../capabilities/accounts/accounts.store.ts';
import type { AdminCollaborators } from './manage-users.ts';
import type { SessionCollaborators } from '../../capabilities/accounts/session.ts';
import { UserPool } from '../../capabilities/accounts/user-pool.client.ts';

export function wireAdmin(): AdminCollaborators &
  SessionCollaborators & { settings: FunctionSettings } {
  const {
    accountsTable,
    auditEventsTable,
    limitsTable,
    flowsTable,
    outboxQueueUrl,
    userPoolId,
    userPoolClientId,
    settings,
  } = ENVIRONMENT;
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
  const portal = parseSettings(names.settings);
  const client = documentClient();
  return {
    accounts: new AccountsStore(client, names.accountsTable),
    events: new AuditEventsStore(client, names.auditEventsTable),
    marks: new MarksStore(client, names.flowsTable),
    limits: new LimitsStore(client, names.limitsTable),
    outbox: new Outbox(names.outboxQueueUrl),
    pool: new UserPool(names.userPoolId),
    audit: new AuditTrail(names.auditEventsTable),
    commit: (writes) => commit(client, writes),
    clientId: names.userPoolClientId,
    linkLifeSeconds: portal.linkLife,
    settings: portal,
    now: Date.now,
  };
}
