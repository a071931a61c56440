/**
 * Formats of password hashes that portals keep, told apart by their look. Parsing only;
 * `imported-passwords.ts` computes.
 */
export type ImportedHash =
  | {
      scheme: 'PBKDF2';
      digest: 'sha1' | 'sha256' | 'sha512';
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

/**
 * More work than this per password check is refused at the import: one row could stall a sign-in.
 */
export const WORK_LIMITS = {
  pbkdf2Iterations: 2_000_000,
  scryptMemory: 256 * 1024 * 1024,
  bcryptCost: 15,
  argonMemoryKib: 256 * 1024,
  argonIterations: 16,
} as const;

/**
 * The hash in `stored`, or undefined if its format is none that we know or its cost is beyond
 * `WORK_LIMITS`.
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

function argon2id(encoded: string): ImportedHash | undefined {
  const [, memory, iterations] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/.exec(encoded) ?? [];
  const affordable =
    Number(memory) <= WORK_LIMITS.argonMemoryKib &&
    Number(iterations) <= WORK_LIMITS.argonIterations;
  return affordable ? { scheme: 'ARGON2ID', encoded } : undefined;
}

/** `$scrypt$ln=15,r=8,p=1$<salt>$<hash>` (PHC). */
function scrypt(encoded: string): ImportedHash | undefined {
  const [, ln, r, p, salt, hash] =
    /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(encoded) ?? [];
  if (salt === undefined || hash === undefined) return undefined;
  const cost = 2 ** Number(ln);
  const blockSize = Number(r);
  if (128 * cost * blockSize > WORK_LIMITS.scryptMemory) return undefined;
  return {
    scheme: 'SCRYPT',
    cost,
    blockSize,
    parallelization: Number(p),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
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
  return boundedPbkdf2(
    digest as 'sha1' | 'sha256' | 'sha512',
    Number(count),
    bytes(salt),
    bytes(hash),
  );
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
  digest: 'sha1' | 'sha256' | 'sha512',
  iterations: number,
  salt: Buffer,
  hash: Buffer,
): ImportedHash | undefined {
  const bounded =
    iterations >= 1 &&
    iterations <= WORK_LIMITS.pbkdf2Iterations &&
    salt.length >= 8 &&
    hash.length >= 16;
  return bounded ? { scheme: 'PBKDF2', digest, iterations, salt, hash } : undefined;
}
