import { beforeEach, describe, expect, test } from '@jest/globals';
import type { LocalContext } from '../../../local/context.ts';
import type { Reply } from '../../../local/gateway/messages.ts';
import { create } from '../../../local/sqs/sqs.ts';
import { callerOf, contextWith } from '../context.ts';
import { jsonOf, PLACE, role, STRANGER, type CallParts } from '../requests.ts';

const QueueUrl = `${PLACE.endpoint}/000000000000/work`;
const ARN = 'arn:aws:sqs:us-east-1:000000000000:work';

let context: LocalContext;
let call: (operation: string, parts?: CallParts) => Promise<Reply>;
beforeEach(() => {
  context = contextWith({
    Work: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work' } },
  });
  call = callerOf('sqs', create(context));
});

interface Received {
  ReceiptHandle: string;
  MessageAttributes?: object;
}

/** What the operations answer with. A field that an operation does not have fails its test. */
interface Answer {
  MessageId: string;
  MD5OfMessageBody: string;
  Messages: [Received, ...Received[]];
  Attributes: Record<string, string>;
  Successful: { Id: string }[];
  Failed: object[];
}

const send = async (
  operation: string,
  input: object = {},
  parts: CallParts = {},
): Promise<Answer> =>
  jsonOf(await call(operation, { body: { QueueUrl, ...input }, ...parts })) as Answer;

describe('SQS', () => {
  test('sends, receives and deletes a message, with the digest that clients check', async () => {
    const sent = await send('SendMessage', { MessageBody: 'hello' });
    expect(sent.MD5OfMessageBody).toBe('5d41402abc4b2a76b9719d911017c592');
    const { Messages } = await send('ReceiveMessage');
    expect(Messages).toMatchObject([
      {
        MessageId: sent.MessageId,
        Body: 'hello',
        MD5OfBody: sent.MD5OfMessageBody,
        Attributes: { ApproximateReceiveCount: '1' },
      },
    ]);
    await send('DeleteMessage', { ReceiptHandle: Messages[0].ReceiptHandle });
    expect((await send('GetQueueAttributes')).Attributes).toEqual({
      QueueArn: ARN,
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
      VisibilityTimeout: '30',
    });
  });

  test('answers an empty queue without a member', async () => {
    expect(await send('ReceiveMessage')).toEqual({});
  });

  test('keeps message attributes, and shows none where there are none', async () => {
    const MessageAttributes = { trace: { DataType: 'String', StringValue: 't' } };
    await send('SendMessage', { MessageBody: 'with', MessageAttributes });
    await send('SendMessage', { MessageBody: 'without' });
    const { Messages } = await send('ReceiveMessage', { MaxNumberOfMessages: 2 });
    expect(Messages[0].MessageAttributes).toEqual(MessageAttributes);
    expect(Messages[1]).not.toHaveProperty('MessageAttributes');
  });

  test('sends and deletes in batches, each entry by its id', async () => {
    const Entries = ['a', 'b'].map((Id) => ({ Id, MessageBody: `body ${Id}` }));
    const { Successful, Failed } = await send('SendMessageBatch', { Entries });
    expect([Successful.map(({ Id }) => Id), Failed]).toEqual([['a', 'b'], []]);
    const { Messages } = await send('ReceiveMessage', { MaxNumberOfMessages: 10 });
    const deleted = Messages.map(({ ReceiptHandle }, Id) => ({
      Id: String(Id),
      ReceiptHandle,
    }));
    expect((await send('DeleteMessageBatch', { Entries: deleted })).Successful).toEqual([
      { Id: '0' },
      { Id: '1' },
    ]);
    const { Attributes } = await send('GetQueueAttributes');
    expect(Attributes.ApproximateNumberOfMessagesNotVisible).toBe('0');
  });

  test('delays a message, hides it as long as the receiver says, and changes that', async () => {
    await send('SendMessage', { MessageBody: 'x', DelaySeconds: 5 });
    expect(await send('ReceiveMessage')).toEqual({});
    context.clock.advance(5);
    const { Messages } = await send('ReceiveMessage', { VisibilityTimeout: 100 });
    context.clock.advance(50);
    expect(await send('ReceiveMessage')).toEqual({});
    const { ReceiptHandle } = Messages[0];
    await send('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 0 });
    expect((await send('ReceiveMessage')).Messages).toHaveLength(1);
  });

  test.each<[string, string, object, string]>([
    ['an unknown operation', 'PurgeQueue', {}, 'UnknownOperationException'],
    ['an unknown queue', 'SendMessage', { QueueUrl: 'http://x/other' }, 'QueueDoesNotExist'],
    ['no queue', 'SendMessage', { QueueUrl: undefined }, 'QueueDoesNotExist'],
    ['no body', 'SendMessage', {}, 'MissingParameter'],
    ['an empty body', 'SendMessage', { MessageBody: '' }, 'MissingParameter'],
    ['a body that is not text', 'SendMessage', { MessageBody: 7 }, 'InvalidParameterValue'],
    [
      'a delay of hours',
      'SendMessage',
      { MessageBody: 'x', DelaySeconds: 901 },
      'InvalidParameterValue',
    ],
    ['an empty batch', 'SendMessageBatch', { Entries: [] }, 'EmptyBatchRequest'],
    ['no batch', 'DeleteMessageBatch', {}, 'EmptyBatchRequest'],
    [
      'eleven messages at once',
      'ReceiveMessage',
      { MaxNumberOfMessages: 11 },
      'InvalidParameterValue',
    ],
    ['no receipt', 'DeleteMessage', {}, 'InvalidParameterValue'],
    [
      'a negative visibility',
      'ChangeMessageVisibility',
      { ReceiptHandle: 'r', VisibilityTimeout: -1 },
      'InvalidParameterValue',
    ],
  ])('refuses %s', async (_what, operation, input, code) => {
    await expect(send(operation, input)).rejects.toMatchObject({ code });
  });

  test('holds a role to its policy, a batch by the single operation', async () => {
    const sender = role({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: ARN });
    const Entries = [{ Id: 'a', MessageBody: 'x' }];
    await expect(
      send('SendMessageBatch', { Entries }, { principal: sender }),
    ).resolves.toBeDefined();
    await expect(send('ReceiveMessage', {}, { principal: sender })).rejects.toMatchObject({
      code: 'AccessDeniedException',
    });
    await expect(send('ReceiveMessage', {}, { principal: STRANGER })).rejects.toMatchObject({
      code: 'UnrecognizedClientException',
    });
  });

  test('offers its queues as event sources and as failure destinations', async () => {
    expect(context.eventSources.get(ARN)?.actions).toContain('sqs:ReceiveMessage');
    context.destinations.get(ARN)?.('from elsewhere');
    expect((await send('ReceiveMessage')).Messages).toMatchObject([{ Body: 'from elsewhere' }]);
  });
});
