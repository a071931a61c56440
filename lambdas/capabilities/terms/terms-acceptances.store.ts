/** Acceptances of the terms, one for each account and version, never altered. */
import { clausesOf } from '../../ground/platform/attributes.rules.ts';
import { type Database, put, type Write } from '../../ground/platform/database.ts';
import type { TermsAcceptance } from './terms.rules.ts';

const { absent } = clausesOf<TermsAcceptance>();

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
    const before = await this.#database.read(this.#table, { accountId, version });
    return before === undefined ? [put(this.#table, { ...acceptance }, absent('version'))] : [];
  }
}
