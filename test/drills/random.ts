/** Chance that a seed repeats (mulberry32). */
export interface Random {
  /** From 0 up to, and without, 1. */
  next: () => number;
  /** A whole number from 0 up to, and without, `end`. */
  below: (end: number) => number;
  /** @throws Error if there are none */
  one: <T>(items: readonly T[]) => T;
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return {
    next,
    below,
    one(items) {
      if (items.length === 0) throw new Error('Nothing to choose from');
      return items[below(items.length)] as (typeof items)[number];
    },
  };
}

/** The items in an order that is the same for the same seed. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const { next } = randomOf(seed);
  return items
    .map((item) => [next(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}
