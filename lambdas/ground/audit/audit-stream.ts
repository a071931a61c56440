/**
 * New audit events as the table's stream brings them: at least once, in order within an account.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { RecordedEvent } from './audit.rules.ts';
import { errorFields, type Log } from '../platform/log.ts';

/**
 * Hands each event to `handle`; at the first failure the stream brings that one and what follows
 * again.
 */
export async function forEachNewEvent(
  event: DynamoDBStreamEvent,
  log: Log,
  handle: (recorded: RecordedEvent) => Promise<void>,
): Promise<DynamoDBBatchResponse> {
  for (const { dynamodb } of event.Records) {
    const image = dynamodb?.NewImage;
    if (image === undefined) continue;
    const recorded = unmarshall(image as Record<string, AttributeValue>) as RecordedEvent;
    try {
      await handle(recorded);
    } catch (error) {
      log('ERROR', 'EVENT_NOT_HANDLED', {
        event: recorded.event,
        eventId: recorded.eventId,
        ...errorFields(error),
      });
      return { batchItemFailures: [{ itemIdentifier: dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}
