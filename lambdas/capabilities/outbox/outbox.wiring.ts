import { AccountsStore } from '../accounts/accounts.store.ts';
import { KmsCodeMac } from '../verification/code-mac.client.ts';
import { macMessage } from '../verification/codes.rules.ts';
import { LinksStore } from '../token-flows/links.store.ts';
import { TokenFlowsStore } from '../token-flows/token-flows.store.ts';
import type { TokenFlow } from '../token-flows/token-flow.rules.ts';
import { MessageCodeDelivery } from '../verification/code-delivery.ts';
import { SesEmailSender } from '../messages/email.sender.ts';
import { SnsTextSender } from '../messages/text.sender.ts';
import { AuditTrail } from '../../ground/audit/audit-trail.store.ts';
import { documentClient } from '../../ground/platform/aws-clients.ts';
import { commit } from '../../ground/platform/dynamo.ts';
import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import { LimitsStore } from '../../ground/limits/limits.store.ts';
import { MarksStore } from '../../ground/platform/marks.store.ts';
import { randomCode } from '../../ground/platform/random.ts';
import type { OutboxCollaborators } from './send-links.ts';

export function wireOutbox(): OutboxCollaborators {
  const {
    accountsTable,
    flowsTable,
    auditEventsTable,
    limitsTable,
    codeKeyId,
    emailConfigurationSet,
    settings,
  } = ENVIRONMENT;
  const names = readEnvironment({
    accountsTable,
    flowsTable,
    auditEventsTable,
    limitsTable,
    codeKeyId,
    emailConfigurationSet,
    settings,
  });
  const portal = parseSettings(names.settings);
  const client = documentClient();
  const email = new SesEmailSender(portal, names.emailConfigurationSet);
  const delivery = new MessageCodeDelivery(
    portal.portalName,
    email,
    new SnsTextSender(portal.sms.originationNumber),
  );
  const mac = new KmsCodeMac(names.codeKeyId);
  return {
    accounts: new AccountsStore(client, names.accountsTable),
    links: new LinksStore(client, names.flowsTable),
    flows: new TokenFlowsStore<TokenFlow & { email?: string }>(client, names.flowsTable),
    newCode: async (binding, codeId) => {
      const digits = randomCode();
      return { digits, mac: await mac.mac(macMessage(binding, codeId, digits)) };
    },
    deliver: (code) => delivery.send(code),
    email,
    marks: new MarksStore(client, names.flowsTable),
    audit: new AuditTrail(names.auditEventsTable),
    limits: new LimitsStore(client, names.limitsTable),
    commit: (writes) => commit(client, writes),
    settings: portal,
    now: Date.now,
  };
}
