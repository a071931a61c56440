/** Copies every new audit event into the archive, a batch at a time. */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { errorFields, log } from '../platform/log.ts';
import { once } from '../platform/once.ts';
import { bundlesOf } from './archive.rules.ts';
import { wireArchive } from './archive.wiring.ts';
import { again, newEventsOf } from './audit-stream.ts';

const archive = once(wireArchive);

/**
 * If a bundle is not written, the stream brings the whole batch again. A row that is not an event
 * comes again with what follows it, until the stream sets it aside.
 */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const rows = newEventsOf(event);
  const unreadable = rows.findIndex(({ recorded }) => recorded === undefined);
  const readable = unreadable < 0 ? rows : rows.slice(0, unreadable);
  const events = readable.flatMap(({ recorded }) => recorded ?? []);
  try {
    const bundles = bundlesOf(events);
    await Promise.all(bundles.map(({ key, text }) => archive().put(key, text)));
    log('INFO', 'EVENTS_ARCHIVED', { events: events.length, bundles: bundles.length });
  } catch (error) {
    log('ERROR', 'EVENTS_NOT_ARCHIVED', { events: events.length, ...errorFields(error) });
    return again(event.Records[0]?.dynamodb?.SequenceNumber ?? '');
  }
  const { sequenceNumber } = rows[unreadable] ?? {};
  if (sequenceNumber === undefined) return { batchItemFailures: [] };
  log('ERROR', 'EVENT_UNREADABLE', { sequenceNumber });
  return again(sequenceNumber);
}
