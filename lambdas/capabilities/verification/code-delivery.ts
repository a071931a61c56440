/** Sends a one-time code to a destination by the factor's own way. */
import type { Factor } from '../../../contract/challenges.ts';
import type { Language } from '../../../contract/languages.ts';
import { layOut } from '../messages/layout.rules.ts';
import type { EmailPort, TextPort } from '../messages/messages.port.ts';
import type { Purpose } from '../messages/purposes.rules.ts';
import { codeEmail, codeText } from '../messages/wording.rules.ts';

export interface CodeToSend {
  factor: Factor;
  destination: string;
  purpose: Purpose;
  language: Language;
  digits: string;
  lifeMs: number;
  accountId: string;
}

export interface CodeDeliveryPort {
  /** Throws DeliveryFailed. */
  send: (code: CodeToSend) => Promise<void>;
}

export interface CodeDeliveryDeps {
  portal: { name: string; host: string };
  /** Absent where the function sends no e-mails. */
  email: EmailPort | undefined;
  /** Absent where the function sends no texts. */
  text: TextPort | undefined;
}

export class CodeDelivery implements CodeDeliveryPort {
  readonly #deps: CodeDeliveryDeps;

  constructor(deps: CodeDeliveryDeps) {
    this.#deps = deps;
  }

  async send(code: CodeToSend): Promise<void> {
    const { factor, destination, purpose, digits, accountId, language, lifeMs } = code;
    const said = {
      language,
      purpose,
      code: digits,
      lifeMs,
    };
    const { portal, email, text } = this.#deps;
    if (factor === 'EMAIL' && email !== undefined) {
      const wording = codeEmail({ ...said, portalName: portal.name });
      const message = {
        to: destination,
        email: layOut(wording, portal.name),
        purpose,
        accountId,
      };
      await email.send(message);
    } else if (factor === 'SMS' && text !== undefined) {
      const wording = codeText({ ...said, portal });
      await text.send({
        to: destination,
        text: wording,
        purpose,
      });
    } else throw new Error(`This function sends no codes by ${factor}: state that it needs to.`);
  }
}
