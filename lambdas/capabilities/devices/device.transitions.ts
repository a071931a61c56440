/** What changes of a remembered device, by name. */
import { clausesOf, type Transition } from '../../ground/platform/attributes.rules.ts';
import type { Device } from './devices.rules.ts';

const { is } = clausesOf<Device>();

/** The device that was checked proves its account: the use prolongs nothing. */
export function useDevice({ expiresAt, epoch }: Device, now: number): Transition<Device> {
  return {
    change: { set: { lastUsedAt: now } },
    when: [is('expiresAt', expiresAt), is('epoch', epoch)],
  };
}
