/** The real collaborators of the sign-in triggers, made once per process. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AccountsStore } from '../../capabilities/accounts/accounts.store.ts';
import { CallsStore } from '../../capabilities/calls/calls.store.ts';
import { DevicesStore } from '../../capabilities/devices/devices.store.ts';
import { PasskeyChallengesStore } from '../../capabilities/passkeys/passkey-challenges.store.ts';
import { PasskeysStore } from '../../capabilities/passkeys/passkeys.store.ts';
import { TermsAcceptancesStore } from '../../capabilities/terms/terms-acceptances.store.ts';
import { TicketsStore } from '../../capabilities/token-flows/tickets.store.ts';
import { codeMac, verificationOf } from '../../capabilities/verification/verification.wiring.ts';
import { AuditTrail } from '../../ground/audit/audit-trail.store.ts';
import { LimitsStore } from '../../ground/limits/limits.store.ts';
import { dynamoDatabase } from '../../ground/platform/dynamo.client.ts';
import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import type { AnswerDeps } from './answering.ts';
import { SignInFlowsStore } from './flows.store.ts';
import { CREATE_NEEDS } from './sign-in.needs.ts';
import type { PresentDeps } from './present.ts';

const { accountsTable, challengesTable, auditEventsTable, limitsTable, settings } = ENVIRONMENT;

/** What create and verify both use. */
function wireShared() {
  const names = readEnvironment({
    accountsTable,
    challengesTable,
    auditEventsTable,
    limitsTable,
    settings,
  });
  const database = dynamoDatabase();
  const tables = {
    challenges: names.challengesTable,
    accounts: names.accountsTable,
  };
  return {
    database,
    challengesTable: names.challengesTable,
    deps: {
      accounts: new AccountsStore(database, names.accountsTable),
      flows: new SignInFlowsStore(database, tables),
      limits: new LimitsStore(database, names.limitsTable),
      audit: new AuditTrail(names.auditEventsTable),
      commit: database.commit.bind(database),
      settings: parseSettings(names.settings),
      now: Date.now,
    },
  };
}

export function wirePresent(): PresentDeps {
  const { apiUrl, passkeysTable } = readEnvironment({
    apiUrl: ENVIRONMENT.apiUrl,
    passkeysTable: ENVIRONMENT.passkeysTable,
  });
  const { database, deps } = wireShared();
  const { dispatcher, desk } = verificationOf(database, deps.settings, CREATE_NEEDS);
  return {
    ...deps,
    dispatcher,
    desk,
    passkeys: new PasskeysStore(database, passkeysTable),
    termsUrl: `${apiUrl}/terms/current`,
    sleep: async (ms) => void (await sleep(ms)),
  };
}

export function wireAnswer(): AnswerDeps {
  const { rememberedDevicesTable, flowsTable, termsAcceptancesTable, passkeysTable } = ENVIRONMENT;
  const names = readEnvironment({
    rememberedDevicesTable,
    flowsTable,
    termsAcceptancesTable,
    passkeysTable,
  });
  const { database, challengesTable: challenges, deps } = wireShared();
  const { rememberDeviceHours } = deps.settings;
  return {
    ...deps,
    devices: new DevicesStore(database, names.rememberedDevicesTable, rememberDeviceHours),
    tickets: new TicketsStore(names.flowsTable),
    passkeys: new PasskeysStore(database, names.passkeysTable),
    passkeyChallenges: new PasskeyChallengesStore(names.flowsTable),
    acceptances: new TermsAcceptancesStore(database, names.termsAcceptancesTable),
    calls: new CallsStore(database, { challenges }),
    mac: codeMac(),
  };
}
