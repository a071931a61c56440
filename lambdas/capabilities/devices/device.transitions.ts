/** What changes of a remembered device, by name. */
import { type Clause, clausesOf, type Transition } from '../../ground/platform/attributes.rules.ts';
import type { Device } from './devices.rules.ts';

const { is } = clausesOf<Device>();

/** Condition that the device is there to be forgotten. */
export function isThere(deviceId: string): Clause {
  return is('deviceId', deviceId);
}

/** The device that was checked proves its account: the use prolongs nothing. */
export function useDevice({ expiresAt, epoch }: Device, now: number): Transition<Device> {
  return {
    change: { set: { lastUsedAt: now } },
    when: [is('expiresAt', expiresAt), is('epoch', epoch)],
  };
}
