import { beforeEach, describe, expect, test } from '@jest/globals';
import { createClock, type Clock } from '../../../local/clock.ts';
import type { Consumer, Mapping } from '../../../local/lambda/event-source.ts';
import { failuresOf } from '../../../local/lambda/event-source.ts';
import type { Outcome } from '../../../local/lambda/runtime.ts';
import { bodyMd5 } from '../../../local/sqs/message-digest.ts';
import { pollQueue } from '../../../local/sqs/poll-queue.ts';
import { createQueues, type Queue } from '../../../local/sqs/queues.ts';
import { openState, type State } from '../../../local/state.ts';
import { resolveTemplate } from '../../../local/template/template.ts';
import { until } from '../context.ts';
import { PLACE } from '../requests.ts';

const RESOURCES = {
  Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
  Work: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: 'work',
      VisibilityTimeout: 30,
      MessageRetentionPeriod: 3600,
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] },
        maxReceiveCount: 2,
      },
    },
  },
};

let clock: Clock;
let state: State;
let work: Queue;
let dead: Queue;
const open = () => createQueues(resolveTemplate({ Resources: RESOURCES }, PLACE), clock, state);
const named = (name: string): Queue => {
  const queue = open()
    .all()
    .find((candidate) => candidate.name === name);
  if (queue === undefined) throw new Error(`The queue ${name} does not exist.`);
  return queue;
};
beforeEach(() => {
  clock = createClock();
  state = openState(undefined);
  const queues = open().all();
  [dead, work] = queues as [Queue, Queue];
});
const bodies = (messages: { body: string }[]): string[] => messages.map(({ body }) => body);

describe('a queue', () => {
  test('gives messages in order, and hides what it gave', () => {
    for (const body of ['1', '2', '3']) work.send(body);
    expect(bodies(work.receive(2))).toEqual(['1', '2']);
    expect(bodies(work.receive(10))).toEqual(['3']);
    expect(work.receive(10)).toEqual([]);
    expect(work.counts()).toEqual({ visible: 0, inFlight: 3 });
  });

  test('gives a message again after its visibility timeout, with a count', () => {
    work.send('again');
    expect(work.receive(1)[0]?.receiveCount).toBe(1);
    clock.advance(29);
    expect(work.receive(1)).toEqual([]);
    clock.advance(1);
    expect(work.receive(1)[0]?.receiveCount).toBe(2);
  });

  test('forgets a message that was removed by its receipt', () => {
    work.send('done');
    work.remove(work.receive(1)[0]?.receiptHandle ?? '');
    clock.advance(60);
    expect(work.receive(1)).toEqual([]);
    expect(work.counts()).toEqual({ visible: 0, inFlight: 0 });
  });

  test('ignores the receipt of an earlier delivery', () => {
    work.send('twice');
    const stale = work.receive(1)[0]?.receiptHandle ?? '';
    clock.advance(30);
    const current = work.receive(1)[0]?.receiptHandle ?? '';
    work.remove(stale);
    expect(work.counts().inFlight).toBe(1);
    work.remove(current);
    expect(work.counts().inFlight).toBe(0);
  });

  test('hides a message longer, or shows it at once', () => {
    work.send('moved');
    const receipt = work.receive(1)[0]?.receiptHandle ?? '';
    work.hide(receipt, 100);
    clock.advance(99);
    expect(work.receive(1)).toEqual([]);
    work.hide(receipt, 0);
    expect(work.receive(1)).toHaveLength(1);
    expect(() => work.hide('unknown', 5)).not.toThrow();
  });

  test('delays a message', () => {
    work.send('later', { delaySeconds: 10 });
    expect(work.receive(1)).toEqual([]);
    clock.advance(10);
    expect(bodies(work.receive(1))).toEqual(['later']);
  });

  test('drops a message after its retention', () => {
    work.send('old');
    clock.advance(3600);
    expect(work.receive(1)).toEqual([]);
    expect(work.counts()).toEqual({ visible: 0, inFlight: 0 });
  });

  test('moves a message that was received too often to the dead letters', () => {
    work.send('poison', { attributes: { trace: { StringValue: 't' } } });
    for (let delivery = 0; delivery < 2; delivery += 1) {
      expect(work.receive(1)).toHaveLength(1);
      clock.advance(30);
    }
    expect(work.receive(1)).toEqual([]);
    expect(dead.receive(1)).toMatchObject([
      { body: 'poison', receiveCount: 1, attributes: { trace: { StringValue: 't' } } },
    ]);
  });

  test('gives copies: what a receiver changes is its own', () => {
    work.send('kept');
    const [message] = work.receive(1, 0);
    if (message !== undefined) message.body = 'changed';
    expect(bodies(work.receive(1))).toEqual(['kept']);
  });

  test('keeps its messages over a restart', () => {
    work.send('kept');
    expect(bodies(named('work').receive(1))).toEqual(['kept']);
  });

  test('is found by its address, by its path on any host, and by its ARN', () => {
    const queues = open();
    expect(queues.byUrl(work.url)?.name).toBe('work');
    expect(queues.byUrl('http://localhost:9/000000000000/work')?.name).toBe('work');
    expect(queues.byArn(work.arn)?.name).toBe('work');
    expect(queues.byUrl('http://localhost:9/000000000000/other')).toBeUndefined();
    expect(queues.byArn('arn:other')).toBeUndefined();
  });

  test('cannot be a FIFO queue here', () => {
    const Resources = { Fifo: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } } };
    expect(() => createQueues(resolveTemplate({ Resources }, PLACE), clock, state)).toThrow(
      /The queue Fifo cannot run here.*standard queues only/s,
    );
  });
});

describe('what a function reports of a batch', () => {
  const mapping = { FunctionResponseTypes: ['ReportBatchItemFailures'] } as Mapping;
  const returned = (payload: unknown): Outcome => ({ kind: 'returned', payload });

  test.each<[string, Outcome | undefined, string[] | undefined]>([
    ['nothing', returned(null), []],
    ['no failures', returned({ batchItemFailures: [] }), []],
    ['some', returned({ batchItemFailures: [{ itemIdentifier: 'a' }] }), ['a']],
    ['an exception', { kind: 'failed', errorType: 'E', errorMessage: 'm' }, undefined],
    ['a time-out', { kind: 'timed-out', errorMessage: 'm' }, undefined],
    ['that it may not be invoked', undefined, undefined],
  ])('%s', (_what, outcome, expected) => {
    expect(failuresOf(outcome, mapping)).toEqual(expected);
  });

  test('does not count unless the mapping asks for it', () => {
    const whole = { FunctionResponseTypes: [] } as unknown as Mapping;
    const payload = { batchItemFailures: [{ itemIdentifier: 'a' }] };
    expect(failuresOf(returned(payload), whole)).toEqual([]);
  });
});

describe('polling a queue', () => {
  interface Batch {
    Records: { messageId: string; body: string; attributes: Record<string, string> }[];
  }
  /** A function that gets the batches of the queue. */
  function poll(end: (batch: Batch) => unknown, BatchSize = 10) {
    const batches: Batch[] = [];
    const errors: unknown[] = [];
    const consumer = {
      functionArn: 'arn:f',
      mapping: { BatchSize, FunctionResponseTypes: ['ReportBatchItemFailures'] },
      invoke: async (event: unknown) => {
        batches.push(event as Batch);
        return await Promise.resolve(end(event as Batch) as Outcome);
      },
      reportFailure: (error: unknown) => errors.push(error),
    } as unknown as Consumer;
    pollQueue(work, 'us-east-1', consumer);
    return { batches, errors };
  }
  const succeed = () => ({ kind: 'returned', payload: { batchItemFailures: [] } });
  const fail = () => ({ kind: 'failed', errorType: 'E', errorMessage: 'm' });
  const failing =
    (...wanted: string[]) =>
    ({ Records }: Batch) => ({
      kind: 'returned',
      payload: {
        batchItemFailures: Records.filter(({ body }) => wanted.includes(body)).map(
          ({ messageId }) => ({ itemIdentifier: messageId }),
        ),
      },
    });

  test('gives what was there before and what comes, and removes it', async () => {
    work.send('before');
    const { batches } = poll(succeed);
    await until(() => batches.length === 1);
    work.send('after');
    await until(() => batches.length === 2);
    await until(() => work.counts().inFlight === 0);
    expect(batches.flatMap(({ Records }) => bodies(Records))).toEqual(['before', 'after']);
  });

  test('describes a message as SQS does', async () => {
    const { id } = work.send('described');
    const { batches } = poll(succeed);
    await until(() => batches.length === 1);
    expect(batches[0]?.Records[0]).toMatchObject({
      messageId: id,
      body: 'described',
      md5OfBody: bodyMd5('described'),
      eventSource: 'aws:sqs',
      eventSourceARN: work.arn,
      awsRegion: 'us-east-1',
      attributes: { ApproximateReceiveCount: '1' },
    });
  });

  test('keeps to the size of a batch', async () => {
    for (let index = 0; index < 5; index += 1) work.send(String(index));
    const { batches } = poll(succeed, 2);
    await until(() => batches.length === 3);
    expect(batches.map(({ Records }) => Records.length)).toEqual([2, 2, 1]);
  });

  test('brings back only what failed, after the visibility timeout', async () => {
    for (const body of ['good', 'bad']) work.send(body);
    const { batches } = poll(failing('bad'));
    await until(() => batches.length === 1);
    await until(() => work.counts().inFlight === 1);
    clock.advance(30);
    await until(() => batches.length === 2);
    expect(bodies(batches[1]?.Records ?? [])).toEqual(['bad']);
  });

  test.each<[string, () => unknown]>([
    ['the function fails', fail],
    [
      'it reports a message that is not in the batch',
      () => ({ kind: 'returned', payload: { batchItemFailures: [{ itemIdentifier: 'other' }] } }),
    ],
  ])('brings back everything when %s', async (_what, end) => {
    for (const body of ['1', '2']) work.send(body);
    const { batches } = poll(end);
    await until(() => batches.length === 1);
    clock.advance(30);
    await until(() => batches.length === 2);
    expect(bodies(batches[1]?.Records ?? [])).toEqual(['1', '2']);
  });

  test('reports a failure of the machine', async () => {
    work.send('x');
    const { errors } = poll(() => {
      throw new Error('torn');
    });
    await until(() => errors.length === 1);
    expect(errors).toEqual([new Error('torn')]);
  });
});
