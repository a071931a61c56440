import { TokenFlowsStore } from '../token-flows/token-flows.store.ts';
import { AuditTrail } from '../../ground/audit/audit-trail.store.ts';
import { documentClient } from '../../ground/platform/aws-clients.ts';
import { commit } from '../../ground/platform/dynamo.ts';
import { readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import { SignInFlowStore } from '../../journeys/sign-in/flow.store.ts';
import type { CalleeCollaborators } from './callee.ts';
import { CallsStore } from './calls.store.ts';

export function wireCallee(): CalleeCollaborators {
  const { accountsTable, challengesTable, flowsTable, auditEventsTable } = ENVIRONMENT;
  const names = readEnvironment({ accountsTable, challengesTable, flowsTable, auditEventsTable });
  const client = documentClient();
  const signIns = new SignInFlowStore(client, {
    challenges: names.challengesTable,
    accounts: names.accountsTable,
  });
  const tokenFlows = new TokenFlowsStore(client, names.flowsTable);
  return {
    calls: new CallsStore(client, names.challengesTable),
    denyFlow: async ({ purpose, flowId }, now) => {
      if (purpose === 'SIGN_IN') return [signIns.deny(flowId, now)];
      const flow = await tokenFlows.byFlowId(flowId);
      return flow === undefined ? [] : [tokenFlows.deny(flow.tokenHash, now)];
    },
    audit: new AuditTrail(names.auditEventsTable),
    commit: (writes) => commit(client, writes),
    now: Date.now,
  };
}
