import type { Email } from './layout.rules.ts';

/**
 * What a message is for, in the log line of a send that fails: a purpose of codes, a link, or a
 * notice's name.
 */
export interface EmailToSend {
  to: string;
  email: Email;
  purpose: string;
  /** Whose address it is: a bounce is recorded for that account. */
  accountId?: string | undefined;
}

export interface EmailPort {
  /** Throws DeliveryFailed, after a log line `EMAIL_NOT_SENT` that names the cause. */
  send: (message: EmailToSend) => Promise<void>;
}

export interface TextToSend {
  /** E.164. */
  to: string;
  text: string;
  purpose: string;
}

export interface TextPort {
  /** Throws DeliveryFailed, after a log line `TEXT_NOT_SENT` that names the cause. */
  send: (message: TextToSend) => Promise<void>;
}
