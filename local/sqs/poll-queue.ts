import type { Mapping } from '../lambda/event-sources.ts';
import type { Lambda } from '../lambda/lambda.ts';
import type { Outcome } from '../lambda/runtime.ts';
import { bodyMd5, type Queue, type StoredMessage } from './queues.ts';

/** What a poller of one queue needs. */
export interface QueuePolling {
  queue: Queue;
  mapping: Mapping;
  functionArn: string;
  lambda: Lambda;
  region: string;
  onError(error: unknown): void;
}

/** Gives a queue's messages to its function as they become visible. What fails stays hidden for the queue's visibility timeout and comes back. */
export function pollQueue({
  queue,
  mapping,
  functionArn,
  lambda,
  region,
  onError,
}: QueuePolling): void {
  const deliver = async (messages: StoredMessage[]): Promise<void> => {
    const event = { Records: messages.map((message) => recordOf(message, queue, region)) };
    const outcome = await lambda.invokeMapped(functionArn, event);
    const failed = failedIds(outcome, mapping, messages);
    for (const { id, receiptHandle } of messages) {
      if (!failed.has(id)) queue.remove(receiptHandle ?? '');
    }
  };
  queue.onVisible(() => {
    for (
      let messages = queue.receive(mapping.BatchSize);
      messages.length > 0;
      messages = queue.receive(mapping.BatchSize)
    ) {
      deliver(messages).catch(onError);
    }
  });
}

function failedIds(
  outcome: Outcome | undefined,
  { FunctionResponseTypes }: Mapping,
  messages: StoredMessage[],
): Set<string> {
  const all = new Set(messages.map(({ id }) => id));
  if (outcome?.kind !== 'returned') return all;
  if (!FunctionResponseTypes.includes('ReportBatchItemFailures')) return new Set();
  const failures =
    (outcome.payload as { batchItemFailures?: { itemIdentifier?: unknown }[] } | null)
      ?.batchItemFailures ?? [];
  const ids = failures.map(({ itemIdentifier }) => String(itemIdentifier));
  // An id that is not in the batch makes Lambda take the whole batch for failed.
  return ids.every((id) => all.has(id)) ? new Set(ids) : all;
}

function recordOf(
  { id, receiptHandle, body, attributes, receiveCount, sentAt }: StoredMessage,
  { arn }: Queue,
  region: string,
): object {
  return {
    messageId: id,
    receiptHandle,
    body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(sentAt),
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: String(sentAt),
    },
    messageAttributes: attributes,
    md5OfBody: bodyMd5(body),
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: region,
  };
}
