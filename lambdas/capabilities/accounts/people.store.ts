/**
 * Finds accounts by what a person says on the phone. The indexes only find: what is returned is
 * read by key.
 */
import { type Database, type Item, type Query } from '../../ground/platform/database.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import { type Account, accountOf } from './account.rules.ts';
import { accountKey, emailKey } from './accounts.store.ts';
import type { PeoplePort } from './accounts.port.ts';
import { nameKeyOf } from './name-key.rules.ts';

/** The most accounts that a search finds; an address or a number has few. */
const MOST_FOUND = 100;

export class PeopleStore implements PeoplePort {
  readonly #database: Database;
  readonly #table: string;

  constructor(database: Database, table: string) {
    this.#database = database;
    this.#table = table;
  }

  /** By the verified address, the address on record, or the address before the registration. */
  async byEmail(email: string): Promise<Account[]> {
    const [verified, ...found] = await Promise.all([
      this.#database.read(this.#table, emailKey(email)),
      this.#idsIn({
        index: 'byContactEmail',
        partition: { name: 'contactEmail', value: email },
      }),
      this.#idsIn({
        index: 'byRecordEmail',
        partition: { name: 'recordEmail', value: email },
      }),
    ]);
    return this.#accounts([
      ...(verified === undefined ? [] : [String(verified.accountId)]),
      ...found.flat(),
    ]);
  }

  /** By the verified number, or the one of a new provider's registration form. */
  async byPhone(phone: string): Promise<Account[]> {
    const found = await Promise.all([
      this.#idsIn({
        index: 'byPhone',
        partition: { name: 'phone', value: phone },
      }),
      this.#idsIn({
        index: 'byContactPhone',
        partition: { name: 'contactPhone', value: phone },
      }),
    ]);
    return this.#accounts(found.flat());
  }

  async byName(lastName: string, firstName: string): Promise<Account[]> {
    const prefix = { name: 'firstNameKey', value: nameKeyOf(firstName) };
    return this.#accounts(
      await this.#idsIn(
        definite({
          index: 'byName',
          partition: { name: 'lastNameKey', value: nameKeyOf(lastName) },
          prefix: firstName === '' ? undefined : prefix,
        }),
      ),
    );
  }

  async #idsIn(query: Omit<Query, 'table' | 'limit'>): Promise<string[]> {
    const { items } = await this.#database.query({
      ...query,
      table: this.#table,
      limit: MOST_FOUND,
    });
    return items.map(({ pk }) => String(pk).replace(/^ACCOUNT#/, ''));
  }

  async #accounts(ids: readonly string[]): Promise<Account[]> {
    const wanted = [...new Set(ids)].slice(0, MOST_FOUND);
    if (wanted.length === 0) return [];
    const items: (Item | undefined)[] = await this.#database.readAll(
      wanted.map((id) => ({ table: this.#table, key: accountKey(id) })),
    );
    return items.flatMap((item) => accountOf(item) ?? []);
  }
}
