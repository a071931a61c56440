import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../local/gateway/aws-error.ts';
import type { Connection } from '../../../local/dynamodb/connection.ts';
import { neededPermissions } from '../../../local/dynamodb/needed-permissions.ts';
import { Stream } from '../../../local/dynamodb/streams.ts';
import type { Table } from '../../../local/dynamodb/tables.ts';
import type { Mapping } from '../../../local/lambda/event-source.ts';
import type { Outcome } from '../../../local/lambda/runtime.ts';
import { contextWith, until } from '../context.ts';
import { PLACE } from '../requests.ts';

const TABLE: Table = {
  logicalId: 'Events',
  name: 'events',
  arn: 'arn:table',
  streamArn: 'arn:stream',
  hasStream: true,
  keys: ['id'],
};

interface Change {
  eventName: string;
  dynamodb: { SequenceNumber: string };
}

/** An engine with one stream of one shard, to which a test appends. */
function engine() {
  const records: Change[] = [];
  const calls: string[] = [];
  const connection = {
    call: async (target: string, input: { ShardIterator?: string; Limit?: number }) => {
      const operation = target.split('.')[1] ?? '';
      calls.push(operation);
      const from = Number(input.ShardIterator ?? 0);
      const Records = records.slice(from, from + (input.Limit ?? 0));
      const replies: Record<string, object> = {
        ListStreams: { Streams: [{ StreamArn: 'old' }, { StreamArn: 'new' }] },
        DescribeStream: { StreamDescription: { Shards: [{ ShardId: 'shard' }] } },
        GetShardIterator: { ShardIterator: '0' },
        GetRecords: { Records, NextShardIterator: String(from + Records.length) },
      };
      return await Promise.resolve(replies[operation]);
    },
  } as unknown as Connection;
  const append = (eventName: string): void => {
    const SequenceNumber = String(records.length + 1);
    records.push({ eventName, dynamodb: { SequenceNumber } });
  };
  return { connection, append, calls };
}

type End = (sequence: string[], batch: number) => Outcome;

function follow(end: End, mapping: Partial<Mapping> = {}) {
  const { connection, append, calls } = engine();
  const context = contextWith();
  const batches: string[][] = [];
  const errors: unknown[] = [];
  const stream = new Stream(TABLE, connection, context);
  const start = () =>
    stream.feed({
      functionArn: 'arn:f',
      mapping: {
        BatchSize: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumRetryAttempts: 10_000,
        ...mapping,
      } as Mapping,
      invoke: async (event) => {
        const { Records } = event as { Records: Change[] };
        const sequence = Records.map(({ dynamodb }) => dynamodb.SequenceNumber);
        batches.push(sequence);
        return await Promise.resolve(end(sequence, batches.length));
      },
      reportFailure: (error) => errors.push(error),
    });
  return { stream, start, append, calls, batches, errors, ...context };
}

const done: End = () => ({ kind: 'returned', payload: { batchItemFailures: [] } });
const fail: End = () => ({ kind: 'failed', errorType: 'E', errorMessage: 'm' });
const failing =
  (...wanted: string[]): End =>
  (sequence, batch) => ({
    kind: 'returned',
    payload: {
      batchItemFailures: sequence
        .filter((number) => batch === 1 && wanted.includes(number))
        .map((itemIdentifier) => ({ itemIdentifier })),
    },
  });

describe('following a stream', () => {
  test('gives what is there, and then what comes once the table may have changed', async () => {
    const { stream, start, append, batches } = follow(done);
    append('INSERT');
    start();
    await until(() => batches.length === 1);
    append('MODIFY');
    append('REMOVE');
    stream.look();
    await until(() => batches.length === 2);
    expect(batches).toEqual([['1'], ['2', '3']]);
  });

  test('keeps to the size of a batch and to the order', async () => {
    const { start, append, batches } = follow(done, { BatchSize: 2 });
    for (let index = 0; index < 5; index += 1) append('INSERT');
    start();
    await until(() => batches.length === 3);
    expect(batches).toEqual([['1', '2'], ['3', '4'], ['5']]);
  });

  test('opens the newest stream of the table, once', async () => {
    const { stream, start, append, calls, batches } = follow(done);
    append('INSERT');
    start();
    await until(() => batches.length === 1);
    append('INSERT');
    stream.look();
    await until(() => batches.length === 2);
    expect(calls.filter((operation) => operation === 'GetShardIterator')).toHaveLength(1);
  });

  test('gives only the events of the filter', async () => {
    const FilterCriteria = { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] };
    const { start, append, batches } = follow(done, { FilterCriteria });
    for (const eventName of ['MODIFY', 'INSERT', 'REMOVE', 'INSERT']) append(eventName);
    start();
    await until(() => batches.length === 1);
    expect(batches).toEqual([['2', '4']]);
  });

  test('reports a filter that it cannot evaluate', async () => {
    const FilterCriteria = { Filters: [{ Pattern: '{"eventName":[{"prefix":"x"}]}' }] };
    const { start, append, errors } = follow(done, { FilterCriteria });
    append('INSERT');
    start();
    await until(() => errors.length === 1);
    expect(String(errors[0])).toContain('cannot evaluate the rule');
  });

  test('repeats from the first record that failed, after a second', async () => {
    const { start, append, batches, clock } = follow(failing('2'));
    for (let index = 0; index < 3; index += 1) append('INSERT');
    start();
    await until(() => batches.length === 1);
    await retry(clock, () => batches.length === 2);
    expect(batches).toEqual([
      ['1', '2', '3'],
      ['2', '3'],
    ]);
  });

  test('repeats everything after an exception, and after an unknown id', async () => {
    const unknown: End = (_sequence, batch) => ({
      kind: 'returned',
      payload: { batchItemFailures: batch === 1 ? [{ itemIdentifier: 'other' }] : [] },
    });
    for (const end of [
      unknown,
      ((sequence, batch) => (batch === 1 ? fail : done)(sequence, batch)) as End,
    ]) {
      const { start, append, batches, clock } = follow(end);
      append('INSERT');
      append('INSERT');
      start();
      await until(() => batches.length === 1);
      await retry(clock, () => batches.length === 2);
      expect(batches).toEqual([
        ['1', '2'],
        ['1', '2'],
      ]);
    }
  });

  test('gives up after its attempts, and leaves the batch to the destination', async () => {
    const { start, append, batches, destinations, clock } = follow(fail, {
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: 'arn:dead' } },
    });
    const left: string[] = [];
    destinations.set('arn:dead', (body) => left.push(body));
    append('INSERT');
    start();
    await until(() => batches.length === 1);
    await retry(clock, () => left.length === 1);
    expect(batches).toHaveLength(2);
    expect(JSON.parse(left[0] ?? '')).toEqual({
      requestContext: { functionArn: 'arn:f', condition: 'RetryAttemptsExhausted' },
      DDBStreamBatchInfo: { streamArn: 'arn:stream', startSequenceNumber: '1', batchSize: 1 },
    });
  });

  test('ends with its stop', async () => {
    const { stream, start, append, batches, errors } = follow(done);
    append('INSERT');
    start();
    await until(() => batches.length === 1);
    stream.stop();
    append('INSERT');
    stream.look();
    await new Promise((resume) => setImmediate(resume));
    expect([batches.length, errors]).toEqual([1, []]);
  });
});

/** Moves the clock past the wait between attempts until something is seen. */
async function retry(
  clock: { advance: (seconds: number) => void },
  holds: () => boolean,
): Promise<void> {
  await until(() => {
    clock.advance(1);
    return holds();
  });
}

describe('the permissions of a DynamoDB operation', () => {
  const arn = (rest: string): string => `arn:aws:dynamodb:us-east-1:000000000000:table/${rest}`;
  const needed = (operation: string, input: object): string[] =>
    neededPermissions(operation, input as Record<string, unknown>, PLACE, {}).map(
      ({ action, resource }) => `${action} ${resource}`,
    );

  test.each<[string, object, string[]]>([
    ['GetItem', { TableName: 'a' }, [`dynamodb:GetItem ${arn('a')}`]],
    ['Query', { TableName: 'a', IndexName: 'i' }, [`dynamodb:Query ${arn('a/index/i')}`]],
    ['Scan', { TableName: arn('a') }, [`dynamodb:Scan ${arn('a')}`]],
    [
      'BatchWriteItem',
      { RequestItems: { a: [], b: [] } },
      [`dynamodb:BatchWriteItem ${arn('a')}`, `dynamodb:BatchWriteItem ${arn('b')}`],
    ],
    [
      'TransactWriteItems',
      {
        TransactItems: [
          { Put: { TableName: 'a' } },
          { Update: { TableName: 'a' } },
          { Delete: { TableName: 'b' } },
          { ConditionCheck: { TableName: 'b' } },
        ],
      },
      [
        `dynamodb:PutItem ${arn('a')}`,
        `dynamodb:UpdateItem ${arn('a')}`,
        `dynamodb:DeleteItem ${arn('b')}`,
        `dynamodb:ConditionCheckItem ${arn('b')}`,
      ],
    ],
    [
      'TransactGetItems',
      { TransactItems: [{ Get: { TableName: 'a' } }] },
      [`dynamodb:GetItem ${arn('a')}`],
    ],
  ])('%s on %j are %j', (operation, input, expected) => {
    expect(needed(operation, input)).toEqual(expected);
  });

  test.each<[string, string, object]>([
    ['an operation that is not listed', 'CreateTable', { TableName: 'a' }],
    ['no table', 'GetItem', {}],
    [
      'an unknown member of a transaction',
      'TransactWriteItems',
      { TransactItems: [{ Merge: {} }] },
    ],
  ])('cannot be determined for %s', (_what, operation, input) => {
    expect(() => needed(operation, input)).toThrow(AwsError);
  });
});
