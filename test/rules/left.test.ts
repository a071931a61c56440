import { expect, test } from '@jest/globals';
import { differenceOf } from '../drills/left.ts';

const left = (counts: Record<string, number>) => new Map(Object.entries(counts));

test('what is there more often, or less often, than usual is named', () => {
  const usual = left({ 'event SIGNED_IN': 1, 'message to pat': 1 });
  expect(differenceOf(left({ 'event SIGNED_IN': 2 }), usual)).toBe(
    'event SIGNED_IN 2 instead of 1, message to pat 0 instead of 1',
  );
  expect(differenceOf(usual, usual)).toBeUndefined();
});
