import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsCall, AwsService } from '../gateway/messages.ts';
import { jsonInput, jsonReply } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import type { Place } from '../template/place.ts';
import { bodyMd5, type Queue, type Queues, type StoredMessage } from './queues.ts';

type Input = Record<string, unknown>;
type Operation = (queue: Queue, input: Input) => object;

const OPERATIONS: Record<string, Operation> = {
  SendMessage: (queue, input) => sendOne(queue, input),
  SendMessageBatch: (queue, input) => ({
    Successful: entriesOf(input).map((entry) => ({ Id: entry.Id, ...sendOne(queue, entry) })),
    Failed: [],
  }),
  ReceiveMessage: (queue, input) => {
    const received = queue.receive(
      Number(input.MaxNumberOfMessages ?? 1),
      input.VisibilityTimeout === undefined ? undefined : Number(input.VisibilityTimeout),
    );
    return received.length === 0 ? {} : { Messages: received.map(wireMessage) };
  },
  DeleteMessage: (queue, input) => {
    queue.remove(String(input.ReceiptHandle));
    return {};
  },
  DeleteMessageBatch: (queue, input) => ({
    Successful: entriesOf(input).map(({ Id, ReceiptHandle }) => {
      queue.remove(String(ReceiptHandle));
      return { Id };
    }),
    Failed: [],
  }),
  ChangeMessageVisibility: (queue, input) => {
    queue.hide(String(input.ReceiptHandle), Number(input.VisibilityTimeout));
    return {};
  },
  GetQueueAttributes: (queue) => {
    const { visible, inFlight } = queue.counts();
    return {
      Attributes: {
        QueueArn: queue.arn,
        ApproximateNumberOfMessages: String(visible),
        ApproximateNumberOfMessagesNotVisible: String(inFlight),
        VisibilityTimeout: String(queue.visibilitySeconds),
      },
    };
  },
};

/** In batches each entry needs the permission of the single operation. */
const PERMISSION: Record<string, string> = {
  SendMessageBatch: 'SendMessage',
  DeleteMessageBatch: 'DeleteMessage',
};

/** SQS over its JSON protocol, on the stack's queues. */
export function createSqs(queues: Queues, place: Place): AwsService {
  return (call: AwsCall) => {
    const run = OPERATIONS[call.operation];
    if (run === undefined) throw unknownOperation('SQS', call.operation);
    const input = jsonInput(call.http);
    const queue = queues.byUrl(String(input.QueueUrl ?? ''));
    if (queue === undefined)
      throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    authorise(call, place, `sqs:${PERMISSION[call.operation] ?? call.operation}`, queue.arn);
    return Promise.resolve(jsonReply(call.protocol, run(queue, input)));
  };
}

function sendOne(queue: Queue, input: Input): object {
  const body = input.MessageBody;
  if (typeof body !== 'string' || body === '')
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  const message = queue.send(body, {
    delaySeconds: input.DelaySeconds === undefined ? undefined : Number(input.DelaySeconds),
    attributes: input.MessageAttributes as Record<string, unknown> | undefined,
  });
  return { MessageId: message.id, MD5OfMessageBody: bodyMd5(body) };
}

function entriesOf(input: Input): Input[] {
  if (!Array.isArray(input.Entries) || input.Entries.length === 0)
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  return input.Entries as Input[];
}

function wireMessage({
  id,
  body,
  receiptHandle,
  attributes,
  receiveCount,
  sentAt,
}: StoredMessage): object {
  return {
    MessageId: id,
    ReceiptHandle: receiptHandle,
    Body: body,
    MD5OfBody: bodyMd5(body),
    Attributes: { ApproximateReceiveCount: String(receiveCount), SentTimestamp: String(sentAt) },
    ...(Object.keys(attributes).length === 0 ? {} : { MessageAttributes: attributes }),
  };
}
