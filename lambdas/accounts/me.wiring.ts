import { DevicesStore } from '../devices/devices.store.ts';
import { AuditTrail } from '../platform/audit.store.ts';
import { documentClient } from '../platform/aws-clients.ts';
import { commit } from '../platform/dynamo.ts';
import { parseSettings, readEnvironment } from '../platform/environment.ts';
import { ENVIRONMENT, type FunctionSettings } from '../platform/environment-names.ts';
import { AccountsStore } from './accounts.store.ts';
import type { MeCollaborators } from './me.ts';
import type { SessionCollaborators } from './session.ts';
import { UserPool } from './user-pool.client.ts';

export function wireMe(): MeCollaborators & SessionCollaborators & { settings: FunctionSettings } {
  const {
    accountsTable,
    rememberedDevicesTable,
    auditEventsTable,
    userPoolId,
    userPoolClientId,
    settings,
  } = ENVIRONMENT;
  const names = readEnvironment({
    accountsTable,
    rememberedDevicesTable,
    auditEventsTable,
    userPoolId,
    userPoolClientId,
    settings,
  });
  const portal = parseSettings(names.settings);
  const client = documentClient();
  return {
    accounts: new AccountsStore(client, names.accountsTable),
    devices: new DevicesStore(client, names.rememberedDevicesTable, portal.rememberDeviceHours),
    pool: new UserPool(names.userPoolId),
    audit: new AuditTrail(names.auditEventsTable),
    commit: (writes) => commit(client, writes),
    clientId: names.userPoolClientId,
    settings: portal,
    now: Date.now,
  };
}
