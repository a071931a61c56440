/**
 * Formats of password hashes that portals keep, told apart by their look. Parsing only;
 * `imported-passwords.ts` computes.
 */
export type ImportedHash =
  | {
      scheme: 'PBKDF2';
      digest: Digest;
      iterations: number;
      salt: Buffer;
      hash: Buffer;
    }
  | {
      scheme: 'SCRYPT';
      cost: number;
      blockSize: number;
      parallelization: number;
      salt: Buffer;
      hash: Buffer;
    }
  | { scheme: 'BCRYPT'; encoded: string }
  | { scheme: 'ARGON2ID'; encoded: string };

type Digest = 'sha1' | 'sha256' | 'sha512';

/**
 * More work than this per password check is refused at the import: the check has to fit into the
 * floor at which the portal login answers, or its time would show which usernames exist. Measured
 * on a core of 2026, each takes half a second at most (`bench/imported-hashes.ts`).
 */
export const WORK_LIMITS = {
  /** Iterations × blocks of output. */
  pbkdf2: { sha1: 1_400_000, sha256: 1_000_000, sha512: 400_000 },
  /** N × r × p. */
  scrypt: 2 ** 20,
  bcryptCost: 12,
  /** Memory in KiB × passes. */
  argon2: 3 * 64 * 1024,
  argon2MemoryKib: 64 * 1024,
  argon2Lanes: 4,
} as const;

/** Bytes; a shorter salt or hash is not one. */
const LEAST = { salt: 8, hash: 16 } as const;

const DIGEST_BYTES: Record<Digest, number> = { sha1: 20, sha256: 32, sha512: 64 };

/**
 * The hash in `stored`, or undefined if its format is unknown or its cost is beyond `WORK_LIMITS`.
 */
export function parseImportedHash(stored: string): ImportedHash | undefined {
  if (stored.startsWith('$2')) return bcrypt(stored);
  if (stored.startsWith('$argon2id$')) return argon2id(stored);
  if (stored.startsWith('$scrypt$')) return scrypt(stored);
  if (stored.startsWith('$pbkdf2')) return pbkdf2(stored);
  return aspNetIdentity(stored);
}

function bcrypt(encoded: string): ImportedHash | undefined {
  const cost = Number(/^\$2[aby]\$(\d{2})\$[./A-Za-z0-9]{53}$/.exec(encoded)?.[1] ?? Number.NaN);
  return cost >= 4 && cost <= WORK_LIMITS.bcryptCost ? { scheme: 'BCRYPT', encoded } : undefined;
}

const ARGON2ID = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

function argon2id(encoded: string): ImportedHash | undefined {
  const [, memory, passes, lanes, salt, hash] = ARGON2ID.exec(encoded) ?? [];
  if (salt === undefined || hash === undefined) return undefined;
  const isAffordable =
    Number(memory) <= WORK_LIMITS.argon2MemoryKib &&
    Number(memory) * Number(passes) <= WORK_LIMITS.argon2 &&
    Number(lanes) <= WORK_LIMITS.argon2Lanes;
  const isWhole = isLongEnough(Buffer.from(salt, 'base64'), Buffer.from(hash, 'base64'));
  return isAffordable && isWhole ? { scheme: 'ARGON2ID', encoded } : undefined;
}

function isLongEnough(salt: Buffer, hash: Buffer): boolean {
  return salt.length >= LEAST.salt && hash.length >= LEAST.hash;
}

/** `$scrypt$ln=15,r=8,p=1$<salt>$<hash>` (PHC). */
function scrypt(encoded: string): ImportedHash | undefined {
  const [, ln, r, p, salt, hash] =
    /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(encoded) ?? [];
  if (salt === undefined || hash === undefined) return undefined;
  const [cost, blockSize, parallelization] = [2 ** Number(ln), Number(r), Number(p)];
  const saltBytes = Buffer.from(salt, 'base64');
  const hashBytes = Buffer.from(hash, 'base64');
  const work = cost * blockSize * parallelization;
  if (work < 1 || work > WORK_LIMITS.scrypt || !isLongEnough(saltBytes, hashBytes))
    return undefined;
  return { scheme: 'SCRYPT', cost, blockSize, parallelization, salt: saltBytes, hash: hashBytes };
}

/**
 * `$pbkdf2-sha256$i=310000$<salt>$<hash>` (PHC; passlib writes the count alone and `.` for `+`).
 */
function pbkdf2(encoded: string): ImportedHash | undefined {
  const [, digest = 'sha1', count, salt, hash] =
    /^\$pbkdf2(?:-(sha1|sha256|sha512))?\$(?:i=)?(\d+)\$([A-Za-z0-9+/.]+)\$([A-Za-z0-9+/.]+)$/.exec(
      encoded,
    ) ?? [];
  if (salt === undefined || hash === undefined) return undefined;
  const bytes = (text: string) => Buffer.from(text.replaceAll('.', '+'), 'base64');
  return boundedPbkdf2(digest as Digest, Number(count), bytes(salt), bytes(hash));
}

const IDENTITY_V3_DIGESTS = ['sha1', 'sha256', 'sha512'] as const;

/**
 * ASP.NET Identity: base64 of 0x00 ‖ salt(16) ‖ key(32) (v2) or 0x01 ‖ prf ‖ iterations ‖ salt
 * length ‖ salt ‖ key (v3, big-endian).
 */
function aspNetIdentity(stored: string): ImportedHash | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(stored)) return undefined;
  const bytes = Buffer.from(stored, 'base64');
  if (bytes[0] === 0x00 && bytes.length === 49)
    return boundedPbkdf2('sha1', 1000, bytes.subarray(1, 17), bytes.subarray(17));
  if (bytes[0] !== 0x01 || bytes.length < 13 + 16 + 16) return undefined;
  const digest = IDENTITY_V3_DIGESTS[bytes.readUInt32BE(1)];
  const saltLength = bytes.readUInt32BE(9);
  if (digest === undefined || saltLength < 8 || bytes.length - 13 - saltLength < 16)
    return undefined;
  return boundedPbkdf2(
    digest,
    bytes.readUInt32BE(5),
    bytes.subarray(13, 13 + saltLength),
    bytes.subarray(13 + saltLength),
  );
}

function boundedPbkdf2(
  digest: Digest,
  iterations: number,
  salt: Buffer,
  hash: Buffer,
): ImportedHash | undefined {
  const blocks = Math.ceil(hash.length / DIGEST_BYTES[digest]);
  const isAffordable = iterations >= 1 && iterations * blocks <= WORK_LIMITS.pbkdf2[digest];
  return isAffordable && isLongEnough(salt, hash)
    ? { scheme: 'PBKDF2', digest, iterations, salt, hash }
    : undefined;
}
