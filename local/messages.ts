import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { State } from './state.ts';

/** An e-mail or text message that would have gone out. */
interface OutgoingMessage {
  id: string;
  channel: 'EMAIL' | 'SMS';
  to: string;
  from: string;
  /** ISO 8601, on the emulated clock. */
  at: string;
  subject?: string;
  text: string;
  html?: string;
}

/** Where sent messages end up. */
export interface Mailbox {
  /** @returns the message's id */
  deliver: (message: Omit<OutgoingMessage, 'id' | 'at'>) => string;
  /** Newest first. */
  read: (filter: { to?: string | undefined; channel?: string | undefined }) => OutgoingMessage[];
  empty: () => void;
}

const KEPT_MESSAGES = 10_000;

export function createMailbox(clock: Clock, state: State): Mailbox {
  const section = state.section<{ messages: OutgoingMessage[] }>('messages', () => ({
    messages: [],
  }));
  return {
    deliver(message) {
      const id = randomUUID();
      section.value.messages.unshift({
        id,
        at: new Date(clock.now()).toISOString(),
        ...message,
      });
      section.value.messages.splice(KEPT_MESSAGES);
      section.changed();
      return id;
    },
    read: ({ to, channel }) =>
      section.value.messages.filter(
        (message) =>
          (to === undefined || message.to.toLowerCase() === to.toLowerCase()) &&
          (channel === undefined || message.channel === channel),
      ),
    empty() {
      section.value.messages = [];
      section.changed();
    },
  };
}
