/** Marks that something was done, kept until they expire, in the Flows table. */
import { type Database, type Item, put, ttlOf, type Write } from './database.ts';
import type { MarksPort } from './marks.port.ts';
import { isFree } from './marks.transitions.ts';

function markItem(pk: string, expiresAt: number): Item {
  return { pk, expiresAt, ttl: ttlOf(expiresAt) };
}

export class MarksStore implements MarksPort {
  readonly #database: Database;
  readonly #table: string;

  constructor(database: Database, table: string) {
    this.#database = database;
    this.#table = table;
  }

  async has(key: string): Promise<boolean> {
    return (await this.#database.read(this.#table, { pk: key })) !== undefined;
  }

  put(key: string, expiresAt: number): Write {
    return put(this.#table, markItem(key, expiresAt));
  }

  putOnce(key: string, expiresAt: number, now: number): Write {
    return put(this.#table, markItem(key, expiresAt), isFree(now));
  }
}
