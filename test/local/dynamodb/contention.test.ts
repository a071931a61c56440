import { describe, expect, test } from '@jest/globals';
import { Contention } from '../../../local/dynamodb/contention.ts';
import { conflictOf } from '../../../local/gateway/transaction-conflict.ts';

const HOLD_MS = 20;
const KEYS = new Map([['counters', ['pk']]]);
const item = (pk: string) => ({ pk: { S: pk } });
const update = (pk: string) => ({ TableName: 'counters', Key: item(pk) });
const put = (pk: string) => ({ TableName: 'counters', Item: { ...item(pk), count: { N: '1' } } });
const transaction = (...items: object[]) => ({ TransactItems: items });

/** Runs operations on items, and counts those that took effect. */
function contending(holdMs = HOLD_MS) {
  const contention = new Contention(KEYS, holdMs);
  let effects = 0;
  const call = (operation: string, input: Record<string, unknown>) =>
    contention.around(
      operation,
      () => input,
      async () => {
        effects += 1;
        return await Promise.resolve('done');
      },
    );
  return { call, effects: () => effects };
}

describe('a transaction', () => {
  test('holds its items: another one that needs one of them is cancelled, with a reason for each', async () => {
    const { call, effects } = contending();
    const first = call('TransactWriteItems', transaction({ Put: put('a') }, { Put: put('b') }));
    await expect(
      call('TransactWriteItems', transaction({ Update: update('c') }, { Update: update('b') })),
    ).rejects.toMatchObject({
      code: 'TransactionCanceledException',
      status: 400,
      details: { CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }] },
    });
    expect(await first).toBe('done');
    expect(effects()).toBe(1);
  });

  test.each(['PutItem', 'UpdateItem', 'DeleteItem'])('refuses a %s of its items', async (name) => {
    const { call } = contending();
    const first = call('TransactWriteItems', transaction({ ConditionCheck: update('a') }));
    const input = name === 'PutItem' ? put('a') : update('a');
    await expect(call(name, input)).rejects.toMatchObject({ code: 'TransactionConflictException' });
    await first;
    expect(await call(name, input)).toBe('done');
  });

  test('cancels reads of its items in a transaction, and leaves other reads alone', async () => {
    const { call } = contending();
    const first = call('TransactWriteItems', transaction({ Delete: update('a') }));
    const read = transaction({ Get: update('a') });
    await expect(call('TransactGetItems', read)).rejects.toMatchObject({
      code: 'TransactionCanceledException',
    });
    expect(await call('GetItem', update('a'))).toBe('done');
    await first;
    expect(await call('TransactGetItems', read)).toBe('done');
  });

  test('leaves other items alone', async () => {
    const { call } = contending();
    const writes = ['a', 'b'].map((pk) =>
      call('TransactWriteItems', transaction({ Put: put(pk) })),
    );
    expect(await call('UpdateItem', update('c'))).toBe('done');
    expect(await Promise.all(writes)).toEqual(['done', 'done']);
  });

  test('that fails holds its items no longer', async () => {
    const contention = new Contention(KEYS, 1);
    const input = transaction({ Put: put('a') });
    const failed = contention.around(
      'TransactWriteItems',
      () => input,
      () => Promise.reject(new Error('refused')),
    );
    await expect(failed).rejects.toThrow('refused');
    const again = contention.around(
      'TransactWriteItems',
      () => input,
      () => Promise.resolve('done'),
    );
    expect(await again).toBe('done');
  });

  test('holds nothing without contention', async () => {
    const { call } = contending(0);
    const input = transaction({ Put: put('a') });
    const both = [call('TransactWriteItems', input), call('TransactWriteItems', input)];
    expect(await Promise.all(both)).toEqual(['done', 'done']);
  });
});

test('a conflict of a transaction is its cancellation, with a reason for each item', () => {
  expect(conflictOf('TransactWriteItems', transaction({}, {}))).toMatchObject({
    code: 'TransactionCanceledException',
    details: {
      CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'TransactionConflict' }],
    },
  });
  expect(conflictOf('UpdateItem', update('a'))).toMatchObject({
    code: 'TransactionConflictException',
  });
});
