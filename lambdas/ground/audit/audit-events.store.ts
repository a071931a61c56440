/** The audit trail of one account, newest first. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AuditEvent } from './audit.rules.ts';
import { query } from '../platform/dynamo.ts';

export class AuditEventsStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** One page, after an event's id: it opens nothing but this account's own events. */
  async ofAccount(
    accountId: string,
    after: string | undefined,
    size: number,
  ): Promise<{ events: (AuditEvent & { at: string })[]; last?: string }> {
    const { items, last } = await query(this.#client, {
      TableName: this.#table,
      KeyConditionExpression: 'accountId = :accountId',
      ExpressionAttributeValues: { ':accountId': accountId },
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: size,
      ...(after === undefined ? {} : { ExclusiveStartKey: { accountId, eventId: after } }),
    });
    const events = items as unknown as (AuditEvent & { at: string })[];
    return { events, ...(last === undefined ? {} : { last: String(last.eventId) }) };
  }
}
