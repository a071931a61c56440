import { AuditTrail } from '../../ground/audit/audit-trail.store.ts';
import { LimitsStore } from '../../ground/limits/limits.store.ts';
import { dynamoDatabase } from '../../ground/platform/dynamo.client.ts';
import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import { log } from '../../ground/platform/log.ts';
import { MarksStore } from '../../ground/platform/marks.store.ts';
import { AccountsStore } from '../accounts/accounts.store.ts';
import { emailSender } from '../messages/messages.wiring.ts';
import { LinksStore } from '../token-flows/links.store.ts';
import { TokenFlowsStore } from '../token-flows/token-flows.store.ts';
import { codeDelivery, codeMac } from '../verification/verification.wiring.ts';
import { OUTBOX_NEEDS } from './outbox.needs.ts';
import type { OutboxDeps } from './handle-message.ts';

export function wireOutbox(): OutboxDeps {
  const { accountsTable, flowsTable, auditEventsTable, limitsTable, settings } = ENVIRONMENT;
  const names = readEnvironment({
    accountsTable,
    flowsTable,
    auditEventsTable,
    limitsTable,
    settings,
  });
  const portal = parseSettings(names.settings);
  const database = dynamoDatabase();
  return {
    accounts: new AccountsStore(database, names.accountsTable),
    links: new LinksStore(database, names.flowsTable),
    flows: new TokenFlowsStore(database, names.flowsTable),
    mac: codeMac(),
    delivery: codeDelivery(portal, OUTBOX_NEEDS),
    email: emailSender(portal),
    marks: new MarksStore(database, names.flowsTable),
    audit: new AuditTrail(names.auditEventsTable),
    limits: new LimitsStore(database, names.limitsTable),
    commit: (writes) => database.commit(writes),
    settings: portal,
    log,
    now: Date.now,
  };
}
