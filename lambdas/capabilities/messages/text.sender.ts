/** Text messages by SNS: transactional, one attempt, at most two seconds. */
import { SEND_CALL } from '../../ground/platform/aws-clients.ts';
import { once } from '../../ground/platform/once.ts';
import { DeliveryFailed } from './delivery-failed.rules.ts';

export class SnsTextSender {
  readonly #originationNumber: string | undefined;
  readonly #sns = once(async () => {
    const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
    return { client: new SNSClient(SEND_CALL), PublishCommand };
  });

  constructor(originationNumber?: string) {
    this.#originationNumber = originationNumber;
  }

  /** To an E.164 number. Throws DeliveryFailed. */
  async send(to: string, text: string): Promise<void> {
    const attribute = (value: string) => ({ DataType: 'String', StringValue: value });
    try {
      const { client, PublishCommand } = await this.#sns();
      await client.send(
        new PublishCommand({
          PhoneNumber: to,
          Message: text,
          MessageAttributes: {
            'AWS.SNS.SMS.SMSType': attribute('Transactional'),
            ...(this.#originationNumber === undefined
              ? {}
              : { 'AWS.MM.SMS.OriginationNumber': attribute(this.#originationNumber) }),
          },
        }),
      );
    } catch (error) {
      throw new DeliveryFailed('SNS did not take the text message.', { cause: error });
    }
  }
}
