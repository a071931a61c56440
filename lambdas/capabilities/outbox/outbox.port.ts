import type { LinkMessage, OutboxMessage } from './outbox.rules.ts';

export interface OutboxPort {
  /** Throws QueueUnavailable; nothing is sent then. */
  put: (message: OutboxMessage) => Promise<void>;
  /** Throws QueueUnavailable; nothing is sent then. */
  sendLink: (link: Omit<LinkMessage, 'kind'>) => Promise<void>;
}
