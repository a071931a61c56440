import { failuresOf, type Consumer } from '../lambda/event-source.ts';
import { bodyMd5 } from './message-digest.ts';
import type { Queue, StoredMessage } from './queues.ts';

/**
 * Gives a queue's messages to a function as they become visible.
 * A message that fails stays hidden for the queue's visibility timeout, and then comes back.
 */
export function pollQueue(queue: Queue, region: string, consumer: Consumer): void {
  const { mapping, invoke, reportFailure } = consumer;
  const deliver = async (messages: StoredMessage[]): Promise<void> => {
    const event = { Records: messages.map((message) => recordOf(message, queue, region)) };
    const failed = failedIds(failuresOf(await invoke(event), mapping), messages);
    for (const { id, receiptHandle } of messages)
      if (!failed.has(id)) queue.remove(receiptHandle ?? '');
  };
  queue.onVisible(() => {
    for (;;) {
      const messages = queue.receive(mapping.BatchSize);
      if (messages.length === 0) return;
      deliver(messages).catch(reportFailure);
    }
  });
}

/** An id that is not in the batch makes Lambda treat the whole batch as failed. */
function failedIds(reported: string[] | undefined, messages: StoredMessage[]): Set<string> {
  const all = new Set(messages.map(({ id }) => id));
  return reported?.every((id) => all.has(id)) === true ? new Set(reported) : all;
}

function recordOf(message: StoredMessage, { arn }: Queue, region: string): object {
  const { id, receiptHandle, body, attributes, receiveCount, sentAt } = message;
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
