/**
 * Password hashes by how they are verified, and what each may cost. A reader of a format returns
 * one of them, or why there is none.
 */
type Digest = 'sha1' | 'sha256' | 'sha512';

export type ImportedHash =
  | { scheme: 'PBKDF2'; digest: Digest; iterations: number; salt: Buffer; hash: Buffer }
  | {
      scheme: 'SCRYPT';
      cost: number;
      blockSize: number;
      parallelization: number;
      salt: Buffer;
      hash: Buffer;
      /** Firebase's: the derived key encrypts it, and the result is the hash. */
      signerKey?: Buffer;
    }
  | {
      scheme: 'BCRYPT';
      encoded: string;
      /** What becomes of the password before bcrypt. */
      before?: 'WORDPRESS';
    }
  | { scheme: 'ARGON2'; encoded: string }
  /** Portable PHP hashes: `rounds` digests, each over the last one and the password. */
  | { scheme: 'PHPASS'; digest: 'md5' | 'sha512'; rounds: number; salt: string; hash: string }
  /** Drepper's crypt with SHA-2. */
  | { scheme: 'SHA_CRYPT'; digest: 'sha256' | 'sha512'; rounds: number; salt: string; hash: string }
  /** One digest over the password and the salt. */
  | { scheme: 'SALTED'; digest: Digest; salt: Buffer; hash: Buffer };

export type HashFault = 'UNKNOWN' | 'MALFORMED' | 'COSTLY';

export type ReadHash = { hash: ImportedHash } | { fault: HashFault; reason: string };

/**
 * More work than this per password check is refused at the import: the check has to fit into the
 * floor at which the portal login answers, or its time would show which usernames exist. Measured
 * on a core of 2026, each takes half a second at most (`bench/imported-hashes.ts`).
 */
export const WORK_LIMITS = {
  /** Iterations × blocks of output. */
  pbkdf2: {
    sha1: 1_400_000,
    sha256: 1_000_000,
    sha512: 400_000,
  },
  /** N × r × p. */
  scrypt: 2 ** 20,
  bcryptCost: 12,
  /** Memory in KiB × passes. */
  argon2: 3 * 64 * 1024,
  argon2MemoryKib: 64 * 1024,
  argon2Lanes: 4,
  /** Digests in a row. */
  phpass: { md5: 2 ** 17, sha512: 2 ** 17 },
  shaCrypt: 100_000,
} as const;

/** Bytes; a shorter salt or hash is not one. */
const LEAST = { salt: 4, hash: 16 } as const;

const DIGEST_BYTES: Record<Digest, number> = {
  sha1: 20,
  sha256: 32,
  sha512: 64,
};

export const MALFORMED = {
  fault: 'MALFORMED',
  reason: 'it begins like a known format and goes on differently',
} as const;

export function costly(most: string): ReadHash {
  return { fault: 'COSTLY', reason: `at most ${most}` };
}

function tooShort(salt: Buffer, hash: Buffer): ReadHash | undefined {
  if (salt.length >= LEAST.salt && hash.length >= LEAST.hash) return undefined;
  return {
    fault: 'MALFORMED',
    reason: 'its salt or its hash is too short',
  };
}

export function bcrypt(encoded: string): ReadHash {
  const cost = /^\$2[aby]\$(\d{2})\$[./A-Za-z0-9]{53}$/.exec(encoded)?.[1];
  if (cost === undefined || Number(cost) < 4) return MALFORMED;
  if (Number(cost) > WORK_LIMITS.bcryptCost) return costly(`cost ${WORK_LIMITS.bcryptCost}`);
  return { hash: { scheme: 'BCRYPT', encoded } };
}

const ARGON2 =
  /^\$argon2(?:id|i|d)\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

export function argon2(encoded: string): ReadHash {
  const [, memory, passes, lanes, salt, hash] = ARGON2.exec(encoded) ?? [];
  if (salt === undefined || hash === undefined) return MALFORMED;
  const short = tooShort(Buffer.from(salt, 'base64'), Buffer.from(hash, 'base64'));
  if (short !== undefined) return short;
  const isAffordable =
    Number(memory) <= WORK_LIMITS.argon2MemoryKib &&
    Number(memory) * Number(passes) <= WORK_LIMITS.argon2 &&
    Number(lanes) <= WORK_LIMITS.argon2Lanes;
  if (!isAffordable) return costly('64 MiB, three passes and four lanes');
  if (Number(memory) < 8 * Number(lanes) || Number(passes) < 1) return MALFORMED;
  return { hash: { scheme: 'ARGON2', encoded } };
}

export function pbkdf2(digest: string, iterations: number, salt: Buffer, hash: Buffer): ReadHash {
  const known = digest as Digest;
  const blocks = Math.ceil(hash.length / DIGEST_BYTES[known]);
  const short = tooShort(salt, hash);
  if (short !== undefined) return short;
  if (!(iterations >= 1)) return MALFORMED;
  const most = WORK_LIMITS.pbkdf2[known];
  if (iterations * blocks > most) return costly(`${most} iterations with ${digest}`);
  return {
    hash: {
      scheme: 'PBKDF2',
      digest: known,
      iterations,
      salt,
      hash,
    },
  };
}

export function scrypt(
  [cost, blockSize, parallelization]: [n: number, r: number, p: number],
  salt: Buffer,
  hash: Buffer,
): ReadHash {
  const work = cost * blockSize * parallelization;
  if (work > WORK_LIMITS.scrypt) return costly(`N × r × p of ${WORK_LIMITS.scrypt}`);
  const isPower = cost >= 2 && Number.isInteger(Math.log2(cost));
  if (!isPower || blockSize < 1 || parallelization < 1) return MALFORMED;
  return (
    tooShort(salt, hash) ?? {
      hash: {
        scheme: 'SCRYPT',
        cost,
        blockSize,
        parallelization,
        salt,
        hash,
      },
    }
  );
}

/** `bytes` are a digest and the salt behind it. */
export function salted(digest: string, bytes: Buffer): ReadHash {
  const known = digest as Digest;
  const length = DIGEST_BYTES[known];
  const [hash, salt] = [bytes.subarray(0, length), bytes.subarray(length)];
  return (
    tooShort(salt, hash) ?? {
      hash: {
        scheme: 'SALTED',
        digest: known,
        salt,
        hash,
      },
    }
  );
}
