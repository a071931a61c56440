/** The audit trail of one account, newest first. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AuditEvent } from '../platform/audit.rules.ts';
import { query } from '../platform/dynamo.ts';

export class AuditEventsStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** One page; the cursor is the last event's id and opens nothing but this account's own events. */
  async ofAccount(accountId: string, cursor: string | undefined, size: number): Promise<{ events: (AuditEvent & { at: string })[]; cursor?: string }> {
    const { items, last } = await query(this.#client, {
      TableName: this.#table,
      KeyConditionExpression: 'accountId = :accountId',
      ExpressionAttributeValues: { ':accountId': accountId },
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: size,
      ...(cursor === undefined ? {} : { ExclusiveStartKey: { accountId, eventId: Buffer.from(cursor, 'base64url').toString('utf8') } }),
    });
    const events = items as unknown as (AuditEvent & { at: string })[];
    return { events, ...(last === undefined ? {} : { cursor: Buffer.from(String(last.eventId), 'utf8').toString('base64url') }) };
  }
}
