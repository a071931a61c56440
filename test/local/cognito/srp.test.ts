import { describe, expect, test } from '@jest/globals';
import { getDiffieHellman } from 'node:crypto';
import fc from 'fast-check';
import {
  beginExchange,
  makeVerifier,
  signatureMatches,
  type SrpExchange,
} from '../../../local/cognito/srp.ts';
import { createSrpClient } from '../../clients/srp-client.ts';

const POOL_NAME = 'TestPool1';
const USER = 'user-1';
const verifier = makeVerifier(POOL_NAME, USER, 'Correct-Horse-9');

/** A client's whole proof against an exchange of the server. */
function prove(password: string): { exchange: SrpExchange; proof: Record<string, string> } {
  const client = createSrpClient();
  const exchange = beginExchange(verifier, client.srpA);
  if (exchange === undefined) throw new Error('The client sent an A that SRP forbids.');
  const proof = client.answer(`us-east-1_${POOL_NAME}`, password, {
    SALT: exchange.saltHex,
    SRP_B: exchange.serverPublicHex,
    SECRET_BLOCK: exchange.secretBlock,
    USER_ID_FOR_SRP: USER,
    USERNAME: USER,
  } as Parameters<typeof client.answer>[2]);
  return { exchange, proof };
}

const matches = (exchange: SrpExchange, proof: Record<string, string>, more: object = {}) =>
  signatureMatches(exchange, {
    poolName: POOL_NAME,
    userId: USER,
    timestamp: proof.TIMESTAMP ?? '',
    signature: proof.PASSWORD_CLAIM_SIGNATURE ?? '',
    ...more,
  });

describe('a proof', () => {
  const { exchange, proof } = prove('Correct-Horse-9');

  test('of the password matches, as an independent client makes it', () => {
    expect(matches(exchange, proof)).toBe(true);
  });

  test('of another password does not', () => {
    const wrong = prove('Correct-Horse-8');
    expect(matches(wrong.exchange, wrong.proof)).toBe(false);
  });

  test('of another exchange does not', () => {
    expect(matches(prove('Correct-Horse-9').exchange, proof)).toBe(false);
  });

  test.each<[string, object]>([
    ['another user', { userId: 'user-2' }],
    ['another pool', { poolName: 'OtherPool' }],
    ['another time', { timestamp: 'Mon Jan 1 00:00:00 UTC 2026' }],
    ['a signature of nothing', { signature: '' }],
    ['a shorter signature', { signature: 'AAAA' }],
    ['a signature that is not base64', { signature: '!!!' }],
  ])('for %s does not', (_what, more) => {
    expect(matches(exchange, proof, more)).toBe(false);
  });

  test('that was changed in one bit does not', () => {
    const bytes = Buffer.from(proof.PASSWORD_CLAIM_SIGNATURE ?? '', 'base64');
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const forged = Buffer.from(bytes);
        forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(matches(exchange, proof, { signature: forged.toString('base64') })).toBe(false);
      }),
      { numRuns: 20 },
    );
  });
});

describe("the client's A", () => {
  const PRIME = BigInt(`0x${getDiffieHellman('modp15').getPrime('hex')}`);

  test.each<[string, string]>([
    ['zero', '0'],
    ['the prime', PRIME.toString(16)],
    ['twice the prime', (PRIME * 2n).toString(16)],
    ['nothing', ''],
    ['not a number', 'xyz'],
    ['a negative number', '-1'],
    ['a number with a prefix', '0x10'],
    ['too long a number', 'f'.repeat(769)],
  ])('may not be %s', (_what, a) => {
    expect(beginExchange(verifier, a)).toBeUndefined();
  });

  test('may be any other number of the field, in either case of hexadecimal', () => {
    expect(beginExchange(verifier, 'AbC123')).toMatchObject({ clientPublicHex: 'AbC123' });
    expect(beginExchange(verifier, (PRIME - 1n).toString(16))).toBeDefined();
  });
});

describe('a verifier', () => {
  test('is the same for the same salt, and hides equal passwords under others', () => {
    const salt = Buffer.alloc(16, 7);
    const make = (userId = USER, password = 'p', used = salt) =>
      makeVerifier(POOL_NAME, userId, password, used);
    expect(make()).toEqual(make());
    expect(make(USER, 'p', Buffer.alloc(16, 8)).verifierHex).not.toBe(make().verifierHex);
    expect(make('user-2').verifierHex).not.toBe(make().verifierHex);
  });

  test('has a new salt each time', () => {
    const salts = Array.from({ length: 5 }, () => makeVerifier(POOL_NAME, USER, 'p').saltHex);
    expect(new Set(salts).size).toBe(5);
  });

  test('takes passwords in every script', () => {
    const own = makeVerifier(POOL_NAME, USER, 'Пароль-密码-🔑');
    const client = createSrpClient();
    const exchange = beginExchange(own, client.srpA) as SrpExchange;
    const proof = client.answer(`us-east-1_${POOL_NAME}`, 'Пароль-密码-🔑', {
      SALT: exchange.saltHex,
      SRP_B: exchange.serverPublicHex,
      SECRET_BLOCK: exchange.secretBlock,
      USER_ID_FOR_SRP: USER,
      USERNAME: USER,
    } as Parameters<typeof client.answer>[2]);
    expect(matches(exchange, proof)).toBe(true);
  });
});

test('every exchange has secrets of its own', () => {
  const [one, other] = [beginExchange(verifier, '5'), beginExchange(verifier, '5')];
  expect(one?.serverPublicHex).not.toBe(other?.serverPublicHex);
  expect(one?.secretBlock).not.toBe(other?.secretBlock);
});
