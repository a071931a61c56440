/** Acceptances of the terms, one for each account and version, never altered. */
import { create, type Database, type Write } from '../../ground/platform/database.ts';
import type { TermsAcceptance } from './terms.rules.ts';

export class TermsAcceptancesStore {
  readonly #database: Database;
  readonly #table: string;

  constructor(database: Database, table: string) {
    this.#database = database;
    this.#table = table;
  }

  /** The write that records the acceptance, or none if this version was accepted before. */
  async writesOnce(acceptance: TermsAcceptance): Promise<Write[]> {
    const { accountId, version } = acceptance;
    const key = { accountId, version };
    const before = await this.#database.read(this.#table, key);
    return before === undefined ? [create(this.#table, key, acceptance)] : [];
  }
}
