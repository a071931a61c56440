/** The password credential of a Keycloak realm export, as JSON. */
import { argon2, MALFORMED, pbkdf2, type ReadHash } from './imported-hash.rules.ts';

type Members = Record<string, unknown>;

/**
 * `{"secretData":"{\"value\":…,\"salt\":…}","credentialData":"{\"hashIterations\":…,
 * \"algorithm\":\"pbkdf2-sha256\"}"}`; both may also be objects.
 */
export function readKeycloak(stored: string): ReadHash {
  const credential = membersOf(stored);
  const secret = membersOf(credential.secretData);
  const data = membersOf(credential.credentialData);
  const { algorithm, hashIterations } = data;
  const [value, salt] = [secret.value, secret.salt];
  if (typeof value !== 'string' || typeof salt !== 'string' || typeof algorithm !== 'string')
    return MALFORMED;
  const [hash, saltBytes] = [Buffer.from(value, 'base64'), Buffer.from(salt, 'base64')];
  if (algorithm === 'argon2') return argon2Of(data, saltBytes, hash);
  const digest = /^pbkdf2(?:-(sha256|sha512))?$/.exec(algorithm);
  if (digest === null)
    return {
      fault: 'UNKNOWN',
      reason: 'looks like a Keycloak credential of another algorithm',
    };
  return pbkdf2(digest[1] ?? 'sha1', Number(hashIterations), saltBytes, hash);
}

function argon2Of({ hashIterations, additionalParameters }: Members, salt: Buffer, hash: Buffer) {
  const parameters = membersOf(additionalParameters);
  const first = (name: string) => String([parameters[name]].flat()[0]);
  const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  const cost = `m=${first('memory')},t=${Number(hashIterations)},p=${first('parallelism')}`;
  const version = first('version') === '1.3' ? 19 : 16;
  return argon2(`$argon2${first('type')}$v=${version}$${cost}$${unpadded(salt)}$${unpadded(hash)}`);
}

function membersOf(value: unknown): Members {
  if (typeof value === 'object' && value !== null) return value as Members;
  if (typeof value !== 'string') return {};
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Members) : {};
  } catch {
    return {};
  }
}
