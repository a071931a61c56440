/** The services that send: SES and SNS. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { LocalContext } from '../../../local/context.ts';
import type { Reply } from '../../../local/gateway/messages.ts';
import { create as createSes } from '../../../local/ses/ses.ts';
import { create as createSns } from '../../../local/sns/sns.ts';
import { callerOf, contextWith } from '../context.ts';
import { role, STRANGER, type CallParts } from '../requests.ts';

let context: LocalContext;
let ses: (operation: string, parts?: CallParts) => Promise<Reply>;
let sns: (operation: string, parts?: CallParts) => Promise<Reply>;
beforeEach(() => {
  context = contextWith({
    Set: { Type: 'AWS::SES::ConfigurationSet', Properties: { Name: 'notices' } },
    Silent: { Type: 'AWS::SES::ConfigurationSet', Properties: { Name: 'silent' } },
    Events: {
      Type: 'AWS::SES::ConfigurationSetEventDestination',
      Properties: {
        ConfigurationSetName: 'notices',
        EventDestination: {
          Enabled: true,
          MatchingEventTypes: ['bounce'],
          EventBridgeDestination: {
            EventBusArn: 'arn:aws:events:us-east-1:000000000000:event-bus/default',
          },
        },
      },
    },
  });
  ses = callerOf('ses', createSes(context));
  sns = callerOf('sns', createSns(context));
});
const form = (members: Record<string, string | undefined>): string =>
  new URLSearchParams(
    Object.entries(members).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as [string, string]],
    ),
  ).toString();
const sent = () => context.mailbox.read({});

const MAIL = {
  Source: '"Portal" <no-reply@portal.example>',
  'Destination.ToAddresses.member.1': 'pat@test.example',
  'Message.Subject.Data': 'Your code',
  'Message.Body.Text.Data': 'It is 123456.',
};
const mail = async (more: Record<string, string | undefined> = {}, parts: CallParts = {}) =>
  await ses('SendEmail', { body: form({ ...MAIL, ...more }), ...parts });

describe('SES', () => {
  test('delivers a mail to the mailbox, and answers with its id', async () => {
    const { body } = await mail();
    const [message] = sent();
    expect(message).toMatchObject({
      channel: 'EMAIL',
      to: 'pat@test.example',
      from: MAIL.Source,
      subject: 'Your code',
      text: 'It is 123456.',
    });
    expect(message).not.toHaveProperty('html');
    expect(String(body)).toContain(`<MessageId>${message?.id}</MessageId>`);
  });

  test.each<[string, string | undefined, string, string[]]>([
    ['a bounce that the configuration set publishes', 'notices', 'bounce', ['Email Bounced']],
    ['no complaint, which it does not publish', 'notices', 'complaint', []],
    ['nothing of a configuration set without a destination', 'silent', 'bounce', []],
    ['nothing of a mail without a configuration set', undefined, 'bounce', []],
  ])('publishes %s', async (_what, ConfigurationSetName, fate, published) => {
    const seen: string[] = [];
    context.events.subscribe(({ detailType }) => seen.push(detailType));
    const to = `${fate}@simulator.amazonses.com`;
    await mail({ 'Destination.ToAddresses.member.1': to, ConfigurationSetName });
    expect(seen).toEqual(published);
  });

  test('keeps the HTML beside the text', async () => {
    await mail({ 'Message.Body.Html.Data': '<b>123456</b>' });
    expect(sent()[0]?.html).toBe('<b>123456</b>');
  });

  test.each<[string, Record<string, string | undefined>, string]>([
    ['without a sender', { Source: undefined }, 'ValidationError'],
    ['without a subject', { 'Message.Subject.Data': '' }, 'ValidationError'],
    ['to nobody', { 'Destination.ToAddresses.member.1': undefined }, 'InvalidParameterValue'],
    [
      'to two people',
      { 'Destination.ToAddresses.member.2': 'a@b.example' },
      'InvalidParameterValue',
    ],
    [
      'to what is not an address',
      { 'Destination.ToAddresses.member.1': 'pat' },
      'InvalidParameterValue',
    ],
    [
      'by an unknown configuration set',
      { ConfigurationSetName: 'other' },
      'ConfigurationSetDoesNotExist',
    ],
  ])('refuses a mail %s, and delivers nothing', async (_what, more, code) => {
    await expect(mail(more)).rejects.toMatchObject({ code });
    expect(sent()).toEqual([]);
  });

  test('refuses other operations', async () => {
    await expect(ses('SendEmailV2')).rejects.toThrow('The local machine has no SES operation');
  });

  const identity = (name: string): string => `arn:aws:ses:us-east-1:000000000000:identity/${name}`;
  const sender = (Resource: unknown, more: object = {}) =>
    role({ Effect: 'Allow', Action: 'ses:SendEmail', Resource, ...more });

  test.each<[string, unknown, object, boolean]>([
    ['the address', identity('no-reply@portal.example'), {}, true],
    ['the domain', identity('portal.example'), {}, true],
    ['another domain', identity('other.example'), {}, false],
    [
      'the domain, from this address',
      identity('portal.example'),
      { Condition: { StringEquals: { 'ses:FromAddress': 'no-reply@portal.example' } } },
      true,
    ],
    [
      'the domain, from another address',
      identity('portal.example'),
      { Condition: { StringEquals: { 'ses:FromAddress': 'boss@portal.example' } } },
      false,
    ],
    [
      'the domain, under this name',
      identity('portal.example'),
      { Condition: { StringEquals: { 'ses:FromDisplayName': 'Portal' } } },
      true,
    ],
  ])('lets a role send for %s: %s', async (_what, resource, more, expected) => {
    const outcome = await mail({}, { principal: sender(resource, more) }).then(
      () => true,
      () => false,
    );
    expect([outcome, sent().length]).toEqual([expected, expected ? 1 : 0]);
  });

  test('needs permission on the configuration set too', async () => {
    const set = 'arn:aws:ses:us-east-1:000000000000:configuration-set/notices';
    const one = sender(identity('portal.example'));
    const both = sender([identity('portal.example'), set]);
    const more = { ConfigurationSetName: 'notices' };
    await expect(mail(more, { principal: one })).rejects.toMatchObject({ code: 'AccessDenied' });
    await expect(mail(more, { principal: both })).resolves.toBeDefined();
  });

  test('refuses strangers', async () => {
    await expect(mail({}, { principal: STRANGER })).rejects.toMatchObject({
      code: 'InvalidClientTokenId',
      status: 403,
    });
  });
});

describe('SNS', () => {
  const text = async (more: Record<string, string | undefined> = {}, parts: CallParts = {}) =>
    await sns('Publish', {
      body: form({ PhoneNumber: '+12025550143', Message: 'It is 123456.', ...more }),
      ...parts,
    });

  test('delivers a text message', async () => {
    await text();
    expect(sent()).toMatchObject([
      { channel: 'SMS', to: '+12025550143', from: 'SNS', text: 'It is 123456.' },
    ]);
  });

  test.each<[string, string]>([
    ['AWS.MM.SMS.OriginationNumber', '+12025550100'],
    ['AWS.SNS.SMS.SenderID', 'PORTAL'],
  ])('shows the sender of the attribute %s', async (name, value) => {
    await text({
      'MessageAttributes.entry.1.Name': 'AWS.SNS.SMS.SMSType',
      'MessageAttributes.entry.1.Value.StringValue': 'Transactional',
      'MessageAttributes.entry.2.Name': name,
      'MessageAttributes.entry.2.Value.StringValue': value,
    });
    expect(sent()[0]?.from).toBe(value);
  });

  test.each<[string, Record<string, string | undefined>]>([
    ['without a number', { PhoneNumber: undefined }],
    ['to a number that is not E.164', { PhoneNumber: '2025550143' }],
    ['to a number with an extension', { PhoneNumber: '+12025550143;ext=1' }],
    ['without text', { Message: '' }],
    ['to a topic', { TopicArn: 'arn:aws:sns:us-east-1:000000000000:t' }],
    ['to a target', { TargetArn: 'arn:aws:sns:us-east-1:000000000000:t' }],
  ])('refuses a message %s, and delivers nothing', async (_what, more) => {
    await expect(text(more)).rejects.toMatchObject({ code: 'InvalidParameter' });
    expect(sent()).toEqual([]);
  });

  test('holds a role to its policy, by number and by topic', async () => {
    const anywhere = role(
      { Effect: 'Allow', Action: 'sns:Publish', Resource: '*' },
      { Effect: 'Deny', Action: 'sns:Publish', Resource: 'arn:aws:sns:*:*:*' },
    );
    await expect(text({}, { principal: anywhere })).resolves.toBeDefined();
    await expect(text({}, { principal: role() })).rejects.toMatchObject({ code: 'AccessDenied' });
    const topic = { TopicArn: 'arn:aws:sns:us-east-1:000000000000:t' };
    await expect(text(topic, { principal: anywhere })).rejects.toThrow(/explicit deny/);
  });

  test('refuses other operations', async () => {
    await expect(sns('Subscribe')).rejects.toThrow('no SNS operation Subscribe');
  });
});
