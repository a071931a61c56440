/**
 * Remembered devices, one row a device. A row does not say for how long: every read compares
 * `expiresAt` itself.
 */
import type { AuditEventName } from '../../ground/audit/audit.rules.ts';
import { HOUR_MS } from '../../ground/limits/limits.rules.ts';
import {
  change,
  type Database,
  erase,
  put,
  ttlOf,
  type Write,
} from '../../ground/platform/database.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import { recordIn } from '../../ground/platform/stored.rules.ts';
import { isThere, useDevice } from './device.transitions.ts';
import type { DeviceOwner, DevicesPort, WishedDevices } from './devices.port.ts';
import { type Device, MAX_DEVICES, thumbprint } from './devices.rules.ts';

export class DevicesStore implements DevicesPort {
  readonly #database: Database;
  readonly #table: string;
  readonly #rememberHours: number;

  constructor(database: Database, table: string, rememberDeviceHours: number) {
    this.#database = database;
    this.#table = table;
    this.#rememberHours = rememberDeviceHours;
  }

  async get(accountId: string, deviceId: string): Promise<Device | undefined> {
    const item = await this.#database.read(this.#table, { accountId, deviceId });
    return item === undefined ? undefined : recordIn<Device>(item, 'ttl');
  }

  async list({ accountId, epoch }: DeviceOwner, now: number): Promise<Device[]> {
    const all = await this.all(accountId);
    return all
      .filter((device) => device.epoch === epoch && device.expiresAt > now)
      .sort((a, b) => b.createdAt - a.createdAt);
  }

  async wishes(wished: WishedDevices): Promise<{ writes: Write[]; events: AuditEventName[] }> {
    const { accountId } = wished.owner;
    const { forgetDevice } = wished.wishes;
    const device = this.#wishedDevice(wished);
    const writes: Write[] = [];
    const events: AuditEventName[] = [];
    if (device !== undefined) {
      writes.push(...(await this.#makeRoom(device)));
      writes.push(put(this.#table, { ...device, ttl: ttlOf(device.expiresAt) }));
      events.push('DEVICE_REMEMBERED');
    }
    if (forgetDevice === undefined || forgetDevice === device?.deviceId) return { writes, events };
    if ((await this.get(accountId, forgetDevice)) !== undefined) {
      writes.push(this.forget(accountId, forgetDevice));
      events.push('DEVICE_FORGOTTEN');
    }
    return { writes, events };
  }

  #wishedDevice({ owner, wishes, loginMethod, factorAt, now }: WishedDevices): Device | undefined {
    const key = wishes.rememberDevice?.publicKey;
    if (key === undefined || this.#rememberHours === 0) return undefined;
    const { x, y } = key;
    return {
      ...owner,
      deviceId: thumbprint(key),
      publicKey: { x, y },
      ...definite({ browser: wishes.rememberDevice?.browser }),
      loginMethod,
      createdAt: now,
      expiresAt: factorAt + this.#rememberHours * HOUR_MS,
    };
  }

  forget(accountId: string, deviceId: string): Write {
    return erase(this.#table, { accountId, deviceId });
  }

  remove(accountId: string, deviceId: string): Write {
    return erase(this.#table, { accountId, deviceId }, isThere(deviceId));
  }

  use(device: Device, now: number): Write {
    const { accountId, deviceId } = device;
    return change(this.#table, { accountId, deviceId }, useDevice(device, now));
  }

  /** The devices that end first make room for one more. */
  async #makeRoom({ accountId, deviceId: kept }: Device): Promise<Write[]> {
    const others = (await this.all(accountId)).filter(({ deviceId }) => deviceId !== kept);
    others.sort((a, b) => b.expiresAt - a.expiresAt);
    return others.slice(MAX_DEVICES - 1).map(({ deviceId }) => this.forget(accountId, deviceId));
  }

  async all(accountId: string): Promise<Device[]> {
    const { items } = await this.#database.query({
      table: this.#table,
      partition: { name: 'accountId', value: accountId },
    });
    return items.map((item) => recordIn<Device>(item, 'ttl'));
  }
}
