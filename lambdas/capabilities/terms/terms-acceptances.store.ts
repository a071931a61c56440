/** Acceptances of the terms: one row an account and version, never altered, never repeated. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { put, read, type Write } from '../../ground/platform/dynamo.ts';
import { absent } from '../../ground/platform/expressions.rules.ts';
import type { TermsAcceptance } from './terms.rules.ts';

export class TermsAcceptancesStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** The write that records the acceptance, or none if this version was accepted before. */
  async writesOnce(acceptance: TermsAcceptance): Promise<Write[]> {
    const { accountId, version } = acceptance;
    const before = await read(this.#client, this.#table, { accountId, version });
    return before === undefined ? [put(this.#table, { ...acceptance }, absent('version'))] : [];
  }
}
