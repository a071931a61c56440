/** Accounts, and the uniqueness items that are written in the same transactions. Read consistently, by key. */
import type { DynamoDBDocumentClient, QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import {
  absent,
  type Change,
  type Clause,
  either,
  is,
} from '../../ground/platform/expressions.rules.ts';
import {
  change,
  check,
  erase,
  type Item,
  put,
  query,
  read,
  readAll,
  type Write,
} from '../../ground/platform/dynamo.ts';
import { type Account, accountOf } from './account.rules.ts';

export const accountKey = (accountId: string) => ({ pk: `ACCOUNT#${accountId}` });
export const usernameKey = (username: string) => ({ pk: `USERNAME#${username}` });
export const emailKey = (email: string) => ({ pk: `EMAIL#${email}` });

/** An account as an item: `listKey` orders a provider's users by username in the `byNpi` index, `searchKeys` finds them. */
export function accountItem(account: Account): Item {
  const { accountId, username, firstName, lastName } = account;
  const searchKeys = {
    username,
    firstName: firstName.toLowerCase(),
    lastName: lastName.toLowerCase(),
  };
  return { ...accountKey(accountId), ...account, listKey: username, searchKeys };
}

/** How many users one look into the index takes; a search may need several. */
const INDEX_PAGE = 100;

export class AccountsStore {
  readonly #client: DynamoDBDocumentClient;
  readonly table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.table = table;
  }

  async get(accountId: string): Promise<Account | undefined> {
    return accountOf(await read(this.#client, this.table, accountKey(accountId)));
  }

  /** By the portal username, through its uniqueness item. */
  async byUsername(username: string): Promise<Account | undefined> {
    return this.#through(usernameKey(username));
  }

  /** By the verified e-mail address, through its uniqueness item. */
  async byEmail(email: string): Promise<Account | undefined> {
    return this.#through(emailKey(email));
  }

  /** The account that has the address, verified or claimed. */
  async ownerOf(email: string): Promise<string | undefined> {
    return (await read(this.#client, this.table, emailKey(email)))?.accountId as string | undefined;
  }

  async #through(key: { pk: string }): Promise<Account | undefined> {
    const pointer = await read(this.#client, this.table, key);
    return pointer === undefined ? undefined : this.get(pointer.accountId as string);
  }

  /**
   * A page of a provider's users, ordered by username. The index only finds them; what is shown is read by key. It goes
   * on after a username: that stays right under inserts, and opens no other provider.
   */
  async ofProvider(
    npi: string,
    search: string,
    from: string | undefined,
    size: number,
  ): Promise<{ accounts: Account[]; last?: string }> {
    const found: Item[] = [];
    for (let after = from; ;) {
      const { items, last } = await query(this.#client, byNpi(this.table, npi, search, after));
      found.push(...items);
      if (found.length > size || last === undefined) break;
      after = String(last.listKey);
    }
    const page = found.slice(0, size);
    const accounts =
      page.length === 0
        ? []
        : await readAll(
            this.#client,
            page.map(({ pk }) => ({ table: this.table, key: { pk: String(pk) } })),
          );
    const more = found.length > size ? { last: String(page.at(-1)?.listKey) } : {};
    return { accounts: accounts.flatMap((item) => accountOf(item) ?? []), ...more };
  }

  /** A write to the account that holds only while its epoch is the one that the caller saw. */
  change(account: Pick<Account, 'accountId' | 'epoch'>, changes: Change, ...when: Clause[]): Write {
    return change(
      this.table,
      accountKey(account.accountId),
      changes,
      is('epoch', account.epoch),
      ...when,
    );
  }

  /** Holds only while the account has the epoch that the caller saw, and `when`; changes nothing. */
  holds(account: Pick<Account, 'accountId' | 'epoch'>, ...when: Clause[]): Write {
    return check(this.table, accountKey(account.accountId), is('epoch', account.epoch), ...when);
  }
}

function byNpi(
  table: string,
  npi: string,
  search: string,
  after: string | undefined,
): QueryCommandInput {
  return {
    TableName: table,
    IndexName: 'byNpi',
    Limit: INDEX_PAGE,
    KeyConditionExpression: after === undefined ? 'npi = :npi' : 'npi = :npi AND listKey > :after',
    ...(search === ''
      ? {}
      : {
          FilterExpression:
            'begins_with(searchKeys.username, :search) OR begins_with(searchKeys.firstName, :search) OR begins_with(searchKeys.lastName, :search)',
        }),
    ExpressionAttributeValues: {
      ':npi': npi,
      ...(after === undefined ? {} : { ':after': after }),
      ...(search === '' ? {} : { ':search': search }),
    },
  };
}

/** Addresses and usernames, each of one account; written in the transactions that give them. */
export class NamesStore {
  readonly #table: string;

  constructor(table: string) {
    this.#table = table;
  }

  /** Holds if nobody has the address, or this account has. */
  claim(email: string, accountId: string): Write {
    return put(
      this.#table,
      { ...emailKey(email), accountId },
      either(absent('accountId'), is('accountId', accountId)),
    );
  }

  /** A username is given once, for good. */
  claimUsername(username: string, accountId: string): Write {
    return put(this.#table, { ...usernameKey(username), accountId }, absent('accountId'));
  }

  /** Gives the former address of an account free. */
  release(email: string, accountId: string): Write {
    return erase(this.#table, emailKey(email), is('accountId', accountId));
  }

  create(account: Account): Write {
    return put(this.#table, accountItem(account), absent('pk'));
  }
}
