import { createHash, webcrypto } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DeviceId, DevicePublicKey, deviceSignatureText } from '../../contract/challenges.ts';
import {
  dropDevice,
  keepDevice,
  makeDevice,
  proveDevice,
  readDevice,
  type RememberedDeviceRecord,
} from '../../packages/auth-client/src/remembered-device.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };

async function record(): Promise<{
  kept: RememberedDeviceRecord;
  publicKey: DevicePublicKey;
}> {
  const { deviceId, publicKey, key } = await makeDevice();
  return {
    kept: { deviceId, key, email: 'pat@cedargrove.example', loginMethod: 'PHONE' },
    publicKey,
  };
}

async function verifies(
  { kty, crv, x, y }: DevicePublicKey,
  signature: string,
  text: string,
): Promise<boolean> {
  const key = await webcrypto.subtle.importKey('jwk', { kty, crv, x, y }, ALGORITHM, false, [
    'verify',
  ]);
  return await webcrypto.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' },
    key,
    Buffer.from(signature, 'base64url'),
    Buffer.from(text, 'utf8'),
  );
}

describe('a new device', () => {
  test('has a public key and an ID in the form of the contract', async () => {
    const { deviceId, publicKey } = await makeDevice();
    expect(DevicePublicKey.parse(publicKey)).toEqual(publicKey);
    expect(DeviceId.parse(deviceId)).toBe(deviceId);
  });

  test('has the RFC 7638 thumbprint of its public key as its ID', async () => {
    const { deviceId, publicKey } = await makeDevice();
    const { crv, kty, x, y } = publicKey;
    const members = `{"crv":"${crv}","kty":"${kty}","x":"${x}","y":"${y}"}`;
    expect(deviceId).toBe(createHash('sha256').update(members).digest('base64url'));
  });

  test('has a private key that cannot be exported', async () => {
    const { key } = await makeDevice();
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('jwk', key)).rejects.toThrow();
    await expect(crypto.subtle.exportKey('pkcs8', key)).rejects.toThrow();
  });

  test('differs from every other', async () => {
    const ids = await Promise.all(
      Array.from({ length: 20 }, async () => (await makeDevice()).deviceId),
    );
    expect(new Set(ids).size).toBe(20);
  });
});

describe('the proof of a device', () => {
  test('is the answer to PROVE_DEVICE, with a signature that verifies', async () => {
    const { kept, publicKey } = await record();
    const proof = (await proveDevice(kept, 'client', 'nonce')) as Record<string, string>;
    expect(Object.keys(proof).sort()).toEqual(['deviceId', 'loginMethod', 'signature']);
    expect(proof.signature).toMatch(/^[A-Za-z0-9_-]{86}$/);
    const text = deviceSignatureText('client', kept.deviceId, 'PHONE', 'nonce');
    expect(await verifies(publicKey, proof.signature ?? '', text)).toBe(true);
  });

  test.each([
    ['another client', 'other', 'PHONE', 'nonce'],
    ['another login method', 'client', 'EMAIL', 'nonce'],
    ['another nonce', 'client', 'PHONE', 'other'],
  ] as const)('does not verify for %s', async (_what, client, method, nonce) => {
    const { kept, publicKey } = await record();
    const { signature } = (await proveDevice(kept, 'client', 'nonce')) as { signature: string };
    const text = deviceSignatureText(client, kept.deviceId, method, nonce);
    expect(await verifies(publicKey, signature, text)).toBe(false);
  });

  test('does not verify with the key of another device', async () => {
    const [{ kept }, other] = [await record(), await record()];
    const { signature } = (await proveDevice(kept, 'client', 'nonce')) as { signature: string };
    const text = deviceSignatureText('client', kept.deviceId, 'PHONE', 'nonce');
    expect(await verifies(other.publicKey, signature, text)).toBe(false);
  });
});

/** The part of IndexedDB that the client uses: one store in one database. */
function fakeIndexedDb(): { open: number; closed: number; stores: string[] } {
  const items = new Map<unknown, unknown>();
  const seen = { open: 0, closed: 0, stores: [] as string[] };
  const request = <T>(result: () => T) => {
    const pending = {} as { result?: T; onsuccess?: () => void; onupgradeneeded?: () => void };
    queueMicrotask(() => {
      pending.result = result();
      pending.onupgradeneeded?.();
      pending.onsuccess?.();
    });
    return pending;
  };
  const database = {
    createObjectStore: (name: string) => void seen.stores.push(name),
    transaction: () => ({
      objectStore: () => ({
        get: (key: unknown) => request(() => items.get(key)),
        put: (value: unknown, key: unknown) => request(() => void items.set(key, value)),
        delete: (key: unknown) => request(() => void items.delete(key)),
      }),
    }),
    close: () => void (seen.closed += 1),
  };
  globalThis.indexedDB = {
    open: () => {
      seen.open += 1;
      return request(() => database);
    },
  } as unknown as IDBFactory;
  return seen;
}

describe('the device that a browser keeps', () => {
  let database: ReturnType<typeof fakeIndexedDb>;
  beforeEach(() => {
    database = fakeIndexedDb();
  });
  afterEach(() => {
    delete (globalThis as { indexedDB?: unknown }).indexedDB;
  });

  test('is absent at first', async () => {
    expect(await readDevice()).toBeUndefined();
    expect(database.stores).toEqual(['remembered-device']);
  });

  test('is the last one that was kept', async () => {
    const [first, second] = [await record(), await record()];
    await keepDevice(first.kept);
    await keepDevice(second.kept);
    expect(await readDevice()).toBe(second.kept);
  });

  test('is absent after it was dropped', async () => {
    await keepDevice((await record()).kept);
    await dropDevice();
    expect(await readDevice()).toBeUndefined();
  });

  test('is kept without leaving the database open', async () => {
    await keepDevice((await record()).kept);
    await readDevice();
    await dropDevice();
    expect([database.open, database.closed]).toEqual([3, 3]);
  });

  test.each([
    ['has no database', undefined],
    [
      'refuses the database',
      {
        open: () => {
          throw new Error('SecurityError');
        },
      },
    ],
    [
      'fails to open the database',
      {
        open: () => {
          const pending = { error: null } as { error: null; onerror?: () => void };
          queueMicrotask(() => pending.onerror?.());
          return pending;
        },
      },
    ],
  ])('is absent, without an error, if the browser %s', async (_how, factory) => {
    globalThis.indexedDB = factory as unknown as IDBFactory;
    await keepDevice((await record()).kept);
    expect(await readDevice()).toBeUndefined();
    await dropDevice();
  });
});
