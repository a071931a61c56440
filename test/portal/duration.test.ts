import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { duration } from '../../portal/src/i18n/duration.ts';

describe('a duration in words', () => {
  test.each([
    [1, '1 second'],
    [30, '30 seconds'],
    [60, '60 seconds'],
    [90, '90 seconds'],
    [119, '119 seconds'],
    [120, '2 minutes'],
    [121, '121 seconds'],
    [300, '5 minutes'],
    [1200, '20 minutes'],
    [3600, '60 minutes'],
  ])('of %i seconds is "%s" in English', (seconds, words) => {
    expect(duration(seconds)).toBe(words);
    expect(duration(seconds, 'en')).toBe(words);
  });

  test.each([
    [1, '1 segundo'],
    [30, '30 segundos'],
    [300, '5 minutos'],
    [1200, '20 minutos'],
  ])('of %i seconds is "%s" in Spanish', (seconds, words) => {
    expect(duration(seconds, 'es')).toBe(words);
  });

  test('never rounds: words and number name exactly the seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), (seconds) => {
        const [number = '', unit = ''] = duration(seconds).split(' ');
        const factor = unit.startsWith('minute') ? 60 : 1;
        expect(Number(number) * factor).toBe(seconds);
      }),
    );
  });
});
