/**
 * The client's part of Cognito's SRP-6a. It uses OpenSSL for modular powers, so that a sign-in
 * takes milliseconds in journeys and in the bench.
 */
import {
  constants,
  createHash,
  createHmac,
  createPublicKey,
  getDiffieHellman,
  hkdfSync,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';

const PRIME = getDiffieHellman('modp15').getPrime();
const N = toBigInt(PRIME);
const K = toBigInt(sha256(pad(N), pad(2n)));

/** What PASSWORD_VERIFIER asks for. */
export interface PasswordChallenge {
  SALT: string;
  SRP_B: string;
  SECRET_BLOCK: string;
  USER_ID_FOR_SRP: string;
}

/** One sign-in's secret: gives SRP_A, then the answer to PASSWORD_VERIFIER. */
export interface SrpClient {
  srpA: string;
  answer: (
    userPoolId: string,
    password: string,
    challenge: PasswordChallenge,
  ) => Record<string, string>;
}

export function createSrpClient(): SrpClient {
  const a = toBigInt(randomBytes(32));
  const A = power(2n, a);
  return {
    srpA: A.toString(16),
    answer(userPoolId, password, { SALT, SRP_B, SECRET_BLOCK, USER_ID_FOR_SRP }) {
      const poolName = userPoolId.slice(userPoolId.indexOf('_') + 1);
      const B = BigInt(`0x${SRP_B}`);
      const u = toBigInt(sha256(pad(A), pad(B)));
      const x = toBigInt(
        sha256(
          pad(BigInt(`0x${SALT}`)),
          sha256(Buffer.from(`${poolName}${USER_ID_FOR_SRP}:${password}`)),
        ),
      );
      const base = (((B - K * power(2n, x)) % N) + N) % N;
      const key = Buffer.from(
        hkdfSync('sha256', pad(power(base, a + u * x)), pad(u), 'Caldera Derived Key', 16),
      );
      const timestamp = cognitoTimestamp(new Date());
      const signature = createHmac('sha256', key)
        .update(`${poolName}${USER_ID_FOR_SRP}`)
        .update(Buffer.from(SECRET_BLOCK, 'base64'))
        .update(timestamp)
        .digest('base64');
      return {
        USERNAME: USER_ID_FOR_SRP,
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: signature,
        TIMESTAMP: timestamp,
      };
    },
  };
}

/** `ddd MMM D HH:mm:ss UTC YYYY`, the day without padding. */
function cognitoTimestamp(date: Date): string {
  const [weekday, , month, year, time] = date.toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${date.getUTCDate()} ${time} UTC ${year}`;
}

function power(base: bigint, exponent: bigint): bigint {
  const key = createPublicKey({
    key: {
      kty: 'RSA',
      n: PRIME.toString('base64url'),
      e: toBuffer(exponent).toString('base64url'),
    },
    format: 'jwk',
  });
  return toBigInt(
    publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, toBuffer(base, PRIME.length)),
  );
}

function pad(value: bigint): Buffer {
  const bytes = toBuffer(value);
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
}

function toBuffer(value: bigint, length = 0): Buffer {
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
