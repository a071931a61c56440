import type { OutboxPort } from '../../lambdas/capabilities/outbox/outbox.port.ts';
import type { LinkMessage, OutboxMessage } from '../../lambdas/capabilities/outbox/outbox.rules.ts';
import { Faulty } from './faulty.ts';
import { outageNamed } from './outage.ts';

/** A queue that keeps what is put into it. */
export class RecordingOutbox extends Faulty<'put'> implements OutboxPort {
  readonly messages: OutboxMessage[] = [];

  protected override outage(): Error {
    return outageNamed('QueueUnavailable');
  }

  readonly put = async (message: OutboxMessage): Promise<void> => {
    await this.run('put', () => this.messages.push(message));
  };

  readonly sendLink = (link: Omit<LinkMessage, 'kind'>): Promise<void> =>
    this.put({ kind: 'LINK', ...link });

  last(): OutboxMessage {
    const message = this.messages.at(-1);
    if (message === undefined) throw new Error('Nothing was put into the outbox.');
    return message;
  }
}
