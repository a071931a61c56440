/** The real collaborators of the sign-in triggers, made once per process. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AccountsStore } from '../../capabilities/accounts/accounts.store.ts';
import { CallConfirmations } from '../../capabilities/verification/call-confirmations.ts';
import { CallsStore } from '../../capabilities/calls/calls.store.ts';
import { callDesk } from '../../capabilities/calls/calls.wiring.ts';
import { KmsCodeMac } from '../../capabilities/verification/code-mac.client.ts';
import { VerificationDispatcher } from '../../capabilities/verification/dispatch.ts';
import { DevicesStore } from '../../capabilities/devices/devices.store.ts';
import { MessageCodeDelivery } from '../../capabilities/verification/code-delivery.ts';
import { SesEmailSender } from '../../capabilities/messages/email.sender.ts';
import { SnsTextSender } from '../../capabilities/messages/text.sender.ts';
import { AuditTrail } from '../../ground/audit/audit-trail.store.ts';
import { documentClient } from '../../ground/platform/aws-clients.ts';
import { commit } from '../../ground/platform/dynamo.ts';
import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import { LimitsStore } from '../../ground/limits/limits.store.ts';
import { TicketsStore } from '../../capabilities/token-flows/tickets.store.ts';
import { TermsAcceptancesStore } from '../../capabilities/terms/terms-acceptances.store.ts';
import type { AnswerCollaborators } from './answering.ts';
import { SignInFlowStore } from './flow.store.ts';
import type { PresentCollaborators } from './present.ts';

const { accountsTable, challengesTable, auditEventsTable, settings, codeKeyId } = ENVIRONMENT;

export function wirePresent(): PresentCollaborators {
  const { limitsTable, emailConfigurationSet, apiUrl } = ENVIRONMENT;
  const names = readEnvironment({
    accountsTable,
    challengesTable,
    auditEventsTable,
    limitsTable,
    settings,
    codeKeyId,
    emailConfigurationSet,
    apiUrl,
  });
  const portal = parseSettings(names.settings);
  const client = documentClient();
  const email = new SesEmailSender(portal, names.emailConfigurationSet);
  const delivery = new MessageCodeDelivery(
    portal.portalName,
    email,
    new SnsTextSender(portal.sms.originationNumber),
  );
  const calls = callDesk(client, names.challengesTable, portal);
  return {
    accounts: new AccountsStore(client, names.accountsTable),
    flows: new SignInFlowStore(client, {
      challenges: names.challengesTable,
      accounts: names.accountsTable,
    }),
    limits: new LimitsStore(client, names.limitsTable),
    audit: new AuditTrail(names.auditEventsTable),
    dispatcher: new VerificationDispatcher(
      new KmsCodeMac(names.codeKeyId),
      delivery,
      portal,
      calls,
    ),
    calls,
    commit: (writes) => commit(client, writes),
    settings: portal,
    termsUrl: `${names.apiUrl}/terms/current`,
    now: Date.now,
    sleep: async (ms) => void (await sleep(ms)),
  };
}

export function wireAnswer(): AnswerCollaborators {
  const { rememberedDevicesTable, flowsTable, termsAcceptancesTable } = ENVIRONMENT;
  const names = readEnvironment({
    accountsTable,
    challengesTable,
    auditEventsTable,
    rememberedDevicesTable,
    flowsTable,
    termsAcceptancesTable,
    settings,
    codeKeyId,
  });
  const portal = parseSettings(names.settings);
  const client = documentClient();
  return {
    accounts: new AccountsStore(client, names.accountsTable),
    flows: new SignInFlowStore(client, {
      challenges: names.challengesTable,
      accounts: names.accountsTable,
    }),
    devices: new DevicesStore(client, names.rememberedDevicesTable, portal.rememberDeviceHours),
    tickets: new TicketsStore(names.flowsTable),
    acceptances: new TermsAcceptancesStore(client, names.termsAcceptancesTable),
    calls: new CallConfirmations(new CallsStore(client, names.challengesTable)),
    audit: new AuditTrail(names.auditEventsTable),
    commit: (writes) => commit(client, writes),
    mac: new KmsCodeMac(names.codeKeyId),
    settings: portal,
    now: Date.now,
  };
}
