/** The real collaborators of the help desk, made once per process. */
import { AccountsStore } from '../../capabilities/accounts/accounts.store.ts';
import { PeopleStore } from '../../capabilities/accounts/people.store.ts';
import { UserPool } from '../../capabilities/accounts/user-pool.client.ts';
import { Outbox } from '../../capabilities/outbox/outbox.client.ts';
import { RegistrationCodesStore } from '../../capabilities/providers/registration-codes.store.ts';
import { TokenFlowsStore } from '../../capabilities/token-flows/token-flows.store.ts';
import { codeMac } from '../../capabilities/verification/verification.wiring.ts';
import { AuditEventsStore } from '../../ground/audit/audit-events.store.ts';
import { AuditTrail } from '../../ground/audit/audit-trail.store.ts';
import { LimitsStore } from '../../ground/limits/limits.store.ts';
import { dynamoDatabase } from '../../ground/platform/dynamo.client.ts';
import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import { log } from '../../ground/platform/log.ts';
import { MarksStore } from '../../ground/platform/marks.store.ts';
import { ApprovalsStore } from './approvals.store.ts';
import type { DeskDeps } from './desk.ts';

export function wireHelpDesk(): DeskDeps {
  const { accountsTable, registrationCodesTable, flowsTable, limitsTable } = ENVIRONMENT;
  const { auditEventsTable, approvalsTable, outboxQueueUrl, userPoolId } = ENVIRONMENT;
  const { workforceClientId, settings } = ENVIRONMENT;
  const names = readEnvironment({
    accountsTable,
    registrationCodesTable,
    flowsTable,
    limitsTable,
    auditEventsTable,
    approvalsTable,
    outboxQueueUrl,
    userPoolId,
    workforceClientId,
    settings,
  });
  const database = dynamoDatabase();
  return {
    accounts: new AccountsStore(database, names.accountsTable),
    people: new PeopleStore(database, names.accountsTable),
    codes: new RegistrationCodesStore(database, names.registrationCodesTable),
    flows: new TokenFlowsStore(database, names.flowsTable),
    marks: new MarksStore(database, names.flowsTable),
    limits: new LimitsStore(database, names.limitsTable),
    events: new AuditEventsStore(database, names.auditEventsTable),
    audit: new AuditTrail(names.auditEventsTable),
    approvals: new ApprovalsStore(database, names.approvalsTable),
    outbox: new Outbox(names.outboxQueueUrl),
    pool: new UserPool(names.userPoolId),
    mac: codeMac(),
    commit: (writes) => database.commit(writes),
    clientId: names.workforceClientId,
    settings: parseSettings(names.settings),
    log,
    now: Date.now,
  };
}
