/** Accounts, and the uniqueness items that are written in the same transactions. Read consistently, by key. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Change, type Clause, is } from '../platform/expressions.rules.ts';
import { change, check, type Item, read, type Write } from '../platform/dynamo.ts';
import { type Account, accountOf } from './account.rules.ts';

export const accountKey = (accountId: string) => ({ pk: `ACCOUNT#${accountId}` });
export const usernameKey = (username: string) => ({ pk: `USERNAME#${username}` });
export const emailKey = (email: string) => ({ pk: `EMAIL#${email}` });

/** An account as an item: `listKey` orders a provider's users by username in the `byNpi` index. */
export function accountItem(account: Account): Item {
  return { ...accountKey(account.accountId), ...account, listKey: account.username };
}

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

  async #through(key: { pk: string }): Promise<Account | undefined> {
    const pointer = await read(this.#client, this.table, key);
    return pointer === undefined ? undefined : this.get(pointer.accountId as string);
  }

  /** A write to the account that holds only while its epoch is the one that the caller saw. */
  change(account: Pick<Account, 'accountId' | 'epoch'>, changes: Change, ...when: Clause[]): Write {
    return change(this.table, accountKey(account.accountId), changes, is('epoch', account.epoch), ...when);
  }

  /** Holds only while the account has the epoch that the caller saw, and `when`; changes nothing. */
  holds(account: Pick<Account, 'accountId' | 'epoch'>, ...when: Clause[]): Write {
    return check(this.table, accountKey(account.accountId), is('epoch', account.epoch), ...when);
  }
}
