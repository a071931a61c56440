/** Remembered devices in DynamoDB, one row a device. A row says nothing about how long: every read compares `expiresAt` itself. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { LoginMethod } from '../../../contract/accounts.ts';
import type { DeviceWishes } from '../../../contract/challenges.ts';
import type { AuditEventName } from '../../ground/audit/audit.rules.ts';
import {
  change,
  erase,
  type Item,
  put,
  query,
  read,
  type Write,
} from '../../ground/platform/dynamo.ts';
import { is } from '../../ground/platform/expressions.rules.ts';
import { HOUR_MS } from '../../ground/limits/limits.rules.ts';
import { type Device, MAX_DEVICES, thumbprint } from './devices.rules.ts';

export interface Owner {
  accountId: string;
  epoch: number;
}

export class DevicesStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #rememberHours: number;

  constructor(client: DynamoDBDocumentClient, table: string, rememberDeviceHours: number) {
    this.#client = client;
    this.#table = table;
    this.#rememberHours = rememberDeviceHours;
  }

  async get(accountId: string, deviceId: string): Promise<Device | undefined> {
    return deviceOf(await read(this.#client, this.#table, { accountId, deviceId }));
  }

  /** Devices that still sign in, the youngest first. */
  async list({ accountId, epoch }: Owner, now: number): Promise<Device[]> {
    const all = await this.#all(accountId);
    return all
      .filter((device) => device.epoch === epoch && device.expiresAt > now)
      .sort((a, b) => b.createdAt - a.createdAt);
  }

  /** The writes for what an answer asks: to remember this browser from `factorAt` on, or to forget a device. */
  async wishes(
    { accountId, epoch }: Owner,
    { rememberDevice, forgetDevice }: DeviceWishes,
    loginMethod: LoginMethod,
    factorAt: number,
    now: number,
  ): Promise<{ writes: Write[]; events: AuditEventName[] }> {
    const writes: Write[] = [];
    const events: AuditEventName[] = [];
    const key = rememberDevice?.publicKey;
    const remembered = key === undefined || this.#rememberHours === 0 ? undefined : thumbprint(key);
    if (key !== undefined && remembered !== undefined) {
      const expiresAt = factorAt + this.#rememberHours * HOUR_MS;
      const { x, y } = key;
      writes.push(...(await this.#makeRoom(accountId, remembered)));
      writes.push(
        put(this.#table, {
          accountId,
          deviceId: remembered,
          publicKey: { x, y },
          loginMethod,
          epoch,
          createdAt: now,
          expiresAt,
          ttl: Math.ceil(expiresAt / 1000),
        }),
      );
      events.push('DEVICE_REMEMBERED');
    }
    if (forgetDevice !== undefined && forgetDevice !== remembered) {
      writes.push(this.forget(accountId, forgetDevice));
      events.push('DEVICE_FORGOTTEN');
    }
    return { writes, events };
  }

  forget(accountId: string, deviceId: string): Write {
    return erase(this.#table, { accountId, deviceId });
  }

  /** Marks the use; it prolongs nothing. Fails if the device was forgotten or replaced meanwhile. */
  use({ accountId, deviceId, expiresAt, epoch }: Device, now: number): Write {
    return change(
      this.#table,
      { accountId, deviceId },
      { set: { lastUsedAt: now } },
      is('expiresAt', expiresAt),
      is('epoch', epoch),
    );
  }

  async #makeRoom(accountId: string, keep: string): Promise<Write[]> {
    const others = (await this.#all(accountId))
      .filter(({ deviceId }) => deviceId !== keep)
      .sort((a, b) => b.expiresAt - a.expiresAt);
    return others.slice(MAX_DEVICES - 1).map(({ deviceId }) => this.forget(accountId, deviceId));
  }

  async #all(accountId: string): Promise<Device[]> {
    const { items } = await query(this.#client, {
      TableName: this.#table,
      KeyConditionExpression: 'accountId = :accountId',
      ExpressionAttributeValues: { ':accountId': accountId },
      ConsistentRead: true,
    });
    return items.map((item) => deviceOf(item) as Device);
  }
}

function deviceOf(item: Item | undefined): Device | undefined {
  if (item === undefined) return undefined;
  const { ttl: _ttl, ...device } = item;
  return device as unknown as Device;
}
