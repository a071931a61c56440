/** Everything random, from the CSPRNG of node:crypto. */
import { randomBytes, randomInt } from 'node:crypto';

/**
 * A one-time code: six digits, each value as likely as any other (randomInt rejects, it does not
 * fold).
 */
export function randomCode(): string {
  return randomInt(0, 1_000_000).toString().padStart(6, '0');
}

/** Two digits that a page shows and a callee types: 10 to 89, because 9 alone denies the call. */
export function randomDigitPair(): string {
  return String(randomInt(10, 90));
}

/** 128 random bits, base64url: ids that must not be guessed. */
export function randomId(): string {
  return randomBytes(16).toString('base64url');
}

/** 256 random bits, base64url: bearer secrets. They are stored by `hashSecret` only. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}
