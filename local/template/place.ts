import { createHash } from 'node:crypto';

/** Where the stack "is": what the pseudo parameters resolve to, and the address that its services have on this machine. */
export interface Place {
  region: string;
  account: string;
  partition: string;
  stackName: string;
  /** `http://127.0.0.1:<port>`: what Lambdas call. */
  endpoint: string;
  /** `http://localhost:<port>`: what people and browsers call. */
  publicEndpoint: string;
}

/** An id that is the same at every start: `length` characters of `alphabet`, drawn from a hash of `seed`. */
export function stableId(
  seed: string,
  length: number,
  alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789',
): string {
  const bytes = createHash('sha512').update(seed).digest();
  return Array.from(
    { length },
    (_, index) => alphabet[(bytes[index % bytes.length] ?? 0) % alphabet.length],
  ).join('');
}

/** A UUID (version 4 in shape) that is the same at every start. */
export function stableUuid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** `arn:aws:<service>:<region>:<account>:<rest>` of this place. */
export function arnOf(place: Place, service: string, rest: string): string {
  return `arn:${place.partition}:${service}:${place.region}:${place.account}:${rest}`;
}
