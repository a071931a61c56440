/** What every function that sends and checks codes for token flows stands on. */
import { callDesk } from '../calls/calls.wiring.ts';
import { CallConfirmations } from '../verification/call-confirmations.ts';
import { CallsStore } from '../calls/calls.store.ts';
import { KmsCodeMac } from '../verification/code-mac.client.ts';
import { VerificationDispatcher } from '../verification/dispatch.ts';
import { MessageCodeDelivery } from '../verification/code-delivery.ts';
import { SesEmailSender } from '../messages/email.sender.ts';
import { SnsTextSender } from '../messages/text.sender.ts';
import { AuditTrail } from '../../ground/audit/audit-trail.store.ts';
import { documentClient } from '../../ground/platform/aws-clients.ts';
import { commit } from '../../ground/platform/dynamo.ts';
import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import { LimitsStore } from '../../ground/limits/limits.store.ts';
import { TokenFlowsStore } from './token-flows.store.ts';

export function wireVerification() {
  const {
    challengesTable,
    flowsTable,
    limitsTable,
    auditEventsTable,
    codeKeyId,
    emailConfigurationSet,
    settings,
  } = ENVIRONMENT;
  const names = readEnvironment({
    challengesTable,
    flowsTable,
    limitsTable,
    auditEventsTable,
    codeKeyId,
    emailConfigurationSet,
    settings,
  });
  const portal = parseSettings(names.settings);
  const client = documentClient();
  const email = new SesEmailSender(portal, names.emailConfigurationSet);
  const text = new SnsTextSender(portal.sms.originationNumber);
  const mac = new KmsCodeMac(names.codeKeyId);
  const calls = callDesk(client, names.challengesTable, portal);
  const callRecords = new CallsStore(client, names.challengesTable);
  return {
    client,
    settings: portal,
    email,
    callRecords,
    verification: {
      flows: new TokenFlowsStore(client, names.flowsTable),
      dispatcher: new VerificationDispatcher(
        mac,
        new MessageCodeDelivery(portal.portalName, email, text),
        portal,
        calls,
      ),
      calls,
      confirmations: new CallConfirmations(callRecords),
      limits: new LimitsStore(client, names.limitsTable),
      mac,
      audit: new AuditTrail(names.auditEventsTable),
      commit: (writes: Parameters<typeof commit>[1]) => commit(client, writes),
    },
  };
}
