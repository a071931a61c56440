import { DevicesStore } from '../../capabilities/devices/devices.store.ts';
import { AuditTrail } from '../../ground/audit/audit-trail.store.ts';
import { documentClient } from '../../ground/platform/aws-clients.ts';
import { commit } from '../../ground/platform/dynamo.ts';
import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT, type FunctionSettings } from '../../ground/platform/environment-names.ts';
import { AccountsStore } from '../../capabilities/accounts/accounts.store.ts';
import type { MeCollaborators } from './me.ts';
import type { SessionCollaborators } from '../../capabilities/accounts/session.ts';
import { UserPool } from '../../capabilities/accounts/user-pool.client.ts';

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
