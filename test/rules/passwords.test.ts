import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { estimate } from '../../lambdas/capabilities/passwords/password-estimator.ts';
import {
  judgePassword,
  normalizePassword,
  type PasswordContext,
} from '../../lambdas/capabilities/passwords/password.rules.ts';

const context: PasswordContext = {
  username: 'jrivera',
  firstName: 'Jo',
  lastName: 'Rivera',
  email: 'jrivera@cedargrove.example',
  portalName: 'Cedar Provider Portal',
  providerName: 'Lakeside Orthopedics',
};

const judge = (password: string) => judgePassword(normalizePassword(password), context, estimate);

describe('a password', () => {
  test.each([
    ['seven77', 'PASSWORD_TOO_SHORT'],
    ['x1'.repeat(129), 'PASSWORD_TOO_LONG'],
    ['🐢'.repeat(140), 'PASSWORD_TOO_LONG'],
    ['LetMeIn123', 'PASSWORD_COMMON'],
    ['abcabcabcabc', 'PASSWORD_COMMON'],
    ['23456789', 'PASSWORD_COMMON'],
    ['Welcome2024!', 'PASSWORD_COMMON'],
    ['Nurse2025!', 'PASSWORD_COMMON'],
    ['Lakeside2026!', 'PASSWORD_COMMON'],
    ['LakesideOrthopedics1', 'PASSWORD_COMMON'],
    ['ProviderPortal#1', 'PASSWORD_COMMON'],
    ['my-JRivera-1', 'PASSWORD_CONTAINS_IDENTITY'],
    ['at-cedargrove-1', 'PASSWORD_CONTAINS_IDENTITY'],
    [' leading space', 'PASSWORD_INVALID'],
    ['tab\there-now', 'PASSWORD_INVALID'],
  ])('%s is refused: %s', (password, refused) => {
    expect(judge(password)).toBe(refused);
  });

  test.each([
    'correct horse battery',
    'ñandú-çedilla-9',
    '🐢🐢🐢🐢-slow-turtles',
    'Correct-Horse-9-Battery',
    'Quiet-Lantern-42-Harbour',
  ])('%s is taken', (password) => {
    expect(judge(password)).toBeUndefined();
  });

  test('is judged whatever it is, and the same in both of its Unicode spellings', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (typed) => {
        expect(judge(typed.normalize('NFD'))).toBe(judge(typed.normalize('NFC')));
      }),
      { numRuns: 50 },
    );
  });
});
