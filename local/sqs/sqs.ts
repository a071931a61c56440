import { z } from 'zod';
import type { Metrics } from '../cloudwatch/metrics.ts';
import type { LocalContext } from '../context.ts';
import { definite } from '../definite.ts';
import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsService } from '../gateway/messages.ts';
import { jsonInput, jsonReply } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import type { LocalService } from '../service.ts';
import type { Place } from '../template/place.ts';
import { bodyMd5 } from './message-digest.ts';
import { pollQueue } from './poll-queue.ts';
import { createQueues, type Queue, type Queues, type StoredMessage } from './queues.ts';

const READS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** SQS: the stack's queues, which are event sources and failure destinations too. */
export function create(
  context: Pick<
    LocalContext,
    'template' | 'place' | 'clock' | 'state' | 'eventSources' | 'destinations' | 'metrics'
  >,
): LocalService {
  const { template, place, clock, state, eventSources, destinations, metrics } = context;
  const queues = createQueues(template, clock, state);
  for (const queue of queues.all()) {
    eventSources.set(queue.arn, {
      actions: READS,
      feed: (consumer) => pollQueue(queue, place.region, consumer),
    });
    destinations.set(queue.arn, (body) => void queue.send(body));
  }
  metrics.onSample(() => queues.all().forEach((queue) => measure(queue, metrics)));
  return { aws: { sqs: createSqs(queues, place) } };
}

function measure(queue: Queue, metrics: Metrics): void {
  const dimensions = { QueueName: queue.name };
  const { visible } = queue.counts();
  metrics.put('AWS/SQS', 'ApproximateNumberOfMessagesVisible', dimensions, visible);
  metrics.put('AWS/SQS', 'ApproximateAgeOfOldestMessage', dimensions, queue.oldestSeconds());
}

interface SqsOperation {
  /** In batches each entry needs the permission of the single operation. */
  permission: string;
  run: (queue: Queue, input: unknown) => object;
}

/** An operation on a queue, with the shape of its input. @throws AwsError for any other input */
function operation<T>(
  permission: string,
  shape: z.ZodType<T>,
  run: (queue: Queue, input: T) => object,
): SqsOperation {
  return {
    permission,
    run(queue, input) {
      const parsed = shape.safeParse(input);
      if (parsed.success) return run(queue, parsed.data);
      throw new AwsError('InvalidParameterValue', z.prettifyError(parsed.error));
    },
  };
}

const seconds = z.coerce.number().int().min(0).max(43_200);
const NewMessage = z.object({
  MessageBody: z.string().optional(),
  DelaySeconds: seconds.max(900).optional(),
  MessageAttributes: z.record(z.string(), z.unknown()).optional(),
});
type NewMessage = z.infer<typeof NewMessage>;
const Handle = z.object({ ReceiptHandle: z.string() });
const entries = <T extends z.ZodRawShape>(shape: z.ZodObject<T>) =>
  z.object({ Entries: z.array(shape.extend({ Id: z.string() })).default([]) });

const OPERATIONS: Record<string, SqsOperation> = {
  SendMessage: operation('SendMessage', NewMessage, sendOne),
  SendMessageBatch: operation('SendMessage', entries(NewMessage), (queue, { Entries }) => ({
    Successful: nonEmpty(Entries).map(({ Id, ...message }) => ({
      Id,
      ...sendOne(queue, message),
    })),
    Failed: [],
  })),
  ReceiveMessage: operation(
    'ReceiveMessage',
    z.object({
      MaxNumberOfMessages: z.coerce.number().int().min(1).max(10).default(1),
      VisibilityTimeout: seconds.optional(),
    }),
    (queue, { MaxNumberOfMessages, VisibilityTimeout }) => {
      const received = queue.receive(MaxNumberOfMessages, VisibilityTimeout);
      return received.length === 0 ? {} : { Messages: received.map(wireMessage) };
    },
  ),
  DeleteMessage: operation('DeleteMessage', Handle, (queue, { ReceiptHandle }) => {
    queue.remove(ReceiptHandle);
    return {};
  }),
  DeleteMessageBatch: operation('DeleteMessage', entries(Handle), (queue, { Entries }) => {
    const deleted = nonEmpty(Entries) as { Id: string; ReceiptHandle: string }[];
    for (const { ReceiptHandle } of deleted) queue.remove(ReceiptHandle);
    return {
      Successful: deleted.map(({ Id }) => ({ Id })),
      Failed: [],
    };
  }),
  ChangeMessageVisibility: operation(
    'ChangeMessageVisibility',
    Handle.extend({ VisibilityTimeout: seconds }),
    (queue, { ReceiptHandle, VisibilityTimeout }) => {
      queue.hide(ReceiptHandle, VisibilityTimeout);
      return {};
    },
  ),
  GetQueueAttributes: operation('GetQueueAttributes', z.object({}), attributesOf),
};

/** SQS over its JSON protocol. */
function createSqs(queues: Queues, place: Place): AwsService {
  return (call) => {
    const known = OPERATIONS[call.operation];
    if (known === undefined) throw unknownOperation('SQS', call.operation);
    const input = jsonInput(call.http);
    const { QueueUrl } = input;
    const queue = queues.byUrl(typeof QueueUrl === 'string' ? QueueUrl : '');
    if (queue === undefined)
      throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    authorise(call, place, {
      action: `sqs:${known.permission}`,
      resource: queue.arn,
    });
    return Promise.resolve(jsonReply(call.protocol, known.run(queue, input)));
  };
}

function sendOne(queue: Queue, input: NewMessage): object {
  const { MessageBody: body = '', DelaySeconds, MessageAttributes } = input;
  if (body === '')
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  const message = queue.send(
    body,
    definite({
      delaySeconds: DelaySeconds,
      attributes: MessageAttributes,
    }),
  );
  return {
    MessageId: message.id,
    MD5OfMessageBody: bodyMd5(body),
  };
}

function nonEmpty<T>(given: T[]): T[] {
  if (given.length === 0)
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  return given;
}

function attributesOf(queue: Queue): object {
  const { visible, inFlight } = queue.counts();
  return {
    Attributes: {
      QueueArn: queue.arn,
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(inFlight),
      VisibilityTimeout: String(queue.visibilitySeconds),
    },
  };
}

function wireMessage(message: StoredMessage): object {
  const { id, body, receiptHandle, attributes, receiveCount, sentAt } = message;
  return {
    MessageId: id,
    ReceiptHandle: receiptHandle,
    Body: body,
    MD5OfBody: bodyMd5(body),
    Attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(sentAt),
    },
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
  };
}
