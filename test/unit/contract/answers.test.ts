import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ANSWERS, deviceSignatureText, loginMethodOf } from '../../../contract/challenges.ts';

type Challenge = keyof typeof ANSWERS;

const accepts = (challenge: Challenge, answer: unknown) =>
  ANSWERS[challenge].safeParse(answer).success;

const publicKey = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) };
const deviceId = 'd'.repeat(43);
const proof = { deviceId, loginMethod: 'PHONE', signature: 's'.repeat(86) };

describe('an answer', () => {
  test.each<[Challenge, unknown]>([
    ['CHOOSE_FACTOR', { factor: 'SMS' }],
    ['CHOOSE_FACTOR', { factor: 'CALL' }],
    ['CHOOSE_FACTOR', { factor: 'EMAIL' }],
    ['CHOOSE_FACTOR', { ticket: 't'.repeat(43) }],
    ['ENTER_CODE', { code: '123456' }],
    ['ENTER_CODE', { code: '000000', rememberDevice: { publicKey } }],
    ['ENTER_CODE', { code: '000000', forgetDevice: deviceId }],
    ['ENTER_CODE', { resend: true }],
    ['ENTER_CODE', { factor: 'CALL' }],
    ['CONFIRM_CALL', { call: 'CONFIRMED' }],
    ['CONFIRM_CALL', { call: 'CONFIRMED', rememberDevice: { publicKey } }],
    ['CONFIRM_CALL', { resend: true }],
    ['CONFIRM_CALL', { factor: 'SMS' }],
    ['ACCEPT_TERMS', { acceptTerms: '2026-10' }],
    ['PROVE_DEVICE', proof],
  ])('to %s may be %j', (challenge, answer) => {
    expect(accepts(challenge, answer)).toBe(true);
  });

  test.each<[Challenge, unknown]>([
    ['CHOOSE_FACTOR', {}],
    ['CHOOSE_FACTOR', { factor: 'TOTP' }],
    ['CHOOSE_FACTOR', { factor: 'sms' }],
    ['CHOOSE_FACTOR', { ticket: '' }],
    ['CHOOSE_FACTOR', { ticket: 't'.repeat(129) }],
    ['CHOOSE_FACTOR', { code: '123456' }],
    ['ENTER_CODE', { code: 123_456 }],
    ['ENTER_CODE', { code: '12345' }],
    ['ENTER_CODE', { code: '1234567' }],
    ['ENTER_CODE', { code: ' 123456' }],
    ['ENTER_CODE', { code: '123456\n' }],
    ['ENTER_CODE', { code: '１２３４５６' }],
    ['ENTER_CODE', { code: '123456', resend: true }],
    ['ENTER_CODE', { resend: false }],
    ['ENTER_CODE', { call: 'CONFIRMED' }],
    ['ENTER_CODE', { code: '123456', forgetDevice: 'short' }],
    ['CONFIRM_CALL', { call: 'confirmed' }],
    ['CONFIRM_CALL', { code: '123456' }],
    ['ACCEPT_TERMS', { acceptTerms: '' }],
    ['ACCEPT_TERMS', { acceptTerms: true }],
    ['PROVE_DEVICE', { ...proof, loginMethod: 'SMS' }],
    ['PROVE_DEVICE', { ...proof, signature: 's'.repeat(85) }],
    ['PROVE_DEVICE', { ...proof, signature: `${'s'.repeat(85)}=` }],
    ['PROVE_DEVICE', { ...proof, extra: 1 }],
  ])('to %s may not be %j', (challenge, answer) => {
    expect(accepts(challenge, answer)).toBe(false);
  });

  test.each([
    ['a private part', { d: 'secret' }],
    ['another curve', { crv: 'P-384' }],
    ['another type', { kty: 'RSA' }],
    ['a short coordinate', { x: 'x'.repeat(42) }],
    ['a padded coordinate', { y: `${'y'.repeat(42)}=` }],
  ])('remembers no key with %s', (_what, change) => {
    const rememberDevice = { publicKey: { ...publicKey, ...change } };
    expect(accepts('ENTER_CODE', { code: '123456', rememberDevice })).toBe(false);
  });

  test('of any other kind is refused without an error', () => {
    const challenges = Object.keys(ANSWERS).filter(
      (name) => name !== 'REGISTRATION_INCOMPLETE',
    ) as Challenge[];
    fc.assert(
      fc.property(fc.constantFrom(...challenges), fc.jsonValue(), (challenge, answer) => {
        expect(accepts(challenge, answer)).toBe(false);
      }),
    );
  });
});

describe('the text that a device signs', () => {
  test('contains its purpose, client, device, method and nonce on lines of their own', () => {
    expect(deviceSignatureText('client', 'device', 'EMAIL', 'nonce').split('\n')).toEqual([
      'portal-auth/device/v1',
      'client',
      'device',
      'EMAIL',
      'nonce',
    ]);
  });

  test('differs for different values', () => {
    const part = fc.stringMatching(/^[\w-]{1,20}$/);
    fc.assert(
      fc.property(fc.tuple(part, part, part), fc.tuple(part, part, part), (one, other) => {
        const text = ([client, device, nonce]: [string, string, string]) =>
          deviceSignatureText(client, device, 'PHONE', nonce);
        expect(text(one) === text(other)).toBe(one.join('\n') === other.join('\n'));
      }),
    );
  });
});

test.each([
  ['SMS', 'PHONE'],
  ['CALL', 'PHONE'],
  ['EMAIL', 'EMAIL'],
] as const)('the factor %s has the login method %s', (factor, method) => {
  expect(loginMethodOf(factor)).toBe(method);
});
