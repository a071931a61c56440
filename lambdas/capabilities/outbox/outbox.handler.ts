/**
 * The outbox worker: handles each queued message, and reports those that the queue must bring
 * again.
 */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { errorFields, log } from '../../ground/platform/log.ts';
import { once } from '../../ground/platform/once.ts';
import type { OutboxMessage } from './outbox.rules.ts';
import { wireOutbox } from './outbox.wiring.ts';
import { handleOutboxMessage } from './handle-message.ts';

const wired = once(wireOutbox);

export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { body, messageId } of Records) {
    let kind: OutboxMessage['kind'] | undefined;
    try {
      const message = JSON.parse(body) as OutboxMessage;
      ({ kind } = message);
      const outcome = await handleOutboxMessage(wired(), message);
      log('INFO', 'OUTBOX_HANDLED', { kind, outcome });
    } catch (error) {
      log('ERROR', 'OUTBOX_FAILED', { kind, ...errorFields(error) });
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}
