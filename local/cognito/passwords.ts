import { createHmac } from 'node:crypto';
import { AwsError } from '../gateway/aws-error.ts';
import { invalidParameter } from './errors.ts';
import type { Pool } from './pool.ts';
import type { Verifier } from './srp.ts';

/** The pool's name in SRP: its id after the underscore. */
export function poolName({ id }: Pool): string {
  return id.slice(id.indexOf('_') + 1);
}

const MALFORMED =
  "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must " +
  'satisfy regular expression pattern: ^[\\S]+.*[\\S]+$ and have length less than or equal to 256';

/**
 * Checks a password against the pool's policy.
 * @throws AwsError InvalidPasswordException, InvalidParameterException
 */
export function checkPassword({ passwordPolicy }: Pool, password: string): void {
  if (!/^\S+.*\S+$/s.test(password) || password.length > 256) throw invalidParameter(MALFORMED);
  if (password.length < passwordPolicy.minimumLength) throw refused('Password not long enough');
  const lacking = passwordPolicy.classes.find(({ pattern }) => !pattern.test(password));
  if (lacking !== undefined) throw refused(`Password must have ${lacking.name} characters`);
}

function refused(why: string): AwsError {
  return new AwsError('InvalidPasswordException', `Password did not conform with policy: ${why}`);
}

/**
 * What an unknown user's exchange runs on: the same id and salt for the same name, every time.
 * The verifier belongs to no password. Making it takes no modular power, so that the answer takes
 * as long as a known user's.
 */
export function simulatedUser(
  username: string,
  secret: string,
): { sub: string; verifier: Verifier } {
  const seed = createHmac('sha512', secret).update(username.toLowerCase(), 'utf8').digest('hex');
  const part = (from: number, to: number): string => seed.slice(from, to);
  const sub = [part(0, 8), part(8, 12), `4${part(13, 16)}`, `a${part(17, 20)}`, part(20, 32)];
  return {
    sub: sub.join('-'),
    verifier: {
      saltHex: `1${part(32, 63)}`,
      verifierHex: seed.repeat(6).slice(1),
    },
  };
}
