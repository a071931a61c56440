import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { errorFields, type Log } from '../platform/log.ts';
import { bundlesOf } from './archive.rules.ts';
import { again, newEventsOf } from './audit-stream.ts';

export interface ArchiveDeps {
  archive: { put: (key: string, text: string) => Promise<void> };
  log: Log;
}

/**
 * Copies new audit events into the archive, a batch at a time. If a bundle is not written, the
 * stream brings the whole batch again. A row that is not an event comes again with what follows it,
 * until the stream sets it aside.
 */
export async function archiveEvents(
  { archive, log }: ArchiveDeps,
  event: DynamoDBStreamEvent,
): Promise<DynamoDBBatchResponse> {
  const rows = newEventsOf(event);
  const unreadable = rows.findIndex(({ recorded }) => recorded === undefined);
  const readable = unreadable < 0 ? rows : rows.slice(0, unreadable);
  const events = readable.flatMap(({ recorded }) => recorded ?? []);
  try {
    const bundles = bundlesOf(events);
    await Promise.all(bundles.map(({ key, text }) => archive.put(key, text)));
    if (events.length > 0)
      log('INFO', 'EVENTS_ARCHIVED', { events: events.length, bundles: bundles.length });
  } catch (error) {
    log('ERROR', 'EVENTS_NOT_ARCHIVED', { events: events.length, ...errorFields(error) });
    return again(rows[0]?.sequenceNumber ?? '');
  }
  const { sequenceNumber } = rows[unreadable] ?? {};
  if (sequenceNumber === undefined) return { batchItemFailures: [] };
  log('ERROR', 'EVENT_UNREADABLE', { sequenceNumber });
  return again(sequenceNumber);
}
