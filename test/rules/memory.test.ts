import { expect, test } from '@jest/globals';
import { growthOf } from '../drills/memory.ts';

const rounds = (heap: (round: number) => number) =>
  Array.from({ length: 40 }, (_, round) => ({ heap: heap(round), resident: 700 }));

test('a heap that grows in the beginning only, or by chance, is flat', () => {
  expect(growthOf(rounds((round) => Math.min(100, 50 + 10 * round)))).toEqual([]);
  expect(growthOf(rounds((round) => 100 + (round % 7)))).toEqual([]);
});

test('a heap that grows with every round is found', () => {
  expect(growthOf(rounds((round) => 100 + 2 * round))).toEqual(['heap grew from 130 to 170 MB']);
});
