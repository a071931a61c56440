/** Verifies the passwords of current portal users against the hashes that they came with. */
import {
  createCipheriv,
  createHmac,
  hash as digestOf,
  pbkdf2,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { promisify } from 'node:util';
import { argon2Verify, bcryptVerify } from 'hash-wasm';
import { errorFields, type Log } from '../../ground/platform/log.ts';
import { phpass, shaCrypt } from './crypt-hashes.ts';
import type { ImportedHash } from './imported-hash.rules.ts';
import { parseImportedHash, spellingsOf } from './imported-password.rules.ts';

/** bcrypt reads no more of a password. */
const BCRYPT_BYTES = 72;

/** True if `password` is the one behind `stored`; false also for a format that is not known. */
export async function isImportedPassword(password: string, stored: string): Promise<boolean> {
  const parsed = parseImportedHash(stored);
  if (parsed === undefined || password === '') return false;
  let isRight = false;
  // Each spelling is checked, whichever is right: the time shows the typed password's form only.
  for (const spelling of spellingsOf(password))
    isRight = (await matches(spelling, parsed)) || isRight;
  return isRight;
}

/**
 * A hash that no password has, at the cost of ASP.NET Identity v3's default: it is verified for
 * unknown usernames.
 */
const NO_PASSWORD =
  '$pbkdf2-sha512$i=100000$bm9ib2R5cy1zYWx0LTAwMQ$dqxB2dA1J2Jk1Z0m0m1p2m3m4m5m6m7m8m9n0n1n2n3';

/**
 * True if `password` is the one behind `stored`; the same work without a hash. A verifier that
 * fails is a wrong password.
 */
export async function checkImportedPassword(
  password: string,
  stored: string | undefined,
  log: Log,
): Promise<boolean> {
  try {
    return (await isImportedPassword(password, stored ?? NO_PASSWORD)) && stored !== undefined;
  } catch (error) {
    log('ERROR', 'IMPORTED_PASSWORD_NOT_CHECKED', errorFields(error));
    return false;
  }
}

async function matches(password: string, hash: ImportedHash): Promise<boolean> {
  switch (hash.scheme) {
    case 'BCRYPT':
      return bcryptVerify({
        password: forBcrypt(password, hash),
        hash: hash.encoded,
      });
    case 'ARGON2':
      return argon2Verify({ password, hash: hash.encoded });
    case 'PBKDF2': {
      const { salt, iterations, digest } = hash;
      const key = await promisify(pbkdf2)(password, salt, iterations, hash.hash.length, digest);
      return timingSafeEqual(key, hash.hash);
    }
    case 'SCRYPT':
      return timingSafeEqual(await deriveByScrypt(password, hash), hash.hash);
    case 'PHPASS':
      return equal(phpass(password, hash), hash.hash);
    case 'SHA_CRYPT':
      return equal(shaCrypt(password, hash), hash.hash);
    case 'SALTED': {
      const both = Buffer.concat([Buffer.from(password, 'utf8'), hash.salt]);
      return timingSafeEqual(digestOf(hash.digest, both, 'buffer'), hash.hash);
    }
  }
}

/** WordPress trims a password and hashes it first, so that bcrypt reads all of it. */
function forBcrypt(
  password: string,
  { before }: Extract<ImportedHash, { scheme: 'BCRYPT' }>,
): Buffer {
  const read =
    before === 'WORDPRESS'
      ? createHmac('sha384', 'wp-sha384').update(password.trim()).digest('base64')
      : password;
  return Buffer.from(read, 'utf8').subarray(0, BCRYPT_BYTES);
}

function equal(computed: string, stored: string): boolean {
  const [a, b] = [Buffer.from(computed), Buffer.from(stored)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Firebase's derived key has 32 bytes; what it encrypts is as long as its signer key. */
const FIREBASE_KEY_BYTES = 32;

async function deriveByScrypt(
  password: string,
  {
    cost,
    blockSize,
    parallelization,
    salt,
    hash,
    signerKey,
  }: Extract<ImportedHash, { scheme: 'SCRYPT' }>,
): Promise<Buffer> {
  const options = {
    cost,
    blockSize,
    parallelization,
    maxmem: 256 * cost * blockSize,
  };
  const length = signerKey === undefined ? hash.length : FIREBASE_KEY_BYTES;
  const key = await new Promise<Buffer>((resolve, reject) => {
    scrypt(password, salt, length, options, (error, derived) =>
      error === null ? resolve(derived) : reject(error),
    );
  });
  if (signerKey === undefined) return key;
  const encrypted = createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(signerKey);
  return Buffer.concat([encrypted, Buffer.alloc(hash.length)]).subarray(0, hash.length);
}
