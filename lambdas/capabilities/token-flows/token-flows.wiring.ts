/** What every function that runs token flows uses. */
import { AuditTrail } from '../../ground/audit/audit-trail.store.ts';
import { LimitsStore } from '../../ground/limits/limits.store.ts';
import { dynamoDatabase } from '../../ground/platform/dynamo.client.ts';
import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import { log } from '../../ground/platform/log.ts';
import { AccountsStore } from '../accounts/accounts.store.ts';
import { CallsStore } from '../calls/calls.store.ts';
import { type Channels, verificationOf } from '../verification/verification.wiring.ts';
import type { TokenFlow } from './token-flow.rules.ts';
import type { TokenFlowDeps } from './token-flow.ts';
import { TokenFlowsStore } from './token-flows.store.ts';

export function wireTokenFlows(channels: Channels) {
  const { accountsTable, challengesTable, flowsTable, limitsTable, auditEventsTable } = ENVIRONMENT;
  const { settings } = ENVIRONMENT;
  const names = readEnvironment({
    accountsTable,
    challengesTable,
    flowsTable,
    limitsTable,
    auditEventsTable,
    settings,
  });
  const portal = parseSettings(names.settings);
  const database = dynamoDatabase();
  const { mac, dispatcher, desk } = verificationOf(database, portal, channels);
  const shared = {
    accounts: new AccountsStore(database, names.accountsTable),
    calls: new CallsStore(database, { challenges: names.challengesTable }),
    limits: new LimitsStore(database, names.limitsTable),
    audit: new AuditTrail(names.auditEventsTable),
    commit: (writes) => database.commit(writes),
    mac,
    dispatcher,
    desk,
    log,
    now: Date.now,
  } satisfies Omit<TokenFlowDeps<TokenFlow>, 'flows'>;
  return {
    database,
    settings: portal,
    flowsTable: names.flowsTable,
    accountsTable: names.accountsTable,
    shared,
    flowsOf: <F extends TokenFlow>() => new TokenFlowsStore<F>(database, names.flowsTable),
  };
}
