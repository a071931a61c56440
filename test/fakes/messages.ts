/** Mailboxes and phones that keep what they receive. */
import { DeliveryFailed } from '../../lambdas/capabilities/messages/delivery-failed.rules.ts';
import type {
  EmailPort,
  EmailToSend,
  TextPort,
  TextToSend,
} from '../../lambdas/capabilities/messages/messages.port.ts';
import { Faulty } from './faulty.ts';

function codeIn(text: string): string {
  const code = /\b\d{6}\b/.exec(text)?.[0];
  if (code === undefined) throw new Error('The last message has no code.');
  return code;
}

/** As the SDK reports it: an answer has a status, a lost one has the code of its timeout. */
function failure(message: string, answerIsLost: boolean): DeliveryFailed {
  const fault = answerIsLost ? { code: 'ETIMEDOUT' } : { $metadata: { httpStatusCode: 500 } };
  return new DeliveryFailed(message, { cause: Object.assign(new Error(message), fault) });
}

export class Mailbox extends Faulty<'send'> implements EmailPort {
  readonly sent: EmailToSend[] = [];

  protected override outage(_operation: 'send', answerIsLost: boolean): Error {
    return failure('SES was made to fail.', answerIsLost);
  }

  async send(message: EmailToSend): Promise<void> {
    await this.run('send', () => this.sent.push(message));
  }

  lastCode(): string {
    return codeIn(this.sent.at(-1)?.email.text ?? '');
  }

  /** The token of the link that was mailed last. */
  lastLinkToken(): string {
    const token = /\/register#([\w-]{43})/.exec(this.sent.at(-1)?.email.text ?? '')?.[1];
    if (token === undefined) throw new Error('The last message has no link.');
    return token;
  }
}

export class Texts extends Faulty<'send'> implements TextPort {
  readonly sent: TextToSend[] = [];

  protected override outage(_operation: 'send', answerIsLost: boolean): Error {
    return failure('SNS was made to fail.', answerIsLost);
  }

  async send(message: TextToSend): Promise<void> {
    await this.run('send', () => this.sent.push(message));
  }

  lastCode(): string {
    return codeIn(this.sent.at(-1)?.text ?? '');
  }
}
