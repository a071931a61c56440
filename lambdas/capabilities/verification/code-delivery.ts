/** Sends a one-time code to a destination by the factor's own way. */
import type { Factor } from '../../../contract/challenges.ts';
import type { CodePurpose } from './codes.rules.ts';
import { type Email, layOut } from '../messages/layout.rules.ts';
import { codeEmail, codeText } from '../messages/wording.rules.ts';

export interface EmailSender {
  /** Throws DeliveryFailed. */
  send(to: string, email: Email): Promise<void>;
}

export interface TextSender {
  /** To an E.164 number. Throws DeliveryFailed. */
  send(to: string, text: string): Promise<void>;
}

export interface CodeToSend {
  factor: Factor;
  destination: string;
  purpose: CodePurpose;
  digits: string;
  lifeMs: number;
}

export interface CodeDelivery {
  /** Throws DeliveryFailed. */
  send(code: CodeToSend): Promise<void>;
}

export class MessageCodeDelivery implements CodeDelivery {
  readonly #portalName: string;
  readonly #email: EmailSender;
  readonly #text: TextSender;

  constructor(portalName: string, email: EmailSender, text: TextSender) {
    this.#portalName = portalName;
    this.#email = email;
    this.#text = text;
  }

  async send({ factor, destination, purpose, digits, lifeMs }: CodeToSend): Promise<void> {
    if (factor === 'EMAIL') {
      await this.#email.send(
        destination,
        layOut(codeEmail(this.#portalName, purpose, digits, lifeMs), this.#portalName),
      );
    } else {
      await this.#text.send(destination, codeText(this.#portalName, purpose, digits, lifeMs));
    }
  }
}
