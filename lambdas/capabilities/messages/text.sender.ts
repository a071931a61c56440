/** Text messages by SNS: transactional, one attempt, at most two seconds. */
import { SEND_CALL } from '../../ground/platform/aws-clients.ts';
import { errorFields, type Log } from '../../ground/platform/log.ts';
import { once } from '../../ground/platform/once.ts';
import { causeClassOf, DeliveryFailed } from './delivery-failed.rules.ts';
import type { TextPort, TextToSend } from './messages.port.ts';

export interface TextSenderDeps {
  originationNumber: string | undefined;
  log: Log;
}

export class SnsTextSender implements TextPort {
  readonly #deps: TextSenderDeps;
  readonly #sns = once(async () => {
    const { PublishCommand, SNSClient } = await import('../../ground/platform/sdk/sns.ts');
    return { client: new SNSClient(SEND_CALL), PublishCommand };
  });

  constructor(deps: TextSenderDeps) {
    this.#deps = deps;
  }

  async send({ to, text, purpose }: TextToSend): Promise<void> {
    const { originationNumber, log } = this.#deps;
    const attribute = (value: string) => ({ DataType: 'String', StringValue: value });
    const origin =
      originationNumber === undefined
        ? {}
        : { 'AWS.MM.SMS.OriginationNumber': attribute(originationNumber) };
    try {
      const { client, PublishCommand } = await this.#sns();
      const attributes = {
        'AWS.SNS.SMS.SMSType': attribute('Transactional'),
        ...origin,
      };
      await client.send(
        new PublishCommand({
          PhoneNumber: to,
          Message: text,
          MessageAttributes: attributes,
        }),
      );
      log('INFO', 'TEXT_SENT', { purpose });
    } catch (error) {
      log('ERROR', 'TEXT_NOT_SENT', {
        purpose,
        causeClass: causeClassOf(error),
        ...errorFields(error),
      });
      throw new DeliveryFailed('SNS did not take the text message.', { cause: error });
    }
  }
}
