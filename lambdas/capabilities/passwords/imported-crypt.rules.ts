/** The formats of crypt(3) and of portable PHP hashes, which have an alphabet of their own. */
import { costly, MALFORMED, type ReadHash, WORK_LIMITS } from './imported-hash.rules.ts';

/** The base 64 of crypt(3). */
export const CRYPT_ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** `$P$` and `$H$` (MD5), `$S$` of Drupal (SHA-512), `$5$` and `$6$`, also behind `{CRYPT}`. */
export function readCrypt(stored: string): ReadHash {
  const bare = stored.replace(/^\{CRYPT\}/, '');
  return /^\$[PHS]\$/.test(bare) ? phpass(bare) : shaCrypt(bare);
}

/** The prefix, one letter for log2 of the rounds, eight letters of salt, the hash. */
function phpass(stored: string): ReadHash {
  const [, kind = '', log, salt = '', hash] =
    /^\$([PHS])\$([./A-Za-z0-9])([./A-Za-z0-9]{8})([./A-Za-z0-9]+)$/.exec(stored) ?? [];
  if (log === undefined || hash === undefined) return MALFORMED;
  const digest = kind === 'S' ? 'sha512' : 'md5';
  // Drupal keeps 43 of the 86 characters.
  if (hash.length !== (digest === 'md5' ? 22 : 43)) return MALFORMED;
  const rounds = 2 ** CRYPT_ALPHABET.indexOf(log);
  if (rounds < 2 ** 7) return MALFORMED;
  const most = WORK_LIMITS.phpass[digest];
  if (rounds > most) return costly(`2^${Math.log2(most)} rounds`);
  return {
    hash: {
      scheme: 'PHPASS',
      digest,
      rounds,
      salt,
      hash,
    },
  };
}

const SHA_CRYPT = /^\$([56])\$(?:rounds=(\d+)\$)?([^$]{1,16})\$([./A-Za-z0-9]+)$/;
const DEFAULT_ROUNDS = 5000;

function shaCrypt(stored: string): ReadHash {
  const [, kind, written, salt = '', hash = ''] = SHA_CRYPT.exec(stored) ?? [];
  const digest = kind === '5' ? 'sha256' : 'sha512';
  if (kind === undefined || hash.length !== (digest === 'sha256' ? 43 : 86)) return MALFORMED;
  const rounds = Math.max(1000, Number(written ?? DEFAULT_ROUNDS));
  if (rounds > WORK_LIMITS.shaCrypt) return costly(`${WORK_LIMITS.shaCrypt} rounds`);
  return {
    hash: {
      scheme: 'SHA_CRYPT',
      digest,
      rounds,
      salt,
      hash,
    },
  };
}
