/** The few DynamoDB operations that the stores are made of: consistent reads, and writes that commit together or not at all. */
import { randomInt } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Change, type Clause, Collected, condition, update } from './expressions.rules.ts';

export type Item = Record<string, unknown>;
export type Key = Record<string, string>;

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** One write of a transaction. */
export type Write = TransactItem;

/**
 * `DONE`, or for each write of the refused transaction: `true` where its condition held, else the item as it is now
 * (`undefined` where there is none). Nothing was written then.
 */
export type Commit =
  { done: true } | { done: false; refused: readonly (true | Item | undefined)[] };

/** The store could not answer: an outage. The caller refuses and says try again. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

export function put(table: string, item: Item, ...when: Clause[]): Write {
  return { Put: { TableName: table, Item: item, ...conditional(when) } };
}

export function change(table: string, key: Key, changes: Change, ...when: Clause[]): Write {
  const placeholders = new Collected();
  const text = update(changes, placeholders);
  return {
    Update: {
      TableName: table,
      Key: key,
      UpdateExpression: text,
      ...conditional(when, placeholders),
    },
  };
}

export function erase(table: string, key: Key, ...when: Clause[]): Write {
  return { Delete: { TableName: table, Key: key, ...conditional(when) } };
}

export function check(table: string, key: Key, ...when: Clause[]): Write {
  const { ConditionExpression = '', ...rest } = conditional(when);
  return { ConditionCheck: { TableName: table, Key: key, ConditionExpression, ...rest } };
}

function conditional(when: readonly Clause[], placeholders = new Collected()) {
  const text = condition(when, placeholders);
  return {
    ...(text === undefined
      ? {}
      : { ConditionExpression: text, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const }),
    ...(Object.keys(placeholders.names).length > 0
      ? { ExpressionAttributeNames: placeholders.names }
      : {}),
    ...(Object.keys(placeholders.values).length > 0
      ? { ExpressionAttributeValues: placeholders.values }
      : {}),
  };
}

const CONFLICT_TRIES = 6;

/**
 * Commits all writes or none. Even a single write goes as a transaction: its idempotency token makes the SDK's own
 * repeat after a lost answer harmless, which a bare conditional write would refuse.
 */
export async function commit(
  client: DynamoDBDocumentClient,
  writes: readonly Write[],
): Promise<Commit> {
  for (let tries = 1; ; tries += 1) {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: [...writes] }));
      return { done: true };
    } catch (error) {
      const reasons = cancellationReasons(error);
      if (reasons === undefined)
        throw new StoreUnavailable(
          'DynamoDB did not take the write; nothing is changed. Try again.',
          { cause: error },
        );
      if (reasons.some(({ Code }) => Code === 'ConditionalCheckFailed')) {
        return {
          done: false,
          refused: reasons.map(({ Code, Item: item }) =>
            Code === 'ConditionalCheckFailed' ? plain(item) : true,
          ),
        };
      }
      if (tries === CONFLICT_TRIES || !reasons.some(({ Code }) => Code === 'TransactionConflict')) {
        throw new StoreUnavailable('DynamoDB cancelled the write; nothing is changed. Try again.', {
          cause: error,
        });
      }
      await new Promise((resume) => setTimeout(resume, randomInt(20 * 2 ** tries)));
    }
  }
}

interface CancellationReason {
  Code?: string;
  Item?: Item;
}

function cancellationReasons(error: unknown): CancellationReason[] | undefined {
  const failed = error as { name?: string; CancellationReasons?: CancellationReason[] };
  return failed.name === 'TransactionCanceledException'
    ? (failed.CancellationReasons ?? [])
    : undefined;
}

/** The document client leaves the items in its errors marshalled. */
function plain(item: Item | undefined): Item | undefined {
  return item === undefined ? undefined : unmarshall(item as Record<string, AttributeValue>);
}

/** Reads one item, strongly consistent. */
export async function read(
  client: DynamoDBDocumentClient,
  table: string,
  key: Key,
): Promise<Item | undefined> {
  return outageOf(
    'read',
    async () =>
      (await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true })))
        .Item,
  );
}

/** Reads items of several tables in one call, in the order asked; all strongly consistent. */
export async function readAll(
  client: DynamoDBDocumentClient,
  wanted: readonly { table: string; key: Key }[],
): Promise<(Item | undefined)[]> {
  const request: Record<string, { Keys: Key[]; ConsistentRead: true }> = {};
  for (const { table, key } of wanted)
    (request[table] ??= { Keys: [], ConsistentRead: true }).Keys.push(key);
  return outageOf('read', async () => {
    const { Responses: found = {}, UnprocessedKeys: left = {} } = await client.send(
      new BatchGetCommand({ RequestItems: request }),
    );
    if (Object.keys(left).length > 0) throw new Error('DynamoDB left keys unread.');
    return wanted.map(({ table, key }) =>
      found[table]?.find((item) =>
        Object.entries(key).every(([name, value]) => item[name] === value),
      ),
    );
  });
}

/** One page of a query. */
export async function query(
  client: DynamoDBDocumentClient,
  input: QueryCommandInput,
): Promise<{ items: Item[]; last: Item | undefined }> {
  return outageOf('read', async () => {
    const { Items = [], LastEvaluatedKey: last } = await client.send(new QueryCommand(input));
    return { items: Items, last };
  });
}

async function outageOf<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new StoreUnavailable(`DynamoDB did not answer the ${what}. Try again.`, { cause: error });
  }
}
