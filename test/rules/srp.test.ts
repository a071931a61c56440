import { getDiffieHellman } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  beginSrp,
  type PasswordVerifierParameters,
  provePassword,
  readVerifierParameters,
  srpA,
} from '../../lambdas/capabilities/passwords/srp.rules.ts';

interface Vector {
  name: string;
  password: string;
  secret: string;
  srpA: string;
  challenge: PasswordVerifierParameters;
  TIMESTAMP: string;
  signature: string;
}

/** Computed by cognito-srp-helper 2.3.4, an implementation of others. */
const VECTORS = JSON.parse(
  readFileSync(new URL('./srp-vectors.json', import.meta.url), 'utf8'),
) as Vector[];
const userPoolId = 'us-east-1_LocalPool';
const SECRET = Buffer.alloc(32, 0x5a);

describe('the proof of a password by SRP', () => {
  test.each(VECTORS.map((vector) => [vector.name, vector] as const))(
    'is that of another implementation for %s',
    (_name, { password, secret, challenge, ...expected }) => {
      const start = beginSrp(Buffer.from(secret, 'hex'));
      expect(srpA(start)).toBe(expected.srpA);
      const now = new Date(expected.TIMESTAMP);
      expect(provePassword(start, challenge, { userPoolId, password, now })).toEqual({
        USERNAME: challenge.USER_ID_FOR_SRP,
        PASSWORD_CLAIM_SECRET_BLOCK: challenge.SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: expected.signature,
        TIMESTAMP: expected.TIMESTAMP,
      });
    },
  );

  test('writes a day of one digit without padding, as Cognito does', () => {
    const [{ challenge }] = VECTORS as [Vector];
    const own = { userPoolId, password: 'any', now: new Date('2026-03-05T07:08:09Z') };
    expect(provePassword(beginSrp(SECRET), challenge, own).TIMESTAMP).toBe(
      'Thu Mar 5 07:08:09 UTC 2026',
    );
  });

  const PRIME = getDiffieHellman('modp15').getPrime('hex');

  test.each([
    ['0', '0'],
    ['N', PRIME],
    ['twice N', (BigInt(`0x${PRIME}`) * 2n).toString(16)],
  ])('is refused for an SRP_B of %s, which would make every password right', (_, SRP_B) => {
    const [{ challenge }] = VECTORS as [Vector];
    const own = { userPoolId, password: 'any', now: new Date() };
    expect(() => provePassword(beginSrp(SECRET), { ...challenge, SRP_B }, own)).toThrow(RangeError);
  });
});

describe('the parameters of PASSWORD_VERIFIER', () => {
  const PARAMETERS = { SALT: '5', SRP_B: '7', SECRET_BLOCK: 'c2VjcmV0', USER_ID_FOR_SRP: 'user' };

  test("are read from Cognito's answer, without what else it has", () => {
    expect(readVerifierParameters({ ...PARAMETERS, ...{ USERNAME: 'user' } })).toEqual(PARAMETERS);
  });

  test.each(Object.keys(PARAMETERS))('are none without %s', (name) => {
    expect(() => readVerifierParameters({ ...PARAMETERS, [name]: undefined as never })).toThrow(
      'The challenge is not PASSWORD_VERIFIER',
    );
    expect(() => readVerifierParameters(undefined)).toThrow('The challenge is not');
  });
});
