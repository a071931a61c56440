/** What a signed-in user sees and ends of their own. */
import { maskPhone } from '../../../contract/masks.ts';
import type { Language } from '../../../contract/languages.ts';
import type { Me, RememberedDevice } from '../../../contract/portal.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import { signOutEverywhere as endSessions } from '../../capabilities/accounts/account.transitions.ts';
import { chooseLanguage as speak } from '../../capabilities/accounts/owner.transitions.ts';
import { revoke, type RevocationDeps } from '../../capabilities/accounts/revocation.ts';
import type { SessionDeps } from '../../capabilities/accounts/session.ts';
import type { DevicesPort } from '../../capabilities/devices/devices.port.ts';
import type { AuditPort } from '../../ground/audit/audit.port.ts';
import { definite } from '../../ground/platform/definite.rules.ts';

export interface MeDeps extends RevocationDeps {
  devices: Pick<DevicesPort, 'list' | 'remove'>;
  audit: AuditPort;
  now: () => number;
}

const iso = (ms: number) => new Date(ms).toISOString();

export function meOf(account: Account): Me {
  const { username, firstName, lastName, email = '', phone, method = 'EMAIL', role, npi } = account;
  const { language, acceptedTermsVersion, lastSignInAt, previousSignInAt = 0 } = account;
  const { previousLoginMethod } = account;
  return definite({
    username,
    firstName,
    lastName,
    email,
    method,
    role,
    npi,
    language,
    acceptedTermsVersion,
    maskedPhone: phone === undefined ? undefined : maskPhone(phone),
    lastSignInAt: lastSignInAt === undefined ? undefined : iso(lastSignInAt),
    previousSignInAt: previousSignInAt === 0 ? undefined : iso(previousSignInAt),
    previousLoginMethod: previousLoginMethod === 'UNKNOWN' ? undefined : previousLoginMethod,
  });
}

/** Messages and calls come in it from now on. What is chosen already changes nothing. */
export async function chooseLanguage(
  { accounts, audit, commit, now }: MeDeps,
  account: Account,
  language: Language,
): Promise<Me | { refused: 'TOKEN_INVALID' }> {
  if (account.language === language) return meOf(account);
  const { accountId } = account;
  const outcome = language.toUpperCase();
  const result = await commit([
    accounts.apply(account, speak(language)),
    audit.write(
      {
        accountId,
        event: 'LANGUAGE_CHANGED',
        outcome,
        actor: 'SELF',
      },
      now(),
    ),
  ]);
  return result.done ? meOf({ ...account, language }) : { refused: 'TOKEN_INVALID' };
}

export async function listDevices(deps: MeDeps, account: Account): Promise<RememberedDevice[]> {
  const devices = await deps.devices.list(account, deps.now());
  return devices.map(({ deviceId, browser, loginMethod, createdAt, expiresAt, lastUsedAt }) =>
    definite({
      deviceId,
      browser,
      loginMethod,
      createdAt: iso(createdAt),
      expiresAt: iso(expiresAt),
      lastUsedAt: lastUsedAt === undefined ? undefined : iso(lastUsedAt),
    }),
  );
}

/** Forgetting what is not there changes nothing, and writes no event. */
export async function forgetDevice(
  { devices, audit, commit, now }: MeDeps,
  account: Account,
  deviceId: string,
): Promise<void> {
  const { accountId } = account;
  const known = await devices.list(account, now());
  if (!known.some((device) => device.deviceId === deviceId)) return;
  await commit([
    devices.remove(accountId, deviceId),
    audit.write(
      {
        accountId,
        event: 'DEVICE_FORGOTTEN',
        actor: 'SELF',
      },
      now(),
    ),
  ]);
}

/**
 * Ends every session and remembered device. A repeat that finds the account changed has nothing
 * left to end.
 */
export async function signOutEverywhere(
  deps: MeDeps,
  account: Account,
  jti?: string,
): Promise<void> {
  const now = deps.now();
  const { accountId } = account;
  await revoke(deps, account, endSessions(account, now, jti), [
    deps.audit.write(
      {
        accountId,
        event: 'SIGNED_OUT_EVERYWHERE',
        actor: 'SELF',
      },
      now,
    ),
  ]);
}

/** True if this access token has signed out everywhere before, and its answer was lost. */
export async function hasSignedOut(
  { accounts }: SessionDeps,
  { portal_username: username = '', jti = '' }: Record<string, string>,
): Promise<boolean> {
  const account = username === '' ? undefined : await accounts.byUsername(username);
  return jti !== '' && account?.signedOutBy === jti;
}
