import { beforeEach, describe, expect, test } from '@jest/globals';
import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { SesEmailSender } from '../../../lambdas/capabilities/messages/email.sender.ts';
import { SnsTextSender } from '../../../lambdas/capabilities/messages/text.sender.ts';
import { settings, type SomeSettings } from '../../fakes/builders.ts';
import { RecordingLog } from '../../fakes/recording-log.ts';
import { awsError } from './aws-error.ts';

const ses = mockClient(SESClient);
const sns = mockClient(SNSClient);
beforeEach(() => {
  ses.reset();
  sns.reset();
});

const ADDRESS = 'pat@cedargrove.example';
const NUMBER = '+12025550143';

describe('the sender of e-mails', () => {
  const sender = (some: SomeSettings = {}) => {
    const lines = new RecordingLog();
    const deps = { settings: settings(some), configurationSet: 'the-set', log: lines.log };
    const email = { subject: 'S', text: 'T', html: '<p>H</p>' };
    const send = () => new SesEmailSender(deps).send({ to: ADDRESS, email, purpose: 'SIGN_IN' });
    return { lines, send };
  };

  test('sends text and HTML from the portal, by its configuration set', async () => {
    ses.on(SendEmailCommand).resolves({ MessageId: 'm' });
    await sender().send();
    expect(ses.commandCalls(SendEmailCommand).map(({ args }) => args[0].input)).toEqual([
      {
        Source: '"Cedar Provider Portal" <no-reply@portal.example>',
        ConfigurationSetName: 'the-set',
        Destination: { ToAddresses: [ADDRESS] },
        Message: {
          Subject: { Charset: 'UTF-8', Data: 'S' },
          Body: {
            Text: { Charset: 'UTF-8', Data: 'T' },
            Html: { Charset: 'UTF-8', Data: '<p>H</p>' },
          },
        },
      },
    ]);
  });

  test.each([
    ['a quoted name without quotes', 'A "B" \\ C', '"A B  C" <a@b.example>'],
    ['an encoded word where it is not ASCII', 'Zoë', '=?UTF-8?B?Wm/Dqw==?= <a@b.example>'],
  ])('writes the portal as %s', async (_what, portalName, Source) => {
    ses.on(SendEmailCommand).resolves({ MessageId: 'm' });
    const from = { email: 'a@b.example', replyTo: 'help@b.example' };
    await sender({ portalName, sender: from }).send();
    expect(ses.commandCalls(SendEmailCommand)[0]?.args[0].input).toMatchObject({
      Source,
      ReplyToAddresses: ['help@b.example'],
    });
  });

  test('reports what SES does not take as DeliveryFailed, and logs purpose and cause but no address', async () => {
    ses.on(SendEmailCommand).rejects(awsError('MessageRejected', `${ADDRESS} is not verified`));
    const { lines, send } = sender();
    await expect(send()).rejects.toMatchObject({
      name: 'DeliveryFailed',
      cause: { name: 'MessageRejected' },
    });
    expect(lines.lines).toMatchObject([
      { level: 'ERROR', code: 'EMAIL_NOT_SENT', purpose: 'SIGN_IN', error: 'MessageRejected' },
    ]);
    expect(JSON.stringify(lines.lines)).not.toContain(ADDRESS);
  });

  test('tries once: a repeat could reach a person twice', async () => {
    ses.on(SendEmailCommand).rejects(awsError('ThrottlingException'));
    await expect(sender().send()).rejects.toThrow();
    expect(ses.commandCalls(SendEmailCommand)).toHaveLength(1);
  });
});

describe('the sender of texts', () => {
  const sender = (originationNumber?: string) => {
    const lines = new RecordingLog();
    const texts = new SnsTextSender({ originationNumber, log: lines.log });
    const send = () => texts.send({ to: NUMBER, text: 'T', purpose: 'SIGN_IN' });
    return { lines, send };
  };
  const input = () => sns.commandCalls(PublishCommand)[0]?.args[0].input;

  test('sends a transactional message', async () => {
    sns.on(PublishCommand).resolves({ MessageId: 'm' });
    await sender().send();
    expect(input()).toEqual({
      PhoneNumber: NUMBER,
      Message: 'T',
      MessageAttributes: {
        'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
      },
    });
  });

  test('sends from the number of the stage where it has one', async () => {
    sns.on(PublishCommand).resolves({ MessageId: 'm' });
    await sender('+18005550100').send();
    expect(input()).toHaveProperty(
      ['MessageAttributes', 'AWS.MM.SMS.OriginationNumber', 'StringValue'],
      '+18005550100',
    );
  });

  test('reports what SNS does not take as DeliveryFailed, and logs purpose and cause but no number', async () => {
    sns.on(PublishCommand).rejects(awsError('InvalidParameter', `${NUMBER} is opted out`));
    const { lines, send } = sender();
    await expect(send()).rejects.toMatchObject({ name: 'DeliveryFailed' });
    expect(lines.lines).toMatchObject([
      { level: 'ERROR', code: 'TEXT_NOT_SENT', purpose: 'SIGN_IN', error: 'InvalidParameter' },
    ]);
    expect(JSON.stringify(lines.lines)).not.toContain(NUMBER);
  });
});
