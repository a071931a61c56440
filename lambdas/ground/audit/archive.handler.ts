/** Copies every new audit event into the archive, a batch at a time. */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { errorFields, log } from '../platform/log.ts';
import { once } from '../platform/once.ts';
import { bundlesOf } from './archive.rules.ts';
import { wireArchive } from './archive.wiring.ts';
import { newEventsOf } from './audit-stream.ts';

const archive = once(wireArchive);

/** If a bundle is not written, the stream brings the whole batch again. */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const events = newEventsOf(event).map(({ recorded }) => recorded);
  const bundles = bundlesOf(events);
  try {
    await Promise.all(bundles.map(({ key, text }) => archive().put(key, text)));
  } catch (error) {
    log('ERROR', 'EVENTS_NOT_ARCHIVED', { events: events.length, ...errorFields(error) });
    const first = event.Records[0]?.dynamodb?.SequenceNumber ?? '';
    return { batchItemFailures: [{ itemIdentifier: first }] };
  }
  log('INFO', 'EVENTS_ARCHIVED', { events: events.length, bundles: bundles.length });
  return { batchItemFailures: [] };
}
