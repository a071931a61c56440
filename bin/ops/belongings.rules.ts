/**
 * What belongs to an account, compared with the account: nothing that still counts may belong to
 * one that has ended, and a registration code opens one account, once.
 */
import type { Device } from '../../lambdas/capabilities/devices/devices.rules.ts';
import { isLive, type Passkey } from '../../lambdas/capabilities/passkeys/passkeys.rules.ts';
import type { RegistrationCode } from '../../lambdas/capabilities/providers/registration-code.rules.ts';
import {
  type ComparedAccount,
  type Fault,
  fault,
} from '../../lambdas/capabilities/upkeep/faults.rules.ts';
import type { AuditEventName, RecordedEvent } from '../../lambdas/ground/audit/audit.rules.ts';

export type KeptDevice = Pick<Device, 'accountId' | 'deviceId' | 'epoch' | 'expiresAt'>;
export type KeptPasskey = Pick<Passkey, 'accountId' | 'passkeyId' | 'passkeyEpoch'>;
export type KeptCode = Pick<RegistrationCode, 'npi' | 'redeemedBy' | 'redeemedAt' | 'revokedAt'>;

export type Accounts = ReadonlyMap<string, ComparedAccount>;

/** A device that could still prove a sign-in, of an account that must not sign in. */
export function deviceFaults(devices: KeptDevice[], accounts: Accounts, now: number): Fault[] {
  return devices
    .filter(({ expiresAt }) => expiresAt > now)
    .flatMap(({ accountId, deviceId, epoch }) => {
      const owner = accounts.get(accountId);
      const subject = `${accountId}/${deviceId}`;
      if (owner === undefined)
        return [fault('DEVICE_OF_NOBODY', subject, 'its account does not exist: report it')];
      if (epoch < owner.epoch || (epoch === owner.epoch && owner.status === 'ACTIVE')) return [];
      const text = `${owner.username} is ${owner.status}, and the device counts: report it`;
      return [fault('DEVICE_OF_ENDED', subject, text)];
    });
}

/** Passkeys outlive a password, but not their account; the account knows how many count. */
export function passkeyFaults(passkeys: KeptPasskey[], accounts: Accounts): Fault[] {
  const counting = new Map<string, number>();
  const strays: Fault[] = [];
  for (const passkey of passkeys) {
    const { accountId, passkeyId } = passkey;
    const owner = accounts.get(accountId);
    if (owner === undefined)
      strays.push(
        fault('PASSKEY_OF_NOBODY', `${accountId}/${passkeyId}`, 'its account does not exist'),
      );
    else if (isLive(passkey, owner)) counting.set(accountId, (counting.get(accountId) ?? 0) + 1);
  }
  return [
    ...strays,
    ...[...accounts.values()].flatMap((account) => {
      const { accountId, passkeyCount = 0 } = account;
      const count = counting.get(accountId) ?? 0;
      const text = `it counts ${passkeyCount} passkeys and has ${count}: report it`;
      return count === passkeyCount ? [] : [fault('PASSKEYS_MISCOUNTED', account, text)];
    }),
  ];
}

/** @param people the IDs of all accounts, erased ones too */
export function codeFaults(codes: KeptCode[], people: ReadonlySet<string>): Fault[] {
  const redeemed = new Set<string>();
  return codes.flatMap(({ npi, redeemedBy, revokedAt }) => {
    if (redeemedBy === undefined) return [];
    const isSecond = redeemed.has(redeemedBy);
    redeemed.add(redeemedBy);
    const of = (name: string, text: string) =>
      fault(name, `${npi}/${redeemedBy}`, `${text}: report it`);
    return [
      ...(people.has(redeemedBy)
        ? []
        : [of('CODE_OF_NOBODY', `${redeemedBy} redeemed a code and does not exist`)]),
      ...(isSecond ? [of('CODES_OF_ONE', `${redeemedBy} redeemed two codes`)] : []),
      ...(revokedAt === undefined
        ? []
        : [of('CODE_REVOKED', `${redeemedBy} redeemed a code that is revoked`)]),
    ];
  });
}

const ONCE_IN_A_FLOW: ReadonlySet<string> = new Set<AuditEventName>([
  'SIGNED_IN',
  'PASSWORD_RESET_COMPLETED',
  'REGISTRATION_COMPLETED',
]);

/** Finds a proof that the trail has twice. Give it every event. */
export class ProofsSeen {
  readonly faults: Fault[] = [];
  readonly #seen = new Set<string>();

  see({ accountId, event, flowId }: RecordedEvent): void {
    if (flowId === undefined || !ONCE_IN_A_FLOW.has(event)) return;
    const proof = `${event} ${flowId}`;
    const text = `${event} is in the trail twice for the flow ${flowId}: report it`;
    if (this.#seen.has(proof)) this.faults.push(fault('PROOF_TWICE', accountId, text));
    this.#seen.add(proof);
  }
}
