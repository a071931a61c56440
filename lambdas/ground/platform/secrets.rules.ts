/** Hashes and comparisons that rules and stores share. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * SHA-256, base64url. For secrets of 256 random bits, which need no key or salt, and for opaque
 * keys of records.
 */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url');
}

/** HMAC-SHA-256 of `text` under `key`, base64url. */
export function hmac(key: string, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('base64url');
}

/** How a bearer secret is stored and looked up. */
export function hashSecret(secret: string): string {
  return sha256(secret);
}

/** Compares two strings in time that depends on their length only. */
export function equalInConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a, 'utf8');
  const right = Buffer.from(b, 'utf8');
  return left.length === right.length && timingSafeEqual(left, right);
}
