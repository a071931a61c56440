/** Marks that something was done, kept until they expire, in the Flows table. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { put, read, type Write } from './dynamo.ts';
import type { Clause } from './expressions.rules.ts';

export class MarksStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async has(key: string): Promise<boolean> {
    return (await read(this.#client, this.#table, { pk: key })) !== undefined;
  }

  put(key: string, expiresAt: number, ...when: Clause[]): Write {
    return put(this.#table, { pk: key, expiresAt, ttl: Math.ceil(expiresAt / 1000) }, ...when);
  }
}
