/**
 * New audit events as the table's stream brings them: at least once, in order within an account.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { RecordedEvent } from './audit.rules.ts';
import { errorFields, type Log } from '../platform/log.ts';

/** The new events of a batch, each with its place in the stream. */
export function newEventsOf({
  Records,
}: DynamoDBStreamEvent): { recorded: RecordedEvent; sequenceNumber: string }[] {
  return Records.flatMap(({ dynamodb }) => {
    const image = dynamodb?.NewImage;
    if (image === undefined) return [];
    const recorded = unmarshall(image as Record<string, AttributeValue>) as RecordedEvent;
    return [{ recorded, sequenceNumber: dynamodb?.SequenceNumber ?? '' }];
  });
}

/**
 * Hands each event to `handle`; at the first failure the stream brings that one and what follows
 * again.
 */
export async function forEachNewEvent(
  event: DynamoDBStreamEvent,
  log: Log,
  handle: (recorded: RecordedEvent) => Promise<void>,
): Promise<DynamoDBBatchResponse> {
  for (const { recorded, sequenceNumber } of newEventsOf(event)) {
    try {
      await handle(recorded);
    } catch (error) {
      log('ERROR', 'EVENT_NOT_HANDLED', {
        event: recorded.event,
        eventId: recorded.eventId,
        ...errorFields(error),
      });
      return { batchItemFailures: [{ itemIdentifier: sequenceNumber }] };
    }
  }
  return { batchItemFailures: [] };
}
