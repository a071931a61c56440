/** Accounts. Read consistently, by key; an index only finds them. */
import type { Clause, Transition } from '../../ground/platform/attributes.rules.ts';
import {
  change,
  check,
  create,
  type Database,
  erase,
  type Item,
  type Query,
  type Write,
} from '../../ground/platform/database.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import { type Account, accountOf, type Seen } from './account.rules.ts';
import { hasEpochOf } from './account.transitions.ts';
import { findable } from './findable.rules.ts';
import { keepFindable } from './findable.transitions.ts';
import type { AccountsPort, ProviderPage } from './accounts.port.ts';
import { NOT_ON_HOLD } from './staff.transitions.ts';

export const accountKey = (accountId: string) => ({ pk: `ACCOUNT#${accountId}` });
export const usernameKey = (username: string) => ({ pk: `USERNAME#${username}` });
export const legacyKey = (name: string) => ({ pk: `LEGACY#${name}` });
export const emailKey = (email: string) => ({ pk: `EMAIL#${email}` });

/** The account that owns an address. */
interface Named {
  accountId: string;
  claimedUntil: number;
}

/** Who has which usernames. */
export interface Owners {
  byUsername: Map<string, { accountId: string; account: Account | undefined }>;
  /** Account IDs by the username of a former portal. */
  byLegacy: Map<string, string>;
}

/** How many users one look into the index takes; a search may need several. */
const INDEX_PAGE = 100;

export class AccountsStore implements AccountsPort {
  readonly #database: Database;
  readonly #table: string;

  constructor(database: Database, table: string) {
    this.#database = database;
    this.#table = table;
  }

  async get(accountId: string): Promise<Account | undefined> {
    return accountOf(await this.#database.read(this.#table, accountKey(accountId)));
  }

  async byUsername(username: string): Promise<Account | undefined> {
    return this.#through(usernameKey(username));
  }

  async byLogin(name: string): Promise<Account | undefined> {
    const keys = [usernameKey(name), legacyKey(name)];
    const found = await this.#database.readAll(keys.map((key) => ({ table: this.#table, key })));
    const pointer = found.find((item) => item !== undefined);
    return pointer === undefined ? undefined : this.get(pointer.accountId as string);
  }

  /**
   * Who has these usernames and these usernames of a former portal, at most 100 in all. An owner
   * whose account is undefined was erased.
   */
  async ownersOf(usernames: readonly string[], legacy: readonly string[]): Promise<Owners> {
    const pointers = await this.#readKeys([
      ...usernames.map(usernameKey),
      ...legacy.map(legacyKey),
    ]);
    const idOf = (item: Item | undefined) => item?.accountId as string | undefined;
    const named = usernames.map((name, index) => [name, idOf(pointers[index])] as const);
    const ids = named.flatMap(([, id]) => id ?? []);
    const accounts = (await this.#readKeys(ids.map(accountKey))).map(accountOf);
    const byId = new Map(accounts.flatMap((one) => (one ? [[one.accountId, one] as const] : [])));
    return {
      byUsername: new Map(
        named.flatMap(([name, accountId]) =>
          accountId === undefined ? [] : [[name, { accountId, account: byId.get(accountId) }]],
        ),
      ),
      byLegacy: new Map(
        legacy.flatMap((name, index) => {
          const id = idOf(pointers[usernames.length + index]);
          return id === undefined ? [] : [[name, id]];
        }),
      ),
    };
  }

  async #readKeys(keys: { pk: string }[]): Promise<(Item | undefined)[]> {
    if (keys.length === 0) return [];
    return this.#database.readAll(keys.map((key) => ({ table: this.#table, key })));
  }

  async byEmail(email: string): Promise<Account | undefined> {
    return this.#through(emailKey(email));
  }

  async ownerOf(email: string, now: number): Promise<string | undefined> {
    const pointer = await this.#database.read(this.#table, emailKey(email));
    const { accountId, claimedUntil = Infinity } = (pointer ?? {}) as Partial<Named>;
    return claimedUntil < now ? undefined : accountId;
  }

  async #through(key: { pk: string }): Promise<Account | undefined> {
    const pointer = await this.#database.read(this.#table, key);
    return pointer === undefined ? undefined : this.get(pointer.accountId as string);
  }

  /**
   * What is shown is read by key. Going on after a username stays right under inserts, and opens no
   * other provider.
   */
  async ofProvider({
    npi,
    search,
    after,
    size,
  }: ProviderPage): Promise<{ accounts: Account[]; last?: string }> {
    const found: Item[] = [];
    for (let from = after; ;) {
      const { items, last } = await this.#database.query(byNpi(this.#table, npi, search, from));
      found.push(...items);
      if (found.length > size || last === undefined) break;
      from = String(last.listKey);
    }
    const page = found.slice(0, size);
    const wanted = page.map(({ pk }) => ({ table: this.#table, key: { pk: String(pk) } }));
    const accounts = wanted.length === 0 ? [] : await this.#database.readAll(wanted);
    return definite({
      accounts: accounts.flatMap((item) => accountOf(item) ?? []),
      last: found.length > size ? String(page.at(-1)?.listKey) : undefined,
    });
  }

  create(account: Account): Write {
    return create(this.#table, accountKey(account.accountId), findable(account));
  }

  apply(account: Seen, transition: Transition<Account>, ...also: Clause[]): Write {
    return change(this.#table, accountKey(account.accountId), {
      change: keepFindable(transition.change),
      when: [hasEpochOf(account), ...transition.when, ...also],
    });
  }

  erase(account: Seen): Write {
    return erase(this.#table, accountKey(account.accountId), hasEpochOf(account), NOT_ON_HOLD);
  }

  holds(account: Seen, when: readonly Clause[]): Write {
    return check(this.#table, accountKey(account.accountId), hasEpochOf(account), ...when);
  }
}

function byNpi(table: string, npi: string, search: string, after: string | undefined): Query {
  const paths = ['searchKeys.username', 'searchKeys.firstName', 'searchKeys.lastName'];
  return definite({
    table,
    index: 'byNpi',
    partition: { name: 'npi', value: npi },
    after: after === undefined ? undefined : { name: 'listKey', value: after },
    filter: search === '' ? undefined : { paths, beginsWith: search },
    limit: INDEX_PAGE,
  });
}
