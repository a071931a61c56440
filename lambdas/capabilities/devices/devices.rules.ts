/** Remembered devices: a P-256 key pair in the browser, of which we store the public half. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { LoginMethod } from '../../../contract/accounts.ts';
import type { DevicePublicKey } from '../../../contract/challenges.ts';
import { sha256 } from '../../ground/platform/secrets.rules.ts';

/** The most devices that an account may have; the one that ends first makes room. */
export const MAX_DEVICES = 10;

export interface Device {
  accountId: string;
  /** RFC 7638 thumbprint of the public key. */
  deviceId: string;
  publicKey: { x: string; y: string };
  /** What the browser called itself; nothing is decided by it. */
  browser?: string;
  loginMethod: LoginMethod;
  epoch: number;
  createdAt: number;
  /** Absolute: nothing prolongs it. */
  expiresAt: number;
  lastUsedAt?: number;
}

/** RFC 7638: SHA-256 over the required members in lexicographic order, base64url. */
export function thumbprint({ x, y }: Pick<DevicePublicKey, 'x' | 'y'>): string {
  return sha256(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y }));
}

/** The key, or undefined if the coordinates are not on the curve. */
export function importKey({ x, y }: Pick<DevicePublicKey, 'x' | 'y'>): KeyObject | undefined {
  try {
    return createPublicKey({
      key: { kty: 'EC', crv: 'P-256', x, y },
      format: 'jwk',
    });
  } catch {
    return undefined;
  }
}

/**
 * A key of nobody: an unknown device costs the same verification as a known one. (The generator of
 * P-256, SEC 2.)
 */
const NOBODYS_KEY = {
  x: 'axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY',
  y: 'T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU',
};

export function isSignedBy(
  device: Pick<Device, 'publicKey'> | undefined,
  text: string,
  signature: string,
): boolean {
  const key = importKey(device?.publicKey ?? NOBODYS_KEY);
  if (key === undefined) return false;
  const signed = verify(
    'sha256',
    Buffer.from(text, 'utf8'),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  return signed && device !== undefined;
}

/** Whether the device is of this login method and epoch, and has not ended. */
export function mayProve(
  device: Device,
  at: { epoch: number; loginMethod: LoginMethod; now: number },
): boolean {
  return (
    device.epoch === at.epoch && device.loginMethod === at.loginMethod && device.expiresAt > at.now
  );
}
