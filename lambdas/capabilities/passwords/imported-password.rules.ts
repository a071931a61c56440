/**
 * Formats of password hashes that portals keep, recognised by their form. Parsing only;
 * `imported-passwords.ts` computes.
 */
import { readCrypt } from './imported-crypt.rules.ts';
import {
  argon2,
  bcrypt,
  type HashFault,
  type ImportedHash,
  MALFORMED,
  pbkdf2,
  type ReadHash,
  salted,
  scrypt,
} from './imported-hash.rules.ts';
import { readKeycloak } from './imported-keycloak.rules.ts';

const base64 = (text: string) => Buffer.from(text.replaceAll('.', '+'), 'base64');
const ascii = (text: string) => Buffer.from(text, 'utf8');

/** Each format by how its hashes begin; the first one that fits reads the hash. */
const FORMATS: [begins: RegExp, read: (stored: string) => ReadHash][] = [
  [/^\$wp\$2/, (stored) => wordPress(stored)],
  [/^\$2/, bcrypt],
  [/^\$argon2/, argon2],
  [/^argon2\$argon2/, (stored) => argon2(stored.slice('argon2'.length))],
  [/^\$scrypt\$/, phcScrypt],
  [/^\$pbkdf2/, phcPbkdf2],
  [/^pbkdf2_sha/, django],
  [/^pbkdf2:/, werkzeugPbkdf2],
  [/^scrypt:/, werkzeugScrypt],
  [/^\$fbscrypt\$/, firebase],
  [/^\{SSHA(256|512)?\}/i, ldap],
  [/^\$[PHS56]\$|^\{CRYPT\}\$/, readCrypt],
  [/^\{\s*"/, readKeycloak],
];

/** The hash in `stored`, or what is wrong with it. Nothing of `stored` is in the reason. */
export function readImportedHash(stored: string): ReadHash {
  const format = FORMATS.find(([begins]) => begins.test(stored));
  if (format !== undefined) return format[1](stored);
  return (
    aspNetIdentity(stored) ?? {
      fault: 'UNKNOWN',
      reason: `looks like ${lookOf(stored)}`,
    }
  );
}

/** The hash in `stored`, or undefined if it cannot be imported. */
export function parseImportedHash(stored: string): ImportedHash | undefined {
  const read = readImportedHash(stored);
  return 'hash' in read ? read.hash : undefined;
}

const WORDS: Record<HashFault, string> = {
  UNKNOWN: 'has an unknown format',
  MALFORMED: 'is malformed',
  COSTLY: 'is too costly to verify',
};

/** Why a hash cannot be imported, for people; undefined if it can. */
export function refusalOfHash(stored: string): string | undefined {
  const read = readImportedHash(stored);
  if ('hash' in read) return undefined;
  return `${WORDS[read.fault]}: ${read.reason} (docs/runbook.md, Imports)`;
}

/**
 * What an unknown hash looks like, by its shape only: the value may be a password in clear text.
 */
function lookOf(stored: string): string {
  const scheme = /^(\$[a-z0-9-]{1,12}\$|\{[A-Za-z0-9-]{1,12}\})/i.exec(stored)?.[1];
  if (scheme !== undefined) return `a hash of the scheme ${scheme}`;
  const digest = /^[0-9a-f]+$/i.test(stored) ? DIGESTS[stored.length] : undefined;
  if (digest !== undefined) return `an unsalted ${digest}`;
  return `${stored.length} characters that no hash begins with`;
}

const DIGESTS: Record<number, string> = {
  32: 'MD5',
  40: 'SHA-1',
  64: 'SHA-256',
  128: 'SHA-512',
};

/** WordPress 6.8: bcrypt of a keyed SHA-384 of the password. */
function wordPress(stored: string): ReadHash {
  const read = bcrypt(stored.slice('$wp'.length));
  if (!('hash' in read) || read.hash.scheme !== 'BCRYPT') return read;
  return { hash: { ...read.hash, before: 'WORDPRESS' } };
}

/** `$scrypt$ln=15,r=8,p=1$<salt>$<hash>` (PHC). */
function phcScrypt(stored: string): ReadHash {
  const [, ln, r, p, salt, hash] =
    /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) return MALFORMED;
  return scrypt([2 ** Number(ln), Number(r), Number(p)], base64(salt), base64(hash));
}

const PHC_PBKDF2 = new RegExp(
  String.raw`^\$pbkdf2(?:-(sha1|sha256|sha512))?\$(?:i=)?(\d+)(?:,l=\d+)?` +
    String.raw`\$([A-Za-z0-9+/.]+)\$([A-Za-z0-9+/.]+)$`,
);

/**
 * `$pbkdf2-sha256$i=310000$<salt>$<hash>` (PHC; passlib writes the count alone and `.` for `+`).
 */
function phcPbkdf2(stored: string): ReadHash {
  const [, digest = 'sha1', count, salt, hash] = PHC_PBKDF2.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) return MALFORMED;
  return pbkdf2(digest, Number(count), base64(salt), base64(hash));
}

/** `pbkdf2_sha256$600000$<salt>$<base64>`; the salt is text. */
function django(stored: string): ReadHash {
  const [, digest = '', count, salt, hash] =
    /^pbkdf2_(sha1|sha256)\$(\d+)\$([^$]{4,64})\$([A-Za-z0-9+/]+={0,2})$/.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) return MALFORMED;
  return pbkdf2(digest, Number(count), ascii(salt), base64(hash));
}

/** `pbkdf2:sha256:600000$<salt>$<hex>`; the salt is text. */
function werkzeugPbkdf2(stored: string): ReadHash {
  const [, digest = '', count = '260000', salt, hash] =
    /^pbkdf2:(sha1|sha256|sha512)(?::(\d+))?\$([^$]{4,64})\$([0-9a-f]+)$/.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) return MALFORMED;
  return pbkdf2(digest, Number(count), ascii(salt), Buffer.from(hash, 'hex'));
}

/** `scrypt:32768:8:1$<salt>$<hex>`; the salt is text. */
function werkzeugScrypt(stored: string): ReadHash {
  const [, n, r, p, salt, hash] =
    /^scrypt:(\d+):(\d+):(\d+)\$([^$]{4,64})\$([0-9a-f]+)$/.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) return MALFORMED;
  return scrypt([Number(n), Number(r), Number(p)], ascii(salt), Buffer.from(hash, 'hex'));
}

const FIREBASE = new RegExp(
  String.raw`^\$fbscrypt\$v=1,n=(\d+),r=(\d+),p=(\d+)(?:,ss=([A-Za-z0-9+/_=-]*))?` +
    String.raw`,sk=([A-Za-z0-9+/_=-]+)\$([A-Za-z0-9+/_=-]+)\$([A-Za-z0-9+/_=-]+)$`,
);

/**
 * Firebase's scrypt with its project's parameters:
 * `$fbscrypt$v=1,n=<mem cost>,r=<rounds>,p=1,ss=<salt separator>,sk=<signer key>$<salt>$<hash>`.
 * The key that scrypt derives encrypts the signer key (AES-256-CTR).
 */
function firebase(stored: string): ReadHash {
  const [, n, r, p, separator = '', signer = '', salt = '', hash] = FIREBASE.exec(stored) ?? [];
  if (hash === undefined) return MALFORMED;
  const both = Buffer.concat([base64(salt), base64(separator)]);
  const read = scrypt([2 ** Number(n), Number(r), Number(p)], both, base64(hash));
  if (!('hash' in read) || read.hash.scheme !== 'SCRYPT') return read;
  return { hash: { ...read.hash, signerKey: base64(signer) } };
}

/** `{SSHA}`, `{SSHA256}` and `{SSHA512}`: base64 of the digest and the salt that follows it. */
function ldap(stored: string): ReadHash {
  const [, bits = '1', encoded] = /^\{SSHA(256|512)?\}([A-Za-z0-9+/]+={0,2})$/i.exec(stored) ?? [];
  if (encoded === undefined) return MALFORMED;
  return salted(`sha${bits}`, base64(encoded));
}

const IDENTITY_V3_DIGESTS = ['sha1', 'sha256', 'sha512'] as const;

/**
 * ASP.NET Identity: base64 of 0x00 ‖ salt(16) ‖ key(32) (v2) or 0x01 ‖ prf ‖ iterations ‖ salt
 * length ‖ salt ‖ key (v3, big-endian).
 */
function aspNetIdentity(stored: string): ReadHash | undefined {
  if (!/^A[A-Za-z0-9+/]{50,}={0,2}$/.test(stored)) return undefined;
  const bytes = Buffer.from(stored, 'base64');
  if (bytes[0] === 0x00 && bytes.length === 49)
    return pbkdf2('sha1', 1000, bytes.subarray(1, 17), bytes.subarray(17));
  if (bytes[0] !== 0x01 || bytes.length < 13 + 16 + 16) return undefined;
  const digest = IDENTITY_V3_DIGESTS[bytes.readUInt32BE(1)];
  const saltLength = bytes.readUInt32BE(9);
  if (digest === undefined || saltLength < 8 || bytes.length - 13 - saltLength < 16)
    return MALFORMED;
  const [salt, hash] = [bytes.subarray(13, 13 + saltLength), bytes.subarray(13 + saltLength)];
  return pbkdf2(digest, bytes.readUInt32BE(5), salt, hash);
}

/**
 * The spellings of a password that an old portal may have hashed: keyboards compose letters with
 * their accents (NFC) or write them apart (NFD).
 */
export function spellingsOf(password: string): string[] {
  return [...new Set([password.normalize('NFC'), password.normalize('NFD')])];
}
