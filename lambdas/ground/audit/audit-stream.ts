/**
 * New audit events as the table's stream brings them: at least once, in order within an account.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { RecordedEvent } from './audit.rules.ts';
import { errorFields, type Log } from '../platform/log.ts';

/**
 * A record of the stream that brings a new row. `recorded` is undefined if the row is not an event.
 */
interface NewEvent {
  sequenceNumber: string;
  recorded: RecordedEvent | undefined;
}

/** The new rows of a batch, each with its place in the stream. */
export function newEventsOf({ Records }: DynamoDBStreamEvent): NewEvent[] {
  return Records.flatMap((record) => {
    const { NewImage, SequenceNumber: sequenceNumber = '' } = record.dynamodb ?? {};
    return NewImage === undefined ? [] : [{ sequenceNumber, recorded: eventOf(NewImage) }];
  });
}

type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;

const REQUIRED = ['accountId', 'eventId', 'event', 'at'];

/**
 * Only we write events. What else is in the table is set aside after the stream's tries, and those
 * behind it in its shard wait until then.
 */
function eventOf(image: Image): RecordedEvent | undefined {
  try {
    const row = unmarshall(image as Record<string, AttributeValue>);
    const isEvent = REQUIRED.every((name) => typeof row[name] === 'string');
    return isEvent && !Number.isNaN(Date.parse(String(row.at)))
      ? (row as RecordedEvent)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Returns a record, and what follows it, to the stream for another try. */
export function again(sequenceNumber: string): DynamoDBBatchResponse {
  return { batchItemFailures: [{ itemIdentifier: sequenceNumber }] };
}

/** Hands each event to `handle`. At the first failure the stream brings that one again. */
export async function forEachNewEvent(
  event: DynamoDBStreamEvent,
  log: Log,
  handle: (recorded: RecordedEvent) => Promise<void>,
): Promise<DynamoDBBatchResponse> {
  for (const { recorded, sequenceNumber } of newEventsOf(event)) {
    if (recorded === undefined) {
      log('ERROR', 'EVENT_UNREADABLE', { sequenceNumber });
      return again(sequenceNumber);
    }
    try {
      await handle(recorded);
    } catch (error) {
      log('ERROR', 'EVENT_NOT_HANDLED', {
        event: recorded.event,
        eventId: recorded.eventId,
        ...errorFields(error),
      });
      return again(sequenceNumber);
    }
  }
  return { batchItemFailures: [] };
}
