import type { LoginMethod } from '../../../contract/accounts.ts';
import type { DeviceWishes } from '../../../contract/challenges.ts';
import type { AuditEventName } from '../../ground/audit/audit.rules.ts';
import type { Write } from '../../ground/platform/database.ts';
import type { Device } from './devices.rules.ts';

export interface DeviceOwner {
  accountId: string;
  epoch: number;
}

/** What an answer asks for about devices: to remember this browser, or to forget one. */
export interface WishedDevices {
  owner: DeviceOwner;
  wishes: DeviceWishes;
  loginMethod: LoginMethod;
  /** When the factor was passed: a device ends `rememberDeviceHours` after it. */
  factorAt: number;
  now: number;
}

export interface DevicesPort {
  get: (accountId: string, deviceId: string) => Promise<Device | undefined>;
  /** Devices that still sign in, the youngest first. */
  list: (owner: DeviceOwner, now: number) => Promise<Device[]>;
  /** The writes for what an answer asks for, and the events that record them. */
  wishes: (wished: WishedDevices) => Promise<{ writes: Write[]; events: AuditEventName[] }>;
  /** Every device of the account, also those that no longer sign in. */
  all: (accountId: string) => Promise<Device[]>;
  forget: (accountId: string, deviceId: string) => Write;
  /** The same, and fails if it is gone by then. */
  remove: (accountId: string, deviceId: string) => Write;
  /**
   * Marks the use; it prolongs nothing. Fails if the device was forgotten or replaced meanwhile.
   */
  use: (device: Device, now: number) => Write;
}
