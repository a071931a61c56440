/** Verifies the passwords of current portal users against the hashes that they came with. */
import { pbkdf2, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { argon2Verify, bcryptVerify } from 'hash-wasm';
import { errorFields, type Log } from '../../ground/platform/log.ts';
import { type ImportedHash, parseImportedHash } from './imported-password.rules.ts';

/** bcrypt reads no more of a password. */
const BCRYPT_BYTES = 72;

/** True if `password` is the one behind `stored`; false also for a format that is not known. */
export async function isImportedPassword(password: string, stored: string): Promise<boolean> {
  const parsed = parseImportedHash(stored);
  return parsed === undefined || password === '' ? false : matches(password, parsed);
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
        password: Buffer.from(password, 'utf8').subarray(0, BCRYPT_BYTES),
        hash: hash.encoded,
      });
    case 'ARGON2ID':
      return argon2Verify({ password, hash: hash.encoded });
    case 'PBKDF2':
      return timingSafeEqual(
        await promisify(pbkdf2)(
          password,
          hash.salt,
          hash.iterations,
          hash.hash.length,
          hash.digest,
        ),
        hash.hash,
      );
    case 'SCRYPT':
      return timingSafeEqual(await deriveByScrypt(password, hash), hash.hash);
  }
}

function deriveByScrypt(
  password: string,
  { cost, blockSize, parallelization, salt, hash }: Extract<ImportedHash, { scheme: 'SCRYPT' }>,
): Promise<Buffer> {
  const options = { cost, blockSize, parallelization, maxmem: 256 * cost * blockSize };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, hash.length, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
