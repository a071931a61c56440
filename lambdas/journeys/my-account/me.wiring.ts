import { AccountsStore } from '../../capabilities/accounts/accounts.store.ts';
import type { SessionDeps } from '../../capabilities/accounts/session.ts';
import { UserPool } from '../../capabilities/accounts/user-pool.client.ts';
import { DevicesStore } from '../../capabilities/devices/devices.store.ts';
import { PasskeyChallengesStore } from '../../capabilities/passkeys/passkey-challenges.store.ts';
import { PasskeysStore } from '../../capabilities/passkeys/passkeys.store.ts';
import type { TrailDeps } from '../../capabilities/support/trail.ts';
import { codeMac } from '../../capabilities/verification/verification.wiring.ts';
import { AuditEventsStore } from '../../ground/audit/audit-events.store.ts';
import { AuditTrail } from '../../ground/audit/audit-trail.store.ts';
import { LimitsStore } from '../../ground/limits/limits.store.ts';
import { dynamoDatabase } from '../../ground/platform/dynamo.client.ts';
import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import { log } from '../../ground/platform/log.ts';
import type { MeDeps } from './me.ts';
import type { PasskeyDeps } from './my-passkeys.ts';
import type { RecoveryCodeDeps } from './my-recovery-codes.ts';

export type WiredMe = MeDeps & SessionDeps & TrailDeps & PasskeyDeps & RecoveryCodeDeps;

export function wireMe(): WiredMe {
  const { accountsTable, rememberedDevicesTable, auditEventsTable } = ENVIRONMENT;
  const { passkeysTable, flowsTable, limitsTable } = ENVIRONMENT;
  const { userPoolId, userPoolClientId, settings } = ENVIRONMENT;
  const names = readEnvironment({
    accountsTable,
    rememberedDevicesTable,
    auditEventsTable,
    passkeysTable,
    flowsTable,
    limitsTable,
    userPoolId,
    userPoolClientId,
    settings,
  });
  const portal = parseSettings(names.settings);
  const { rememberDeviceHours } = portal;
  const database = dynamoDatabase();
  return {
    accounts: new AccountsStore(database, names.accountsTable),
    devices: new DevicesStore(database, names.rememberedDevicesTable, rememberDeviceHours),
    passkeys: new PasskeysStore(database, names.passkeysTable),
    passkeyChallenges: new PasskeyChallengesStore(names.flowsTable),
    limits: new LimitsStore(database, names.limitsTable),
    events: new AuditEventsStore(database, names.auditEventsTable),
    mac: codeMac(),
    pool: new UserPool(names.userPoolId),
    audit: new AuditTrail(names.auditEventsTable),
    commit: (writes) => database.commit(writes),
    clientId: names.userPoolClientId,
    settings: portal,
    log,
    now: Date.now,
  };
}
