/** Copies every new audit event into the archive. */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { log } from '../platform/log.ts';
import { once } from '../platform/once.ts';
import { archiveKey, archiveText } from './archive.rules.ts';
import { wireArchive } from './archive.wiring.ts';
import { forEachNewEvent } from './audit-stream.ts';

const archive = once(wireArchive);

export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const response = await forEachNewEvent(event, log, (recorded) =>
    archive().put(archiveKey(recorded), archiveText(recorded)),
  );
  log('INFO', 'EVENTS_ARCHIVED', {
    events: event.Records.length,
    failed: response.batchItemFailures.length,
  });
  return response;
}
