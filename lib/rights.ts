/**
 * Lists what each function may do. A grant adds a permission together with the environment variable
 * that belongs to it.
 */
import { ENVIRONMENT } from '../lambdas/ground/platform/environment-names.ts';
import type { FunctionSettings } from '../lambdas/ground/platform/environment-names.ts';
import type { FunctionId } from './functions.ts';
import type { HttpApi } from './http-api.ts';
import type { Keys } from './keys.ts';
import type { Messaging } from './messaging.ts';
import type { Outbox } from './outbox.ts';
import type { PortalFunction } from './portal-function.ts';
import type { StageSettings } from './settings.ts';
import { currentTerms } from './terms.ts';
import type { Tables } from './tables.ts';
import type { PortalUserPool } from './user-pool.ts';
import type { Voice } from './voice.ts';

/** The constructs that grant rights. */
export interface Capabilities {
  keys: Keys;
  tables: Tables;
  userPool: PortalUserPool;
  messaging: Messaging;
  /** Absent in a stage without Amazon Connect. */
  voice: Voice | undefined;
  outbox: Outbox;
  api: HttpApi;
  settings: StageSettings;
}

type Grants = (fn: PortalFunction, capabilities: Capabilities) => void;

const RIGHTS: Record<FunctionId, Grants> = {
  define: () => {
    // It is pure and needs only the history of the sign-in.
  },
  create: (fn, { keys, tables, messaging, voice, api, settings }) => {
    tables.accounts.grant(fn, 'read');
    tables.challenges.grant(fn, 'read', 'write');
    tables.limits.grant(fn, 'write');
    tables.auditEvents.grant(fn, 'put');
    keys.grantGenerateMac(fn);
    messaging.grantSendEmail(fn);
    messaging.grantSendText(fn);
    voice?.grantCall(fn);
    api.provideUrl(fn);
    provideSettings(fn, settings);
  },
  verify: (fn, { keys, tables, settings }) => {
    tables.accounts.grant(fn, 'read', 'write');
    tables.challenges.grant(fn, 'read', 'write');
    tables.flows.grant(fn, 'read', 'write');
    tables.limits.grant(fn, 'read', 'write');
    tables.rememberedDevices.grant(fn, 'read', 'write');
    tables.termsAcceptances.grant(fn, 'read', 'put');
    tables.auditEvents.grant(fn, 'put');
    keys.grantGenerateMac(fn);
    provideSettings(fn, settings);
  },
  'token-gate': (fn, { tables, userPool, settings }) => {
    tables.accounts.grant(fn, 'read', 'write');
    tables.auditEvents.grant(fn, 'put');
    userPool.grantReadClientId(fn);
    provideSettings(fn, settings);
  },
  terms: (fn, { settings }) => provideSettings(fn, settings),
  registration: (fn, capabilities) => {
    capabilities.tables.registrationCodes.grant(fn, 'read', 'write');
    capabilities.userPool.grantAdministration(
      fn,
      'AdminCreateUser',
      'AdminGetUser',
      'AdminUpdateUserAttributes',
    );
    grantVerifiedFlows(fn, capabilities);
  },
  recovery: (fn, capabilities) => grantVerifiedFlows(fn, capabilities),
  calls: (fn, { tables, settings }) => {
    tables.challenges.grant(fn, 'read');
    provideSettings(fn, settings);
  },
  me: (fn, { tables, userPool, settings }) => {
    tables.accounts.grant(fn, 'read', 'write');
    tables.rememberedDevices.grant(fn, 'read', 'write');
    tables.auditEvents.grant(fn, 'put');
    userPool.grantAdministration(fn, 'AdminUserGlobalSignOut');
    provideSettings(fn, settings);
  },
  admin: (fn, { tables, outbox, userPool, settings }) => {
    tables.accounts.grant(fn, 'read', 'list', 'write');
    tables.auditEvents.grant(fn, 'read', 'put');
    tables.limits.grant(fn, 'write');
    tables.flows.grant(fn, 'read', 'write');
    outbox.grantSend(fn);
    userPool.grantAdministration(fn, 'AdminUserGlobalSignOut');
    provideSettings(fn, settings);
  },
  outbox: (fn, { keys, tables, messaging, settings }) => {
    tables.accounts.grant(fn, 'read', 'write');
    tables.flows.grant(fn, 'read', 'write');
    tables.limits.grant(fn, 'write');
    tables.auditEvents.grant(fn, 'put');
    keys.grantGenerateMac(fn);
    messaging.grantSendEmail(fn);
    messaging.grantSendText(fn);
    provideSettings(fn, settings);
  },
  notices: (fn, { tables, messaging, settings }) => {
    tables.accounts.grant(fn, 'read');
    tables.flows.grant(fn, 'read', 'write');
    messaging.grantSendEmail(fn);
    messaging.grantSendText(fn);
    provideSettings(fn, settings);
  },
  'call-flow': (fn, { tables }) => {
    tables.accounts.grant(fn, 'read');
    tables.challenges.grant(fn, 'read', 'write');
    tables.flows.grant(fn, 'read', 'write');
    tables.auditEvents.grant(fn, 'put');
  },
  'call-events': (fn, { tables }) => tables.challenges.grant(fn, 'read', 'write'),
  'audit-archive': () => {
    // The audit archive grants it the stream and the bucket.
  },
};

/** Registration and recovery: flows that verify an address and a phone, and end with a password. */
function grantVerifiedFlows(
  fn: PortalFunction,
  { keys, tables, messaging, voice, outbox, userPool, settings }: Capabilities,
): void {
  tables.accounts.grant(fn, 'read', 'write');
  tables.challenges.grant(fn, 'read', 'write');
  tables.flows.grant(fn, 'read', 'write');
  tables.limits.grant(fn, 'write');
  tables.auditEvents.grant(fn, 'put');
  keys.grantGenerateMac(fn);
  messaging.grantSendEmail(fn);
  messaging.grantSendText(fn);
  voice?.grantCall(fn);
  outbox.grantSend(fn);
  userPool.grantAdministration(fn, 'AdminSetUserPassword', 'AdminUserGlobalSignOut');
  provideSettings(fn, settings);
}

/** Grants a function its rights. */
export function grantRights(fn: PortalFunction, capabilities: Capabilities): void {
  RIGHTS[fn.functionId](fn, capabilities);
}

/** Provides the settings that functions need, without those that only the stack uses. */
function provideSettings(fn: PortalFunction, settings: StageSettings): void {
  const {
    stage,
    portalName,
    portalOrigins,
    voiceConfirmation,
    allowedCountries,
    codeLife,
    linkLife,
    rememberDeviceHours,
    sessionHours,
  } = settings;
  const { termsGraceHours, workforceEmailDomains, sender, sms, connect, limits } = settings;
  const {
    requestsPerSecond: _perSecond,
    requestBurst: _burst,
    requestsPerSourceFirewall: _firewall,
    ...counted
  } = limits;
  const provided: FunctionSettings = {
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
    workforceEmailDomains,
    sender: { email: sender.email, replyTo: sender.replyTo },
    sms: { originationNumber: sms.originationNumber },
    connect: connect && {},
    terms: currentTerms(settings),
    limits: counted,
  };
  fn.addEnvironment(ENVIRONMENT.settings, JSON.stringify(provided));
}
