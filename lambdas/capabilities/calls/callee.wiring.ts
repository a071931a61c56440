import { AuditTrail } from '../../ground/audit/audit-trail.store.ts';
import { dynamoDatabase } from '../../ground/platform/dynamo.client.ts';
import { readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import type { CalleeDeps } from './callee.ts';
import { CallsStore } from './calls.store.ts';

export function wireCallee(): CalleeDeps {
  const { challengesTable, flowsTable, auditEventsTable } = ENVIRONMENT;
  const names = readEnvironment({
    challengesTable,
    flowsTable,
    auditEventsTable,
  });
  const database = dynamoDatabase();
  return {
    calls: new CallsStore(database, {
      challenges: names.challengesTable,
      flows: names.flowsTable,
    }),
    audit: new AuditTrail(names.auditEventsTable),
    commit: (writes) => database.commit(writes),
    now: Date.now,
  };
}
