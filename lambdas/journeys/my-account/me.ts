/** What a signed-in user sees and ends of their own. */
import { maskPhone } from '../../../contract/accounts.ts';
import type { Me, RememberedDevice } from '../../../contract/portal.ts';
import type { Device } from '../../capabilities/devices/devices.rules.ts';
import type { AuditEvent } from '../../ground/audit/audit.rules.ts';
import type { Commit, Write } from '../../ground/platform/dynamo.ts';
import { type Change, type Clause, is } from '../../ground/platform/expressions.rules.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import { endSessions } from '../../capabilities/accounts/sessions.rules.ts';

export interface MeCollaborators {
  accounts: {
    change(
      account: Pick<Account, 'accountId' | 'epoch'>,
      changes: Change,
      ...when: Clause[]
    ): Write;
  };
  devices: {
    list(owner: { accountId: string; epoch: number }, now: number): Promise<Device[]>;
    forget(accountId: string, deviceId: string): Write;
  };
  pool: { signOutEverywhere(username: string): Promise<void> };
  audit: { write(event: AuditEvent, now: number): Write };
  commit(writes: readonly Write[]): Promise<Commit>;
  now(): number;
}

const iso = (ms: number) => new Date(ms).toISOString();

export function meOf(account: Account): Me {
  const {
    username,
    firstName,
    lastName,
    email = '',
    phone,
    method = 'EMAIL',
    role,
    npi,
    acceptedTermsVersion,
    lastSignInAt,
  } = account;
  return {
    ...{ username, firstName, lastName, email, method, role, npi },
    ...(phone === undefined ? {} : { maskedPhone: maskPhone(phone) }),
    ...(acceptedTermsVersion === undefined ? {} : { acceptedTermsVersion }),
    ...(lastSignInAt === undefined ? {} : { lastSignInAt: iso(lastSignInAt) }),
  };
}

export async function listDevices(
  on: MeCollaborators,
  account: Account,
): Promise<RememberedDevice[]> {
  const devices = await on.devices.list(account, on.now());
  return devices.map(({ deviceId, loginMethod, createdAt, expiresAt, lastUsedAt }) => ({
    ...{ deviceId, loginMethod, createdAt: iso(createdAt), expiresAt: iso(expiresAt) },
    ...(lastUsedAt === undefined ? {} : { lastUsedAt: iso(lastUsedAt) }),
  }));
}

export async function forgetDevice(
  on: MeCollaborators,
  { accountId }: Account,
  deviceId: string,
): Promise<void> {
  await on.commit([
    on.devices.forget(accountId, deviceId),
    on.audit.write({ accountId, event: 'DEVICE_FORGOTTEN', actor: 'SELF' }, on.now()),
  ]);
}

/** Ends every session and remembered device. Asked twice, or after a failure of Cognito's, it ends what is left. */
export async function signOutEverywhere(on: MeCollaborators, account: Account): Promise<void> {
  const now = on.now();
  const { accountId, cognitoUsername } = account;
  if (cognitoUsername !== undefined) await on.pool.signOutEverywhere(cognitoUsername);
  await on.commit([
    on.accounts.change(account, endSessions(account, now), is('status', 'ACTIVE')),
    on.audit.write({ accountId, event: 'SIGNED_OUT_EVERYWHERE', actor: 'SELF' }, now),
  ]);
}
