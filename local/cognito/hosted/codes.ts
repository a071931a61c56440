/** What the hosted endpoints remember for a while: each is found once, or until it expires. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';

export interface Remembered<T> {
  /** @returns the random key */
  keep: (value: T) => string;
  /** Finds it and forgets it. */
  take: (key: string | undefined) => T | undefined;
  find: (key: string | undefined) => T | undefined;
  forget: (key: string | undefined) => void;
}

export function remembered<T>(clock: Clock, seconds: number): Remembered<T> {
  const kept = new Map<string, { value: T; endsAt: number }>();
  const find = (key = ''): T | undefined => {
    const entry = kept.get(key);
    return entry === undefined || clock.now() >= entry.endsAt ? undefined : entry.value;
  };
  return {
    keep(value) {
      for (const [key, { endsAt }] of kept) if (clock.now() >= endsAt) kept.delete(key);
      const key = randomBytes(24).toString('base64url');
      kept.set(key, { value, endsAt: clock.now() + seconds * 1000 });
      return key;
    },
    take(key) {
      const value = find(key);
      kept.delete(key ?? '');
      return value;
    },
    find,
    forget: (key) => void kept.delete(key ?? ''),
  };
}
