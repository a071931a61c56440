import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import * as library from 'amazon-cognito-identity-js';
import { raiseByBigInt } from '../../packages/auth-client/src/library-powers.ts';

interface Whole {
  modPow: (exponent: Whole, modulus: Whole, callback: (error: null, power: Whole) => void) => Whole;
  subtract: (other: Whole) => Whole;
  toString: (radix: number) => string;
}

interface Helper {
  smallAValue: Whole;
  largeAValue: Whole | undefined;
  getLargeAValue: (callback: (error: null, value: Whole) => void) => void;
  getPasswordAuthenticationKey: (
    ...call: [
      userId: string,
      password: string,
      serverB: Whole,
      salt: Whole,
      callback: (error: null, key: Uint8Array) => void,
    ]
  ) => void;
}

interface Vector {
  name: string;
  password: string;
  secret: string;
  srpA: string;
  challenge: { SALT: string; SRP_B: string; SECRET_BLOCK: string; USER_ID_FOR_SRP: string };
  TIMESTAMP: string;
  signature: string;
}

/** Computed by cognito-srp-helper 2.3.4, an implementation of others. */
const VECTORS = JSON.parse(
  readFileSync(new URL('../rules/srp-vectors.json', import.meta.url), 'utf8'),
) as Vector[];
const POOL_NAME = 'LocalPool';

const { AuthenticationHelper } = library as unknown as {
  AuthenticationHelper: new (poolName: string) => Helper;
};
const sample = new AuthenticationHelper(POOL_NAME).smallAValue;
const WholeNumber = sample.constructor as new (digits: string, radix: number) => Whole;
const whole = (digits: string): Whole => new WholeNumber(digits, 16);
const theirs = (WholeNumber.prototype as Whole).modPow;

raiseByBigInt(library);

/** @returns the result in hexadecimal, and what the callback was called with */
function power(modPow: Whole['modPow'], base: Whole, exponent: string, modulus: string): string[] {
  let given = '';
  const result = modPow.call(base, whole(exponent), whole(modulus), (_, value) => {
    given = value.toString(16);
  });
  return [result.toString(16), given];
}

describe('a power by BigInt', () => {
  test('takes the place of the library’s own', () => {
    expect(sample.modPow).not.toBe(theirs);
  });

  test.each([
    ['a small number', whole('2'), 'ff', 'fffffffb'],
    ['a number above the modulus', whole('fffffffff'), '10001', 'fffffffb'],
    ['a negative number', whole('5').subtract(whole('77')), '10001', 'fffffffb'],
    ['zero', whole('0'), '3', 'fffffffb'],
    ['a multiple of the modulus', whole('1fffffff6'), '3', 'fffffffb'],
    ['an exponent of one', whole('7'), '1', 'fffffffb'],
  ])('is the library’s for %s', (_, base, exponent, modulus) => {
    const ours = power(sample.modPow, base, exponent, modulus);
    expect(ours).toEqual(power(theirs, base, exponent, modulus));
    expect(ours[0]).toBe(ours[1]);
  });

  test.each<[string, object]>([
    ['has no such helper', {}],
    ['has other numbers', { AuthenticationHelper: class {} }],
    [
      'has numbers of another form',
      {
        AuthenticationHelper: class {
          generateRandomSmallA() {
            return 5n;
          }
        },
      },
    ],
  ])('leaves a library alone that %s', (_, other) => {
    expect(() => raiseByBigInt(other)).not.toThrow();
  });

  test.each(VECTORS.map((vector) => [vector.name, vector] as const))(
    'lets the library prove, as another implementation does, %s',
    (_name, { password, secret, srpA, challenge, TIMESTAMP, signature }) => {
      const helper = new AuthenticationHelper(POOL_NAME);
      helper.smallAValue = whole(secret);
      helper.largeAValue = undefined;
      helper.getLargeAValue((_, value) => expect(value.toString(16)).toBe(srpA));
      let key: Uint8Array = new Uint8Array();
      const { SALT, SRP_B, SECRET_BLOCK, USER_ID_FOR_SRP } = challenge;
      helper.getPasswordAuthenticationKey(
        USER_ID_FOR_SRP,
        password,
        whole(SRP_B),
        whole(SALT),
        (_, value) => {
          key = value;
        },
      );
      const proof = createHmac('sha256', key)
        .update(`${POOL_NAME}${USER_ID_FOR_SRP}`)
        .update(Buffer.from(SECRET_BLOCK, 'base64'))
        .update(TIMESTAMP);
      expect(proof.digest('base64')).toBe(signature);
    },
  );
});
