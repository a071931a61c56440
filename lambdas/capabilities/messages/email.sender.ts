/** E-mail by SES: one attempt, at most two seconds. */
import { SEND_CALL } from '../../ground/platform/aws-clients.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { errorFields, type Log } from '../../ground/platform/log.ts';
import { once } from '../../ground/platform/once.ts';
import { ACCOUNT_TAG } from './bounces.rules.ts';
import { causeClassOf, DeliveryFailed } from './delivery-failed.rules.ts';
import type { EmailPort, EmailToSend } from './messages.port.ts';

export interface EmailSenderDeps {
  settings: Pick<FunctionSettings, 'sender' | 'portalName'>;
  configurationSet: string;
  log: Log;
}

export class SesEmailSender implements EmailPort {
  readonly #deps: EmailSenderDeps;
  readonly #ses = once(async () => {
    const { SendEmailCommand, SESClient } = await import('../../ground/platform/sdk/ses.ts');
    return { client: new SESClient(SEND_CALL), SendEmailCommand };
  });

  constructor(deps: EmailSenderDeps) {
    this.#deps = deps;
  }

  async send({ to, email, purpose, accountId }: EmailToSend): Promise<void> {
    const { settings, configurationSet, log } = this.#deps;
    const { sender, portalName } = settings;
    const content = (data: string) => ({ Charset: 'UTF-8', Data: data });
    try {
      const { client, SendEmailCommand } = await this.#ses();
      const input = definite({
        Source: `${displayName(portalName)} <${sender.email}>`,
        ReplyToAddresses: sender.replyTo === undefined ? undefined : [sender.replyTo],
        ConfigurationSetName: configurationSet,
        Tags: accountId === undefined ? undefined : [{ Name: ACCOUNT_TAG, Value: accountId }],
        Destination: { ToAddresses: [to] },
        Message: {
          Subject: content(email.subject),
          Body: {
            Text: content(email.text),
            Html: content(email.html),
          },
        },
      });
      await client.send(new SendEmailCommand(input));
      log('INFO', 'EMAIL_SENT', { purpose });
    } catch (error) {
      log('ERROR', 'EMAIL_NOT_SENT', {
        purpose,
        causeClass: causeClassOf(error),
        ...errorFields(error),
      });
      throw new DeliveryFailed('SES did not take the e-mail.', { cause: error });
    }
  }
}

/**
 * A display name for a mailbox: quoted (RFC 5322), or an encoded word where it is not ASCII (RFC
 * 2047).
 */
function displayName(name: string): string {
  const isAscii = /^[\x20-\x7e]*$/.test(name);
  if (isAscii) return `"${name.replace(/["\\]/g, '')}"`;
  return `=?UTF-8?B?${Buffer.from(name, 'utf8').toString('base64')}?=`;
}
