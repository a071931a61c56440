/** Accounts. Read consistently, by key; an index only finds them. */
import type { Change, Clause, Transition } from '../../ground/platform/attributes.rules.ts';
import {
  change,
  check,
  type Database,
  erase,
  type Item,
  put,
  type Query,
  type Write,
} from '../../ground/platform/database.ts';
import { clausesOf } from '../../ground/platform/attributes.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import { type Account, accountOf, type Seen } from './account.rules.ts';
import { folded, nameKeyOf } from './name-key.rules.ts';
import type { AccountsPort, ProviderPage } from './accounts.port.ts';

const { is, absent } = clausesOf<Account & { pk: string }>();

export const accountKey = (accountId: string) => ({ pk: `ACCOUNT#${accountId}` });
export const usernameKey = (username: string) => ({ pk: `USERNAME#${username}` });
export const legacyKey = (name: string) => ({ pk: `LEGACY#${name}` });
export const emailKey = (email: string) => ({ pk: `EMAIL#${email}` });

/**
 * An account as an item: `listKey` orders a provider's users by username in the `byNpi` index,
 * `searchKeys` finds them.
 */
function accountItem(account: Account): Item {
  const { accountId, username, firstName, lastName } = account;
  const searchKeys = {
    username,
    firstName: folded(firstName),
    lastName: folded(lastName),
  };
  return {
    ...accountKey(accountId),
    ...account,
    listKey: username,
    searchKeys,
    lastNameKey: nameKeyOf(lastName),
    firstNameKey: nameKeyOf(firstName),
  };
}

/** A change of a name changes what the indexes find it by. */
function withSearchKeys(changes: Change<Account>): Change<Account> {
  const { firstName, lastName } = (changes.set ?? {}) as Partial<Account>;
  const keys = {
    ...(firstName === undefined
      ? {}
      : {
          firstNameKey: nameKeyOf(firstName),
          'searchKeys.firstName': folded(firstName),
        }),
    ...(lastName === undefined
      ? {}
      : {
          lastNameKey: nameKeyOf(lastName),
          'searchKeys.lastName': folded(lastName),
        }),
  };
  return { ...changes, set: { ...changes.set, ...keys } };
}

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
    return put(this.#table, accountItem(account), absent('pk'));
  }

  apply({ accountId, epoch }: Seen, transition: Transition<Account>, ...when: Clause[]): Write {
    const conditions = [is('epoch', epoch), ...transition.when, ...when];
    const changes = withSearchKeys(transition.change);
    return change(this.#table, accountKey(accountId), changes, conditions);
  }

  erase({ accountId, epoch }: Seen): Write {
    const conditions = [is('epoch', epoch), absent('legalHoldAt')];
    return erase(this.#table, accountKey(accountId), ...conditions);
  }

  holds({ accountId, epoch }: Seen, when: readonly Clause[]): Write {
    return check(this.#table, accountKey(accountId), is('epoch', epoch), ...when);
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
