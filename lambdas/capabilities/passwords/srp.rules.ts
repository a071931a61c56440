/**
 * The client's part of Cognito's SRP-6a (RFC 5054 with Cognito's own key derivation): proves a
 * password without sending it. OpenSSL raises to powers, a hundred times as fast as arithmetic in
 * JavaScript (docs/decisions/088-srp-by-openssl.md).
 */
import {
  constants,
  createHash,
  createHmac,
  createPublicKey,
  getDiffieHellman,
  hkdfSync,
  publicEncrypt,
} from 'node:crypto';

/** The group of RFC 3526 with 3,072 bits, and its generator. */
const PRIME = getDiffieHellman('modp15').getPrime();
const N = toBigInt(PRIME);
const MODULUS = PRIME.toString('base64url');
const GENERATOR = 2n;
const K = toBigInt(sha256(padded(N), padded(GENERATOR)));

/** The client's half of one exchange. */
export interface SrpStart {
  secret: bigint;
  public: bigint;
}

/** Cognito's parameters of the challenge PASSWORD_VERIFIER. */
export interface PasswordVerifierParameters {
  /** Hexadecimal. */
  SALT: string;
  /** Hexadecimal. */
  SRP_B: string;
  /** Base64. */
  SECRET_BLOCK: string;
  USER_ID_FOR_SRP: string;
}

/** The parameters in an answer of Cognito. Throws where they are not those of PASSWORD_VERIFIER. */
export function readVerifierParameters({
  SALT,
  SRP_B,
  SECRET_BLOCK,
  USER_ID_FOR_SRP,
}: Partial<PasswordVerifierParameters> = {}): PasswordVerifierParameters {
  if (
    SALT === undefined ||
    SRP_B === undefined ||
    SECRET_BLOCK === undefined ||
    USER_ID_FOR_SRP === undefined
  )
    throw new Error('The challenge is not PASSWORD_VERIFIER: a parameter of it is missing.');
  return { SALT, SRP_B, SECRET_BLOCK, USER_ID_FOR_SRP };
}

/** @param random at least 32 bytes of a CSPRNG, used once */
export function beginSrp(random: Buffer): SrpStart {
  const secret = toBigInt(random);
  return { secret, public: power(GENERATOR, secret) };
}

/** SRP_A, the parameter of InitiateAuth. */
export function srpA(start: SrpStart): string {
  return start.public.toString(16);
}

/**
 * ChallengeResponses for PASSWORD_VERIFIER.
 * @param userPoolId whole, with its Region
 * @throws RangeError for an SRP_B that SRP-6a forbids (a multiple of N)
 */
export function provePassword(
  start: SrpStart,
  challenge: PasswordVerifierParameters,
  { userPoolId, password, now }: { userPoolId: string; password: string; now: Date },
): Record<string, string> {
  const { SECRET_BLOCK, USER_ID_FOR_SRP } = challenge;
  const user = `${userPoolId.slice(userPoolId.indexOf('_') + 1)}${USER_ID_FOR_SRP}`;
  const TIMESTAMP = cognitoTimestamp(now);
  const signature = createHmac('sha256', sharedKey(start, challenge, `${user}:${password}`))
    .update(user, 'utf8')
    .update(Buffer.from(SECRET_BLOCK, 'base64'))
    .update(TIMESTAMP, 'utf8');
  return {
    USERNAME: USER_ID_FOR_SRP,
    PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
    PASSWORD_CLAIM_SIGNATURE: signature.digest('base64'),
    TIMESTAMP,
  };
}

/** The key that both sides derive, where the password is the one of Cognito's verifier. */
function sharedKey(
  start: SrpStart,
  { SALT, SRP_B }: PasswordVerifierParameters,
  identity: string,
): Buffer {
  const B = BigInt(`0x${SRP_B}`);
  if (B % N === 0n) throw new RangeError('SRP_B is a multiple of N, which SRP-6a forbids.');
  const u = toBigInt(sha256(padded(start.public), padded(B)));
  const inner = sha256(Buffer.from(identity, 'utf8'));
  const x = toBigInt(sha256(padded(BigInt(`0x${SALT}`)), inner));
  const base = (((B - K * power(GENERATOR, x)) % N) + N) % N;
  const shared = power(base, start.secret + u * x);
  return Buffer.from(hkdfSync('sha256', padded(shared), padded(u), 'Caldera Derived Key', 16));
}

/** `base` to the power of `exponent` modulo N, as a raw RSA operation with N as its modulus. */
function power(base: bigint, exponent: bigint): bigint {
  const e = toBytes(exponent).toString('base64url');
  const key = createPublicKey({ key: { kty: 'RSA', n: MODULUS, e }, format: 'jwk' });
  const block = toBytes(base, PRIME.length);
  return toBigInt(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, block));
}

/** `ddd MMM D HH:mm:ss UTC YYYY`, the day without padding. */
function cognitoTimestamp(now: Date): string {
  const [weekday, , month, year, time] = now.toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${now.getUTCDate()} ${time} UTC ${year}`;
}

/** Big-endian bytes, with a leading zero byte if the top bit is set, as Cognito hashes them. */
function padded(value: bigint): Buffer {
  const bytes = toBytes(value);
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
}

function toBytes(value: bigint, length = 0): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(Math.max(length * 2, hex.length + (hex.length % 2)), '0'), 'hex');
}

function toBigInt(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function sha256(...parts: Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
