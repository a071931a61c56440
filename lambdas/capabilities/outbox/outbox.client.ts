/** The outbox queue. */
import { STORE_CALL } from '../../ground/platform/aws-clients.ts';
import { once } from '../../ground/platform/once.ts';
import type { OutboxPort } from './outbox.port.ts';
import type { LinkMessage, OutboxMessage } from './outbox.rules.ts';

export class QueueUnavailable extends Error {
  override readonly name = 'QueueUnavailable';
}

export class Outbox implements OutboxPort {
  readonly #queueUrl: string;
  readonly #sqs = once(async () => {
    const { SendMessageCommand, SQSClient } = await import('../../ground/platform/sdk/sqs.ts');
    return {
      client: new SQSClient(STORE_CALL),
      SendMessageCommand,
    };
  });

  constructor(queueUrl: string) {
    this.#queueUrl = queueUrl;
  }

  async put(message: OutboxMessage): Promise<void> {
    try {
      const { client, SendMessageCommand } = await this.#sqs();
      await client.send(
        new SendMessageCommand({
          QueueUrl: this.#queueUrl,
          MessageBody: JSON.stringify(message),
        }),
      );
    } catch (error) {
      throw new QueueUnavailable('SQS did not take the message; nothing was sent. Try again.', {
        cause: error,
      });
    }
  }

  async sendLink(link: Omit<LinkMessage, 'kind'>): Promise<void> {
    await this.put({ kind: 'LINK', ...link });
  }
}
