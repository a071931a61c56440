import { describe, expect, test } from '@jest/globals';
import type { Device } from '../../../lambdas/capabilities/devices/devices.rules.ts';
import { DevicesStore } from '../../../lambdas/capabilities/devices/devices.store.ts';
import { put } from '../../../lambdas/ground/platform/database.ts';
import { randomId } from '../../../lambdas/ground/platform/random.ts';
import { aDevice, HOUR, type Some } from '../../fakes/builders.ts';
import { type Contract, write } from '../contract.ts';

const KEY = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) } as const;

export const devicesContract: Contract = (stage) => {
  const devices = (hours = 4) => new DevicesStore(stage(), 'rememberedDevices', hours);
  const kept = async (accountId: string, more: Some<Device> = {}) => {
    const device = aDevice({ accountId, deviceId: randomId(), ...more });
    await write(stage(), put('rememberedDevices', { ...device, ttl: 1 }));
    return device;
  };
  const wish = (accountId: string, wishes: object, hours = 4) =>
    devices(hours).wishes({
      owner: { accountId, epoch: 1 },
      wishes,
      loginMethod: 'PHONE',
      factorAt: 0,
      now: 10,
    });

  describe('remembered devices', () => {
    test('are kept on request, until the given hours after the factor', async () => {
      const accountId = randomId();
      const { writes, events } = await wish(accountId, { rememberDevice: { publicKey: KEY } });
      await write(stage(), ...writes);
      expect(events).toEqual(['DEVICE_REMEMBERED']);
      const [device] = await devices().list({ accountId, epoch: 1 }, 1);
      expect(device).toMatchObject({ createdAt: 10, expiresAt: 4 * HOUR, loginMethod: 'PHONE' });
      expect(await devices().get(accountId, device?.deviceId ?? '')).toEqual(device);
    });

    test('are not kept where the stage has turned them off, and no event says so', async () => {
      const wished = await wish(randomId(), { rememberDevice: { publicKey: KEY } }, 0);
      expect(wished).toEqual({ writes: [], events: [] });
    });

    test('are at most ten: those that end first make room', async () => {
      const accountId = randomId();
      for (let hours = 1; hours <= 12; hours += 1)
        await kept(accountId, { deviceId: `device-${hours}`, expiresAt: hours * HOUR });
      const { writes } = await wish(accountId, { rememberDevice: { publicKey: KEY } });
      await write(stage(), ...writes);
      const ids = (await devices().list({ accountId, epoch: 1 }, 0)).map(
        ({ deviceId }) => deviceId,
      );
      expect(ids).toHaveLength(10);
      expect(ids).not.toContain('device-3');
      expect(ids).toContain('device-4');
    });

    test('are listed while they sign in, the youngest first', async () => {
      const accountId = randomId();
      await kept(accountId, { deviceId: 'old', createdAt: 1 });
      await kept(accountId, { deviceId: 'young', createdAt: 2 });
      await kept(accountId, { deviceId: 'ended', expiresAt: 50 });
      await kept(accountId, { deviceId: 'of another epoch', epoch: 0 });
      const listed = await devices().list({ accountId, epoch: 1 }, 50);
      expect(listed.map(({ deviceId }) => deviceId)).toEqual(['young', 'old']);
    });

    test('are forgotten by wish, and a repeat forgets nothing', async () => {
      const accountId = randomId();
      const { deviceId } = await kept(accountId);
      const { writes, events } = await wish(accountId, { forgetDevice: deviceId });
      await write(stage(), ...writes);
      await write(stage(), ...writes);
      expect(events).toEqual(['DEVICE_FORGOTTEN']);
      expect(await devices().get(accountId, deviceId)).toBeUndefined();
    });

    test('are marked as used only while they are the ones that were checked', async () => {
      const device = await kept(randomId());
      const use = async (one: Device) => (await stage().commit([devices().use(one, 77)])).done;
      expect(await use({ ...device, expiresAt: 1 })).toBe(false);
      expect(await use({ ...device, epoch: 2 })).toBe(false);
      expect(await use(device)).toBe(true);
      expect(await devices().get(device.accountId, device.deviceId)).toEqual({
        ...device,
        lastUsedAt: 77,
      });
      await write(stage(), devices().forget(device.accountId, device.deviceId));
      expect(await use(device)).toBe(false);
    });
  });
};
