/** The database in DynamoDB. */
import { randomInt } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Clause } from './attributes.rules.ts';
import { documentClient } from './aws-clients.ts';
import {
  type Commit,
  type Database,
  type Item,
  type Key,
  type Query,
  StoreUnavailable,
  type Write,
} from './database.ts';
import { definite } from './definite.rules.ts';
import { conditionExpression, Placeholders, updateExpression } from './dynamo-expressions.rules.ts';
import { once } from './once.ts';

/**
 * How often a write is tried that meets the items of another transaction: the SDK repeats neither a
 * cancelled transaction nor a single write that met one. The pauses grow to `LONGEST_PAUSE_MS`, and
 * at least half of each is kept, so that bad luck cannot spend all tries at once. All of them take
 * 1.6 s at the most, of the five that Cognito gives a trigger.
 */
const CONFLICT_TRIES = 8;
const LONGEST_PAUSE_MS = 320;
const BATCH_TRIES = 3;

type BatchRequest = NonNullable<BatchGetCommandInput['RequestItems']>;

/** The cause of an outage, for the log. */
class UnreadKeys extends Error {
  override readonly name = 'UnreadKeys';
}

export class DynamoDatabase implements Database {
  readonly #client: DynamoDBDocumentClient;

  constructor(client: DynamoDBDocumentClient) {
    this.#client = client;
  }

  /**
   * Even a single write goes as a transaction: its idempotency token makes the SDK's own repeat
   * after a lost answer harmless, which a bare conditional write would refuse.
   */
  async commit(writes: readonly Write[]): Promise<Commit> {
    const TransactItems = writes.map(transactItem);
    try {
      await afterConflicts(() => this.#client.send(new TransactWriteCommand({ TransactItems })));
      return { done: true };
    } catch (error) {
      const refused = refusalOf(error);
      if (refused !== undefined) return refused;
      const message = 'DynamoDB did not commit the write; nothing is changed. Try again.';
      throw new StoreUnavailable(message, { cause: error });
    }
  }

  async read(table: string, key: Key): Promise<Item | undefined> {
    const command = new GetCommand({ TableName: table, Key: key, ConsistentRead: true });
    return outageOf(async () => (await this.#client.send(command)).Item);
  }

  async readAll(wanted: readonly { table: string; key: Key }[]): Promise<(Item | undefined)[]> {
    const request: Record<string, { Keys: Key[]; ConsistentRead: true }> = {};
    for (const { table, key } of wanted)
      (request[table] ??= { Keys: [], ConsistentRead: true }).Keys.push(key);
    return outageOf(async () => {
      const found = await this.#readBatch(request);
      return wanted.map(
        ({ table, key }) => found.find((one) => one.table === table && hasKey(one.item, key))?.item,
      );
    });
  }

  /** Keys that a throttled batch leaves are read again, because the SDK does not do so. */
  async #readBatch(request: BatchRequest, tries = 1): Promise<{ table: string; item: Item }[]> {
    const { Responses = {}, UnprocessedKeys: left = {} } = await this.#client.send(
      new BatchGetCommand({ RequestItems: request }),
    );
    const found = Object.entries(Responses).flatMap(([table, items]) =>
      items.map((item) => ({ table, item })),
    );
    if (Object.keys(left).length === 0) return found;
    if (tries === BATCH_TRIES) throw new UnreadKeys('DynamoDB left keys unread.');
    await paused(tries);
    return [...found, ...(await this.#readBatch(left, tries + 1))];
  }

  async query(query: Query): Promise<{ items: Item[]; last: Item | undefined }> {
    return outageOf(async () => {
      const { Items = [], LastEvaluatedKey: last } = await this.#client.send(
        new QueryCommand(queryInput(query)),
      );
      return { items: Items, last };
    });
  }

  async take(
    write: Write & { kind: 'change' },
  ): Promise<{ taken: Item } | { found: Item | undefined }> {
    const p = new Placeholders();
    const UpdateExpression = updateExpression(write.change, p);
    const command = new UpdateCommand({
      TableName: write.table,
      Key: write.key,
      UpdateExpression,
      ...conditional(write.when, p),
      ReturnValues: 'ALL_OLD',
    });
    try {
      const { Attributes } = await afterConflicts(() => this.#client.send(command));
      return { taken: Attributes ?? {} };
    } catch (error) {
      const refused = error as { name?: string; Item?: Item };
      if (refused.name === 'ConditionalCheckFailedException') return { found: plain(refused.Item) };
      const message = 'DynamoDB did not take the update; nothing is changed. Try again.';
      throw new StoreUnavailable(message, { cause: error });
    }
  }
}

/** The process's database, over one client. */
export const dynamoDatabase = once(() => new DynamoDatabase(documentClient()));

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

function transactItem(write: Write): TransactItem {
  const { table: TableName } = write;
  switch (write.kind) {
    case 'put':
      return { Put: { TableName, Item: write.item, ...conditional(write.when) } };
    case 'change': {
      const p = new Placeholders();
      const UpdateExpression = updateExpression(write.change, p);
      return {
        Update: { TableName, Key: write.key, UpdateExpression, ...conditional(write.when, p) },
      };
    }
    case 'erase':
      return { Delete: { TableName, Key: write.key, ...conditional(write.when) } };
    case 'check': {
      const { ConditionExpression = '', ...rest } = conditional(write.when);
      return { ConditionCheck: { TableName, Key: write.key, ConditionExpression, ...rest } };
    }
  }
}

function conditional(when: readonly Clause[], p = new Placeholders()) {
  const ConditionExpression = conditionExpression(when, p);
  return definite({
    ConditionExpression,
    ReturnValuesOnConditionCheckFailure:
      ConditionExpression === undefined ? undefined : ('ALL_OLD' as const),
    ExpressionAttributeNames: filled(p.names),
    ExpressionAttributeValues: filled(p.values),
  });
}

/** DynamoDB refuses empty maps of placeholders. */
function filled<T extends object>(map: T): T | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}

function queryInput(query: Query): QueryCommandInput {
  const { table, index, partition, after, prefix, filter, newestFirst = false, limit } = query;
  const p = new Placeholders();
  const sort = [
    `${p.name(partition.name)} = ${p.value(partition.value)}`,
    ...(after ? [`${p.name(after.name)} ${newestFirst ? '<' : '>'} ${p.value(after.value)}`] : []),
    ...(prefix ? [`begins_with(${p.name(prefix.name)}, ${p.value(prefix.value)})`] : []),
  ];
  const filtered = filter?.paths.map(
    (path) => `begins_with(${p.name(path)}, ${p.value(filter.beginsWith)})`,
  );
  return definite({
    TableName: table,
    IndexName: index,
    ConsistentRead: index === undefined ? true : undefined,
    KeyConditionExpression: sort.join(' AND '),
    FilterExpression: filtered?.join(' OR '),
    ExpressionAttributeNames: p.names,
    ExpressionAttributeValues: p.values,
    ScanIndexForward: !newestFirst,
    Limit: limit,
  });
}

interface CancellationReason {
  Code?: string;
  Item?: Item;
}

function cancellationReasons(error: unknown): CancellationReason[] {
  const failed = error as { name?: string; CancellationReasons?: CancellationReason[] };
  return failed.name === 'TransactionCanceledException' ? (failed.CancellationReasons ?? []) : [];
}

function refusalOf(error: unknown): Commit | undefined {
  const reasons = cancellationReasons(error);
  const failed = ({ Code }: CancellationReason) => Code === 'ConditionalCheckFailed';
  if (!reasons.some(failed)) return undefined;
  return {
    done: false,
    refused: reasons.map((reason) => (failed(reason) ? plain(reason.Item) : true)),
  };
}

function isConflict(error: unknown): boolean {
  const { name } = error as { name?: string };
  if (name === 'TransactionConflictException') return true;
  return cancellationReasons(error).some(({ Code }) => Code === 'TransactionConflict');
}

async function afterConflicts<T>(write: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await write();
    } catch (error) {
      const isRefused = refusalOf(error) !== undefined;
      if (isRefused || tries === CONFLICT_TRIES || !isConflict(error)) throw error;
      await paused(tries);
    }
  }
}

function paused(tries: number): Promise<void> {
  const pause = Math.min(20 * 2 ** tries, LONGEST_PAUSE_MS);
  return new Promise((resume) => setTimeout(resume, randomInt(pause / 2, pause)));
}

/** The document client leaves the items in its errors marshalled. */
function plain(item: Item | undefined): Item | undefined {
  return item === undefined ? undefined : unmarshall(item as Record<string, AttributeValue>);
}

function hasKey(item: Item, key: Key): boolean {
  return Object.entries(key).every(([name, value]) => item[name] === value);
}

async function outageOf<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new StoreUnavailable('DynamoDB did not answer the read. Try again.', { cause: error });
  }
}
