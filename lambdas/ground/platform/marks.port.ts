import type { Write } from './database.ts';

/** Marks that something was done, kept until they expire. */
export interface MarksPort {
  has: (key: string) => Promise<boolean>;
  /** The write that leaves the mark, or leaves it again. */
  put: (key: string, expiresAt: number) => Write;
  /** The write that leaves the mark, unless one stands that has not expired. */
  putOnce: (key: string, expiresAt: number, now: number) => Write;
}
