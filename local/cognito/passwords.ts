import { createHmac } from 'node:crypto';
import { AwsError } from '../gateway/aws-error.ts';
import { invalidParameter } from './errors.ts';
import type { Pool } from './pool.ts';
import type { Verifier } from './srp.ts';

/** The pool's name in SRP: its id after the underscore. */
export function poolName({ id }: Pool): string {
  return id.slice(id.indexOf('_') + 1);
}

/** Checks a password against the pool's policy. @throws AwsError InvalidPasswordException, InvalidParameterException */
export function checkPassword({ passwordPolicy }: Pool, password: string): void {
  if (!/^\S+.*\S+$/s.test(password) || password.length > 256) {
    throw invalidParameter(
      "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$ and have length less than or equal to 256",
    );
  }
  if (password.length < passwordPolicy.minimumLength) throw refused('Password not long enough');
  const lacking = passwordPolicy.classes.find(({ pattern }) => !pattern.test(password));
  if (lacking !== undefined) throw refused(`Password must have ${lacking.name} characters`);
}

function refused(why: string): AwsError {
  return new AwsError('InvalidPasswordException', `Password did not conform with policy: ${why}`);
}

/**
 * What an unknown user's exchange runs on: the same id and salt for the same name, every time.
 * The verifier belongs to no password, and making it costs no modular power, so that the answer takes as long as a known user's.
 */
export function simulatedUser(
  username: string,
  secret: string,
): { sub: string; verifier: Verifier } {
  const seed = createHmac('sha512', secret).update(username.toLowerCase(), 'utf8').digest('hex');
  const sub = `${seed.slice(0, 8)}-${seed.slice(8, 12)}-4${seed.slice(13, 16)}-a${seed.slice(17, 20)}-${seed.slice(20, 32)}`;
  return {
    sub,
    verifier: { saltHex: `1${seed.slice(32, 63)}`, verifierHex: seed.repeat(6).slice(1) },
  };
}
