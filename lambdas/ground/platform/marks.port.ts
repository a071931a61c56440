import type { Write } from './database.ts';

/** Marks that something was done, kept until they expire. */
export interface MarksPort {
  has: (key: string) => Promise<boolean>;
  /** The write that sets the mark, or renews it. */
  put: (key: string, expiresAt: number) => Write;
  /** The write that sets the mark, and that fails while one exists that has not expired. */
  putOnce: (key: string, expiresAt: number, now: number) => Write;
}
