import { describe, expect, test } from '@jest/globals';
import { passwordGuesses } from '../../../contract/password-strength.ts';

describe('the guesses that a password takes', () => {
  test.each([
    ['a long repetition', 'ab1!'.repeat(64)],
    ['a long one with punctuation at its ends', `!!${'Cedar'.repeat(50)}!!`],
    ['one of surrogate pairs', '\u{1f3e5}'.repeat(128)],
  ])('are estimated from its first 64 units: %s', (_what, password) => {
    const judged: string[] = [];
    passwordGuesses((text) => ({ guesses: judged.push(text) * 1e12, parts: [] }), password, []);
    expect(judged.length).toBeGreaterThan(0);
    for (const text of judged) {
      expect(text.length).toBeLessThanOrEqual(64);
      expect(withoutSigns(password).toLowerCase()).toContain(withoutSigns(text).toLowerCase());
    }
  });

  test('are those of the whole where it is short', () => {
    const judged: string[] = [];
    const estimate = (text: string) => ({ guesses: judged.push(text) * 1e12, parts: [] });
    expect(passwordGuesses(estimate, 'heron', [])).toBe(1e12);
    expect(judged).toEqual(['heron']);
  });

  test('are few where a word has only additions, and many where it has further words', () => {
    const parts = [
      { pattern: 'dictionary', token: 'Heron', guesses: 40 },
      { pattern: 'bruteforce', token: '_', guesses: 10 },
      { pattern: 'regex', token: '2026', guesses: 50 },
    ];
    const estimate = () => ({ guesses: 1e9, parts });
    expect(passwordGuesses(estimate, 'heron', [])).toBe(40 * 10 * 50 * 6 + 1);
    const words = parts.map((part) => ({ ...part, pattern: 'dictionary' }));
    expect(passwordGuesses(() => ({ guesses: 1e9, parts: words }), 'heron', [])).toBe(1e9);
  });

  test('do not grow by much with the signs of a password', () => {
    const judged: string[] = [];
    const estimate = (text: string) => ({ guesses: judged.push(text) && 1e3, parts: [] });
    expect(passwordGuesses(estimate, 'Heron_74!', [])).toBe(1e3 * 2 * 20 * 20 * 10 ** 2);
    expect(judged).toEqual(['heron']);
  });
});

function withoutSigns(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}
