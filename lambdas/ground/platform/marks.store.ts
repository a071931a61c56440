/** Marks that something was done, kept until they expire, in the Flows table. */
import { clausesOf, either } from './attributes.rules.ts';
import { type Database, put, ttlOf, type Write } from './database.ts';
import type { MarksPort } from './marks.port.ts';

interface Mark {
  pk: string;
  expiresAt: number;
}

const { absent, below } = clausesOf<Mark>();

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
    return put(this.#table, {
      pk: key,
      expiresAt,
      ttl: ttlOf(expiresAt),
    });
  }

  putOnce(key: string, expiresAt: number, now: number): Write {
    const free = either(absent('pk'), below('expiresAt', now));
    return put(
      this.#table,
      {
        pk: key,
        expiresAt,
        ttl: ttlOf(expiresAt),
      },
      free,
    );
  }
}
