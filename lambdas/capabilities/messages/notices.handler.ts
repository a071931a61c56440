/**
 * Follows the audit trail: sends the notices that new events call for, and finishes sign-outs that
 * are due.
 */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { forEachNewEvent } from '../../ground/audit/audit-stream.ts';
import { log } from '../../ground/platform/log.ts';
import { once } from '../../ground/platform/once.ts';
import { followEvent } from './notices.ts';
import { wireNotices } from './notices.wiring.ts';

const wired = once(wireNotices);

export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  return forEachNewEvent(event, log, async (recorded) => {
    const outcome = await followEvent(wired(), recorded);
    if (outcome === 'SENT')
      log('INFO', 'NOTICE_SENT', { event: recorded.event, eventId: recorded.eventId });
  });
}
