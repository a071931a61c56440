/** Copies every new audit event into the archive. */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { log } from '../platform/log.ts';
import { once } from '../platform/once.ts';
import { archiveEvents } from './archive.ts';
import { wireArchive } from './archive.wiring.ts';

const archive = once(wireArchive);

export function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  return archiveEvents({ archive: archive(), log }, event);
}
