/** E-mail by SES: one attempt, at most two seconds. */
import { SEND_CALL } from '../../ground/platform/aws-clients.ts';
import { once } from '../../ground/platform/once.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { DeliveryFailed } from './delivery-failed.rules.ts';
import type { Email } from './layout.rules.ts';

export class SesEmailSender {
  readonly #sender: FunctionSettings['sender'];
  readonly #portalName: string;
  readonly #configurationSet: string;
  readonly #ses = once(async () => {
    const { SendEmailCommand, SESClient } = await import('@aws-sdk/client-ses');
    return { client: new SESClient(SEND_CALL), SendEmailCommand };
  });

  constructor(settings: Pick<FunctionSettings, 'sender' | 'portalName'>, configurationSet: string) {
    this.#sender = settings.sender;
    this.#portalName = settings.portalName;
    this.#configurationSet = configurationSet;
  }

  /** Throws DeliveryFailed. */
  async send(to: string, { subject, text, html }: Email): Promise<void> {
    const content = (data: string) => ({ Charset: 'UTF-8', Data: data });
    try {
      const { client, SendEmailCommand } = await this.#ses();
      await client.send(
        new SendEmailCommand({
          Source: `${displayName(this.#portalName)} <${this.#sender.email}>`,
          ...(this.#sender.replyTo === undefined
            ? {}
            : { ReplyToAddresses: [this.#sender.replyTo] }),
          ConfigurationSetName: this.#configurationSet,
          Destination: { ToAddresses: [to] },
          Message: {
            Subject: content(subject),
            Body: { Text: content(text), Html: content(html) },
          },
        }),
      );
    } catch (error) {
      throw new DeliveryFailed('SES did not take the e-mail.', { cause: error });
    }
  }
}

/** A display name for a mailbox: quoted (RFC 5322), or an encoded word where it is not ASCII (RFC 2047). */
function displayName(name: string): string {
  const isAscii = /^[\x20-\x7e]*$/.test(name);
  return isAscii
    ? `"${name.replace(/["\\]/g, '')}"`
    : `=?UTF-8?B?${Buffer.from(name, 'utf8').toString('base64')}?=`;
}
