import { beforeEach, describe, expect, test } from '@jest/globals';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { clausesOf } from '../../../lambdas/ground/platform/attributes.rules.ts';
import { change, check, erase, put } from '../../../lambdas/ground/platform/database.ts';
import { DynamoDatabase } from '../../../lambdas/ground/platform/dynamo.client.ts';
import { awsError } from './aws-error.ts';

interface Thing {
  pk: string;
  status?: string;
  count?: number;
}

const on = clausesOf<Thing>();
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' }));
const dynamo = mockClient(documents);
const database = new DynamoDatabase(documents);
beforeEach(() => void dynamo.reset());

const canceled = (...CancellationReasons: object[]) =>
  awsError('TransactionCanceledException', 'canceled', { CancellationReasons });
const NONE = { Code: 'None' };
const UNAVAILABLE = { name: 'StoreUnavailable' };
const one = put('t', { pk: 'one' });

describe('a commit', () => {
  test('is one transaction, each write with its condition and what it holds now', async () => {
    dynamo.on(TransactWriteCommand).resolves({});
    const key = { pk: 'k' };
    expect(
      await database.commit([
        put('t', { pk: 'one', status: 'NEW' }, on.absent('pk')),
        change<Thing>('t', key, {
          change: { set: { status: 'B' }, add: { count: 1 } },
          when: [on.is('status', 'A')],
        }),
        erase('t', { pk: 'three' }),
        check('t', { pk: 'four' }, on.is('count', 4)),
      ]),
    ).toEqual({ done: true });
    const held = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
    expect(dynamo.commandCalls(TransactWriteCommand)[0]?.args[0].input.TransactItems).toEqual([
      {
        Put: {
          TableName: 't',
          Item: { pk: 'one', status: 'NEW' },
          ConditionExpression: 'attribute_not_exists(#pk)',
          ExpressionAttributeNames: { '#pk': 'pk' },
          ...held,
        },
      },
      {
        Update: {
          TableName: 't',
          Key: key,
          UpdateExpression: 'SET #status = :v0, #count = if_not_exists(#count, :v1) + :v2',
          ConditionExpression: '#status = :v3',
          ExpressionAttributeNames: { '#status': 'status', '#count': 'count' },
          ExpressionAttributeValues: { ':v0': 'B', ':v1': 0, ':v2': 1, ':v3': 'A' },
          ...held,
        },
      },
      { Delete: { TableName: 't', Key: { pk: 'three' } } },
      {
        ConditionCheck: {
          TableName: 't',
          Key: { pk: 'four' },
          ConditionExpression: '#count = :v0',
          ExpressionAttributeNames: { '#count': 'count' },
          ExpressionAttributeValues: { ':v0': 4 },
          ...held,
        },
      },
    ]);
  });

  test('that is refused returns the items as they are, in the order of the writes', async () => {
    const Item = marshall({ pk: 'one', count: 7 });
    const refused = { Code: 'ConditionalCheckFailed' };
    dynamo.on(TransactWriteCommand).rejects(canceled(NONE, { ...refused, Item }, refused));
    expect(await database.commit([one, one, one])).toEqual({
      done: false,
      refused: [true, { pk: 'one', count: 7 }, undefined],
    });
  });

  test('that meets another transaction is repeated until it goes through', async () => {
    const conflict = canceled({ Code: 'TransactionConflict' });
    dynamo.on(TransactWriteCommand).rejectsOnce(conflict).rejectsOnce(conflict).resolves({});
    expect(await database.commit([one])).toEqual({ done: true });
    expect(dynamo.commandCalls(TransactWriteCommand)).toHaveLength(3);
  });

  test('that is refused and in conflict at once is refused', async () => {
    dynamo
      .on(TransactWriteCommand)
      .rejects(canceled({ Code: 'TransactionConflict' }, { Code: 'ConditionalCheckFailed' }));
    expect(await database.commit([one, one])).toEqual({ done: false, refused: [true, undefined] });
  });

  test('that stays in conflict is StoreUnavailable after eight tries', async () => {
    dynamo.on(TransactWriteCommand).rejects(canceled({ Code: 'TransactionConflict' }));
    await expect(database.commit([one])).rejects.toMatchObject(UNAVAILABLE);
    expect(dynamo.commandCalls(TransactWriteCommand)).toHaveLength(8);
  });

  test.each([
    ['ValidationException', awsError('ValidationException')],
    ['a throttled write', canceled({ Code: 'ThrottlingError' })],
    ['an outage', awsError('InternalServerError')],
    ['a time-out', awsError('TimeoutError')],
    ['a cancellation without reasons', awsError('TransactionCanceledException')],
  ])('that ends in %s is StoreUnavailable at once, with its cause', async (_what, error) => {
    dynamo.on(TransactWriteCommand).rejects(error);
    await expect(database.commit([one])).rejects.toMatchObject({ ...UNAVAILABLE, cause: error });
    expect(dynamo.commandCalls(TransactWriteCommand)).toHaveLength(1);
  });
});

describe('a read', () => {
  test('is strongly consistent', async () => {
    dynamo.on(GetCommand).resolves({ Item: { pk: 'one' } });
    expect(await database.read('t', { pk: 'one' })).toEqual({ pk: 'one' });
    expect(dynamo.commandCalls(GetCommand)[0]?.args[0].input).toEqual({
      TableName: 't',
      Key: { pk: 'one' },
      ConsistentRead: true,
    });
  });

  test('of several items is one call, in the order asked', async () => {
    dynamo.on(BatchGetCommand).resolves({ Responses: { t: [{ pk: 'two' }], u: [{ pk: 'one' }] } });
    const wanted = [
      { table: 'u', key: { pk: 'one' } },
      { table: 't', key: { pk: 'one' } },
      { table: 't', key: { pk: 'two' } },
    ];
    expect(await database.readAll(wanted)).toEqual([{ pk: 'one' }, undefined, { pk: 'two' }]);
    expect(dynamo.commandCalls(BatchGetCommand)[0]?.args[0].input).toEqual({
      RequestItems: {
        u: { Keys: [{ pk: 'one' }], ConsistentRead: true },
        t: { Keys: [{ pk: 'one' }, { pk: 'two' }], ConsistentRead: true },
      },
    });
  });

  test('reads again the keys that a throttled batch has left', async () => {
    const left = { t: { Keys: [{ pk: 'two' }], ConsistentRead: true } };
    dynamo
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: { t: [{ pk: 'one' }] }, UnprocessedKeys: left })
      .resolves({ Responses: { t: [{ pk: 'two' }] } });
    const keys = [{ pk: 'one' }, { pk: 'two' }];
    const read = await database.readAll(keys.map((key) => ({ table: 't', key })));
    expect(read).toEqual(keys);
    expect(dynamo.commandCalls(BatchGetCommand)[1]?.args[0].input).toEqual({ RequestItems: left });
  });

  test('that leaves keys unread three times is StoreUnavailable, never a missing item', async () => {
    dynamo.on(BatchGetCommand).resolves({ UnprocessedKeys: { t: { Keys: [{ pk: 'one' }] } } });
    await expect(database.readAll([{ table: 't', key: { pk: 'one' } }])).rejects.toMatchObject(
      UNAVAILABLE,
    );
  });

  test('that fails is StoreUnavailable, with its cause', async () => {
    const error = awsError('ProvisionedThroughputExceededException');
    dynamo.onAnyCommand().rejects(error);
    const partition = { name: 'pk', value: 'one' };
    for (const read of [
      database.read('t', { pk: 'one' }),
      database.readAll([{ table: 't', key: { pk: 'one' } }]),
      database.query({ table: 't', partition }),
    ])
      await expect(read).rejects.toMatchObject({ ...UNAVAILABLE, cause: error });
  });
});

describe('a query', () => {
  const partition = { name: 'npi', value: '1' };

  test('of a table is consistent, ordered and bounded', async () => {
    dynamo.on(QueryCommand).resolves({ Items: [{ pk: 'one' }], LastEvaluatedKey: { pk: 'one' } });
    const after = { name: 'eventId', value: 'e' };
    const page = await database.query({
      table: 't',
      partition,
      after,
      newestFirst: true,
      limit: 3,
    });
    expect(page).toEqual({ items: [{ pk: 'one' }], last: { pk: 'one' } });
    expect(dynamo.commandCalls(QueryCommand)[0]?.args[0].input).toEqual({
      TableName: 't',
      ConsistentRead: true,
      KeyConditionExpression: '#npi = :v0 AND #eventId < :v1',
      ExpressionAttributeNames: { '#npi': 'npi', '#eventId': 'eventId' },
      ExpressionAttributeValues: { ':v0': '1', ':v1': 'e' },
      ScanIndexForward: false,
      Limit: 3,
    });
  });

  test('of an index cannot be consistent, and filters by any of its paths', async () => {
    dynamo.on(QueryCommand).resolves({});
    const filter = { paths: ['keys.a', 'keys.b'], beginsWith: 'x' };
    const prefix = { name: 'listKey', value: 'p' };
    expect(await database.query({ table: 't', index: 'byNpi', partition, prefix, filter })).toEqual(
      {
        items: [],
        last: undefined,
      },
    );
    expect(dynamo.commandCalls(QueryCommand)[0]?.args[0].input).toEqual({
      TableName: 't',
      IndexName: 'byNpi',
      KeyConditionExpression: '#npi = :v0 AND begins_with(#listKey, :v1)',
      FilterExpression: 'begins_with(#keys.#a, :v2) OR begins_with(#keys.#b, :v3)',
      ExpressionAttributeNames: {
        '#npi': 'npi',
        '#listKey': 'listKey',
        '#keys': 'keys',
        '#a': 'a',
        '#b': 'b',
      },
      ExpressionAttributeValues: { ':v0': '1', ':v1': 'p', ':v2': 'x', ':v3': 'x' },
      ScanIndexForward: true,
    });
  });
});

describe('a take', () => {
  const take = change<Thing>(
    't',
    { pk: 'one' },
    { change: { add: { count: 1 } }, when: [on.is('count', 1)] },
  );

  test('changes an item and returns it as it was', async () => {
    dynamo.on(UpdateCommand).resolves({ Attributes: { pk: 'one', count: 1 } });
    expect(await database.take(take)).toEqual({ taken: { pk: 'one', count: 1 } });
    expect(dynamo.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
      ReturnValues: 'ALL_OLD',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
  });

  test('that is refused returns the item as it is, or nothing', async () => {
    const refused = (more: object) => awsError('ConditionalCheckFailedException', 'refused', more);
    dynamo
      .on(UpdateCommand)
      .rejectsOnce(refused({ Item: marshall({ pk: 'one', count: 2 }) }))
      .rejectsOnce(refused({}));
    expect(await database.take(take)).toEqual({ found: { pk: 'one', count: 2 } });
    expect(await database.take(take)).toEqual({ found: undefined });
  });

  test('that meets a transaction is repeated until it goes through', async () => {
    const conflict = awsError('TransactionConflictException');
    dynamo.on(UpdateCommand).rejectsOnce(conflict).rejectsOnce(conflict).resolves({});
    expect(await database.take(take)).toEqual({ taken: {} });
    expect(dynamo.commandCalls(UpdateCommand)).toHaveLength(3);
  });

  test('that stays in conflict is StoreUnavailable after eight tries', async () => {
    dynamo.on(UpdateCommand).rejects(awsError('TransactionConflictException'));
    await expect(database.take(take)).rejects.toMatchObject(UNAVAILABLE);
    expect(dynamo.commandCalls(UpdateCommand)).toHaveLength(8);
  });

  test('that fails is StoreUnavailable', async () => {
    dynamo.on(UpdateCommand).rejects(awsError('InternalServerError'));
    await expect(database.take(take)).rejects.toMatchObject(UNAVAILABLE);
  });
});
