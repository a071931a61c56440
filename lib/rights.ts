/**
 * Gives each function what it states that it needs: a permission together with the environment
 * variable that belongs to it.
 */
import {
  CALL_EVENTS_NEEDS,
  CALL_FLOW_NEEDS,
  CALLS_NEEDS,
} from '../lambdas/capabilities/calls/calls.needs.ts';
import {
  MAIL_EVENTS_NEEDS,
  NOTICES_NEEDS,
} from '../lambdas/capabilities/messages/notices.needs.ts';
import { OUTBOX_NEEDS } from '../lambdas/capabilities/outbox/outbox.needs.ts';
import { TERMS_NEEDS } from '../lambdas/capabilities/terms/terms.needs.ts';
import { SWEEP_NEEDS } from '../lambdas/capabilities/upkeep/upkeep.needs.ts';
import { ARCHIVE_NEEDS } from '../lambdas/ground/audit/archive.needs.ts';
import {
  ENVIRONMENT,
  type FunctionSettings,
} from '../lambdas/ground/platform/environment-names.ts';
import type { Needs, TableName } from '../lambdas/ground/platform/needs.ts';
import { WORKFORCE_GATE_NEEDS } from '../lambdas/journeys/employee-sign-in/workforce-gate.needs.ts';
import { HELP_DESK_NEEDS } from '../lambdas/journeys/help-desk/help-desk.needs.ts';
import { ADMIN_NEEDS } from '../lambdas/journeys/administration/admin.needs.ts';
import { CHANGES_NEEDS } from '../lambdas/journeys/my-account/changes.needs.ts';
import { ME_NEEDS } from '../lambdas/journeys/my-account/me.needs.ts';
import { CANARY_NEEDS } from '../lambdas/journeys/canary/canary.needs.ts';
import { RECOVERY_NEEDS } from '../lambdas/journeys/recovery/recovery.needs.ts';
import { REGISTRATION_NEEDS } from '../lambdas/journeys/registration/registration.needs.ts';
import {
  CREATE_NEEDS,
  DEFINE_NEEDS,
  TOKEN_GATE_NEEDS,
  VERIFY_NEEDS,
} from '../lambdas/journeys/sign-in/sign-in.needs.ts';
import type { FunctionId } from './functions.ts';
import type { HttpApi } from './http-api.ts';
import type { Keys } from './keys.ts';
import type { Messaging } from './messaging.ts';
import type { Outbox } from './outbox.ts';
import type { PortalFunction } from './portal-function.ts';
import type { StageSettings } from './settings.ts';
import type { Tables } from './tables.ts';
import { currentTerms } from './terms.ts';
import type { PortalUserPool } from './user-pool.ts';
import type { Voice } from './voice.ts';
import type { WorkforcePool } from './workforce-pool.ts';

const NEEDS: Record<FunctionId, Needs> = {
  define: DEFINE_NEEDS,
  create: CREATE_NEEDS,
  verify: VERIFY_NEEDS,
  'token-gate': TOKEN_GATE_NEEDS,
  terms: TERMS_NEEDS,
  registration: REGISTRATION_NEEDS,
  recovery: RECOVERY_NEEDS,
  calls: CALLS_NEEDS,
  me: ME_NEEDS,
  changes: CHANGES_NEEDS,
  admin: ADMIN_NEEDS,
  'help-desk': HELP_DESK_NEEDS,
  'workforce-gate': WORKFORCE_GATE_NEEDS,
  outbox: OUTBOX_NEEDS,
  notices: NOTICES_NEEDS,
  'mail-events': MAIL_EVENTS_NEEDS,
  'call-flow': CALL_FLOW_NEEDS,
  'call-events': CALL_EVENTS_NEEDS,
  'audit-archive': ARCHIVE_NEEDS,
  sweep: SWEEP_NEEDS,
  canary: CANARY_NEEDS,
};

/** What there is to grant. */
export interface Capabilities {
  keys: Keys;
  tables: Tables;
  userPool: PortalUserPool;
  messaging: Messaging;
  /** Absent in a stage without Amazon Connect. */
  voice: Voice | undefined;
  /** Absent in a stage whose employees do not sign in here. */
  workforce: WorkforcePool | undefined;
  outbox: Outbox;
  api: HttpApi;
  settings: StageSettings;
}

/** Gives a function its rights. */
export function grantRights(fn: PortalFunction, capabilities: Capabilities): void {
  const needs = NEEDS[fn.functionId];
  const { keys, messaging, voice, outbox, userPool, workforce, api, settings } = capabilities;
  grantTables(fn, needs, capabilities);
  if (needs.settings) fn.addEnvironment(ENVIRONMENT.settings, settingsFor(settings));
  if (needs.codeMac) keys.grantGenerateMac(fn);
  if (needs.email) messaging.grantSendEmail(fn);
  if (needs.text) messaging.grantSendText(fn);
  if (needs.calls) voice?.grantCall(fn);
  if (needs.outbox) outbox.grantSend(fn);
  if (needs.pool) userPool.grantAdministration(fn, needs.pool);
  if (needs.clientId) userPool.provideClientId(fn);
  if (needs.clientIdParameter) userPool.grantReadClientId(fn);
  if (needs.workforceClientId) workforce?.provideClientId(fn);
  if (needs.workforceClientIdParameter) workforce?.grantReadClientId(fn);
  if (needs.apiUrl) api.provideUrl(fn);
}

function grantTables(
  fn: PortalFunction,
  { tables: wanted = {} }: Needs,
  { tables }: Capabilities,
): void {
  for (const [name, rights] of Object.entries(wanted)) tables[name as TableName].grant(fn, rights);
}

/**
 * What functions need of the settings, as JSON. Alarms, throttles and quotas are the stack's own
 * business.
 */
function settingsFor(settings: StageSettings): string {
  const { stage, portalName, portalOrigins, voiceConfirmation, allowedCountries } = settings;
  const { furtherPhonePrefixes, importedPasswordsEndAfter } = settings;
  const { codeLife, linkLife, rememberDeviceHours, sessionHours, termsGraceHours } = settings;
  const { workforceEmailDomains, workforce, sender, sms, connect, limits } = settings;
  const {
    requestsPerSecond: _perSecond,
    requestBurst: _burst,
    requestsPerSourceFirewall: _firewall,
    ...counted
  } = limits;
  const needed: FunctionSettings = {
    stage,
    portalName,
    portalOrigins,
    voiceConfirmation,
    allowedCountries,
    codeLife,
    linkLife,
    rememberDeviceHours,
    sessionHours,
    termsGraceHours,
    furtherPhonePrefixes,
    importedPasswordsEndAfter,
    workforceEmailDomains,
    sender: { email: sender.email, replyTo: sender.replyTo },
    sms: { originationNumber: sms.originationNumber },
    connect: connect && {},
    passkeys: {
      rpId: settings.passkeys?.rpId ?? new URL(portalOrigins[0] ?? '').hostname,
      requiredForAdmins: settings.passkeys?.requiredForAdmins === true,
    },
    workforce: workforce && {
      helpDeskGroup: workforce.helpDeskGroup,
      secondPerson: workforce.secondPerson,
    },
    terms: currentTerms(settings),
    limits: counted,
  };
  return JSON.stringify(needed);
}
