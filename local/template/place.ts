import { createHash } from 'node:crypto';

/** The values of the pseudo parameters, and the addresses of the services on this machine. */
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

/** An id that is the same at every start: characters of `alphabet`, chosen by a hash of `seed`. */
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
  const part = (from: number, to: number): string => hex.slice(from, to);
  return [part(0, 8), part(8, 12), `4${part(13, 16)}`, `a${part(17, 20)}`, part(20, 32)].join('-');
}

/** `arn:aws:<service>:<region>:<account>:<rest>` of this place. */
export function arnOf(place: Place, service: string, rest: string): string {
  return `arn:${place.partition}:${service}:${place.region}:${place.account}:${rest}`;
}

/** The stack's own ARN, which is its ID. */
export function stackIdOf(place: Place): string {
  return arnOf(place, 'cloudformation', `stack/${place.stackName}/${stableUuid(place.stackName)}`);
}
