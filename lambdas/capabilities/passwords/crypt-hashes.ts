/**
 * Portable PHP hashes and crypt(3) with SHA-2. Node's crypto has their digests, but neither their
 * loops nor their base 64.
 */
import { hash as digestOf } from 'node:crypto';
import { CRYPT_ALPHABET } from './imported-crypt.rules.ts';
import type { ImportedHash } from './imported-hash.rules.ts';

type Of<S extends ImportedHash['scheme']> = Extract<ImportedHash, { scheme: S }>;

const digest = (algorithm: string, ...parts: (string | Buffer)[]) =>
  digestOf(
    algorithm,
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))),
    'buffer',
  );

/** The hash part of `$P$`, `$H$` and `$S$` (openwall.com/phpass). */
export function phpass(
  password: string,
  { digest: algorithm, rounds, salt, hash }: Of<'PHPASS'>,
): string {
  let last = digest(algorithm, salt, password);
  for (let round = 0; round < rounds; round += 1) last = digest(algorithm, last, password);
  return encode(last, [...last.keys()]).slice(0, hash.length);
}

/** The hash part of `$5$` and `$6$` (Drepper, Unix crypt using SHA-256 and SHA-512). */
export function shaCrypt(
  password: string,
  { digest: algorithm, rounds, salt }: Of<'SHA_CRYPT'>,
): string {
  const of = (...parts: (string | Buffer)[]) => digest(algorithm, ...parts);
  const key = Buffer.from(password, 'utf8');
  const alternate = of(key, salt, key);
  let last = of(key, salt, stretch(alternate, key.length), ...byBits(key, alternate));
  const p = stretch(of(Buffer.alloc(key.length * key.length, key)), key.length);
  const saltBytes = Buffer.from(salt, 'utf8');
  const repeats = 16 + (last[0] ?? 0);
  const s = stretch(of(Buffer.alloc(saltBytes.length * repeats, saltBytes)), saltBytes.length);
  for (let round = 0; round < rounds; round += 1) {
    const parts = [
      round % 2 === 1 ? p : last,
      ...(round % 3 === 0 ? [] : [s]),
      ...(round % 7 === 0 ? [] : [p]),
      round % 2 === 1 ? last : p,
    ];
    last = of(...parts);
  }
  return encode(last, algorithm === 'sha256' ? ORDER_256 : ORDER_512);
}

/** For each bit of the key's length, from the lowest: the alternate digest, or the key. */
function byBits(key: Buffer, alternate: Buffer): Buffer[] {
  const bits: Buffer[] = [];
  for (let rest = key.length; rest > 0; rest >>= 1) bits.push(rest % 2 === 1 ? alternate : key);
  return bits;
}

function stretch(bytes: Buffer, length: number): Buffer {
  return Buffer.alloc(length, bytes);
}

/** Three bytes at a time, in the order of the format; -1 is a byte that is not there. */
const ORDER_256 = groups(10, 30, 10).concat([-1, 31, 30]).flatMap(reversedTriples);
const ORDER_512 = groups(21, 63, 21).concat([-1, -1, 63]).flatMap(reversedTriples);

/** Indexes of the triples: each begins one further on, and rotates. */
function groups(step: number, end: number, count: number): number[] {
  const order: number[] = [];
  let [a, b, c] = [0, step, 2 * step];
  for (let triple = 0; triple < count; triple += 1) {
    order.push(a, b, c);
    [a, b, c] = step === 10 ? [c + 1, a + 1, b + 1] : [b + 1, c + 1, a + 1];
  }
  return order.filter((index) => index < end);
}

/** The formats write the highest byte first; the encoder takes the lowest first. */
function reversedTriples(_index: number, position: number, all: number[]): number[] {
  if (position % 3 !== 0) return [];
  return [all[position + 2] ?? -1, all[position + 1] ?? -1, all[position] ?? -1];
}

/** Base 64 of crypt(3): 24 bits at a time, the lowest six first. */
function encode(bytes: Buffer, order: readonly number[]): string {
  let text = '';
  for (let at = 0; at < order.length; at += 3) {
    const triple = order.slice(at, at + 3).filter((index) => index >= 0);
    let word = triple.reduce((sum, index, place) => sum + (bytes[index] ?? 0) * 256 ** place, 0);
    for (let letters = triple.length + 1; letters > 0; letters -= 1) {
      text += CRYPT_ALPHABET[word % 64];
      word = Math.floor(word / 64);
    }
  }
  return text;
}
