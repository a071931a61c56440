import { describe, expect, test } from '@jest/globals';
import { passwordGuesses } from '../../../contract/password-strength.ts';

describe('the guesses that a password takes', () => {
  test.each([
    ['a long repetition', 'ab1!'.repeat(64)],
    ['a long one with punctuation at its ends', `!!${'Cedar'.repeat(50)}!!`],
    ['one of surrogate pairs', '\u{1f3e5}'.repeat(128)],
  ])('are estimated from its first 64 units: %s', (_what, password) => {
    const judged: string[] = [];
    passwordGuesses((text) => judged.push(text), password, []);
    expect(judged.length).toBeGreaterThan(0);
    for (const text of judged) {
      expect(text.length).toBeLessThanOrEqual(64);
      expect(password.startsWith(text) || password.slice(2).startsWith(text)).toBe(true);
    }
  });

  test('are those of the whole where it is short', () => {
    const judged: string[] = [];
    expect(passwordGuesses((text) => judged.push(text) * 5, 'Heron-74', [])).toBe(5);
    expect(judged).toEqual(['Heron-74']);
  });
});
