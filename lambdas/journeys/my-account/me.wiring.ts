import { AccountsStore } from '../../capabilities/accounts/accounts.store.ts';
import type { SessionDeps } from '../../capabilities/accounts/session.ts';
import { UserPool } from '../../capabilities/accounts/user-pool.client.ts';
import { DevicesStore } from '../../capabilities/devices/devices.store.ts';
import { AuditTrail } from '../../ground/audit/audit-trail.store.ts';
import { dynamoDatabase } from '../../ground/platform/dynamo.client.ts';
import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT, type FunctionSettings } from '../../ground/platform/environment-names.ts';
import { log } from '../../ground/platform/log.ts';
import type { MeDeps } from './me.ts';

export function wireMe(): MeDeps & SessionDeps & { settings: FunctionSettings } {
  const { accountsTable, rememberedDevicesTable, auditEventsTable } = ENVIRONMENT;
  const { userPoolId, userPoolClientId, settings } = ENVIRONMENT;
  const names = readEnvironment({
    ...{ accountsTable, rememberedDevicesTable, auditEventsTable },
    ...{ userPoolId, userPoolClientId, settings },
  });
  const portal = parseSettings(names.settings);
  const { rememberDeviceHours } = portal;
  const database = dynamoDatabase();
  return {
    accounts: new AccountsStore(database, names.accountsTable),
    devices: new DevicesStore(database, names.rememberedDevicesTable, rememberDeviceHours),
    pool: new UserPool(names.userPoolId),
    audit: new AuditTrail(names.auditEventsTable),
    commit: (writes) => database.commit(writes),
    clientId: names.userPoolClientId,
    settings: portal,
    log,
    now: Date.now,
  };
}
