/** The remembered device: a key that the browser keeps and never reveals, and whom it signs in. */
import { type DevicePublicKey, deviceSignatureText, type LoginMethod } from './wire.ts';

export interface RememberedDeviceRecord {
  deviceId: string;
  email: string;
  loginMethod: LoginMethod;
  /** Non-extractable. */
  key: CryptoKey;
  /** In milliseconds; absent in records of older releases. */
  rememberedAt?: number;
}

/** A device that the next passed factor may cause to be remembered. */
export interface NewDevice {
  deviceId: string;
  publicKey: DevicePublicKey;
  key: CryptoKey;
}

const DATABASE = 'portal-auth';
const STORE = 'remembered-device';
const KEY = 'this-device';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;

export async function makeDevice(): Promise<NewDevice> {
  const { privateKey: key, publicKey } = await crypto.subtle.generateKey(ALGORITHM, false, [
    'sign',
    'verify',
  ]);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey);
  return { deviceId: await thumbprint(x, y), publicKey: { kty: 'EC', crv: 'P-256', x, y }, key };
}

/** The answer to PROVE_DEVICE. */
export async function proveDevice(
  { deviceId, loginMethod, key }: RememberedDeviceRecord,
  clientId: string,
  nonce: string,
): Promise<object> {
  const text = new TextEncoder().encode(
    deviceSignatureText(clientId, deviceId, loginMethod, nonce),
  );
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, text);
  return { deviceId, loginMethod, signature: base64url(signature) };
}

/**
 * A browser without storage (a private window, a full disk) remembers no device, without an error.
 */
export async function readDevice(): Promise<RememberedDeviceRecord | undefined> {
  return await inStore(
    'readonly',
    (store) => store.get(KEY) as IDBRequest<RememberedDeviceRecord | undefined>,
  ).catch(() => undefined);
}

export async function keepDevice(record: RememberedDeviceRecord): Promise<void> {
  await inStore('readwrite', (store) => store.put(record, KEY)).catch(() => undefined);
}

export async function dropDevice(): Promise<void> {
  await inStore('readwrite', (store) => store.delete(KEY)).catch(() => undefined);
}

/** RFC 7638: the hash of the required members in lexicographic order. */
async function thumbprint(x: string, y: string): Promise<string> {
  return base64url(
    await crypto.subtle.digest(
      'SHA-256',
      new TextEncoder().encode(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y })),
    ),
  );
}

function base64url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function openDatabase(): Promise<IDBDatabase> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  return settled(opening);
}

async function inStore<T>(
  mode: IDBTransactionMode,
  run: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await openDatabase();
  try {
    return await settled(run(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () =>
      reject(request.error ?? new Error('IndexedDB refused without a reason.'));
  });
}
