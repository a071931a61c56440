/** Mailed links: kept as hashes, one live link an account, used once. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { erase, type Item, put, read, type Write } from '../../ground/platform/dynamo.ts';
import { after, is } from '../../ground/platform/expressions.rules.ts';
import { hashSecret } from '../../ground/platform/secrets.rules.ts';

export interface Link {
  accountId: string;
  epoch: number;
  expiresAt: number;
}

const linkKey = (hash: string) => ({ pk: `LINK#${hash}` });

export class LinksStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async get(token: string): Promise<Link | undefined> {
    return (await read(this.#client, this.#table, linkKey(hashSecret(token)))) as
      (Item & Link) | undefined;
  }

  issue(token: string, link: Link): Write {
    return put(this.#table, {
      ...linkKey(hashSecret(token)),
      ...link,
      v: 1,
      ttl: Math.ceil(link.expiresAt / 1000),
    });
  }

  /** Uses the link up; the account's own item must still name it as its live one. */
  use(token: string, { accountId, epoch }: Link, now: number): Write {
    return erase(
      this.#table,
      linkKey(hashSecret(token)),
      is('accountId', accountId),
      is('epoch', epoch),
      after('expiresAt', now),
    );
  }
}
