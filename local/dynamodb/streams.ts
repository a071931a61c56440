import type { Clock } from '../clock.ts';
import type { Mapping } from '../lambda/event-sources.ts';
import type { Lambda } from '../lambda/lambda.ts';
import type { Outcome } from '../lambda/runtime.ts';
import type { Queues } from '../sqs/queues.ts';
import type { Connection } from './connection.ts';
import type { Table } from './tables.ts';

/** A change as the stream has it. */
interface StreamRecord {
  eventID: string;
  eventName: string;
  dynamodb: { SequenceNumber: string };
}

/** What following one table's stream needs. */
export interface StreamFollowing {
  table: Table;
  mapping: Mapping;
  functionArn: string;
  lambda: Lambda;
  queues: Queues;
  connection: Connection;
  clock: Clock;
  region: string;
  onError(error: unknown): void;
}

const TARGET = 'DynamoDBStreams_20120810';
const RETRY_SECONDS = 1;

/** Gives a table's changes to a function, in order, from the oldest. What keeps failing goes to the failure destination. */
export function followStream(following: StreamFollowing): { look(): void; stop(): void } {
  let iterator: string | undefined;
  let busy: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  const drain = async (): Promise<void> => {
    do {
      again = false;
      iterator ??= await openStream(following);
      const { Records, NextShardIterator } = await following.connection.call<{
        Records: StreamRecord[];
        NextShardIterator: string;
      }>(`${TARGET}.GetRecords`, { ShardIterator: iterator, Limit: following.mapping.BatchSize });
      await deliver(
        following,
        Records.filter((record) => passes(following.mapping, record)),
        () => stopped,
      );
      iterator = NextShardIterator;
      again ||= Records.length > 0;
    } while (again && !stopped);
  };
  const look = (): void => {
    again = true;
    busy ??= drain()
      .catch((error: unknown) => {
        if (!stopped) following.onError(error);
      })
      .finally(() => {
        busy = undefined;
      });
  };
  look();
  return {
    look,
    stop: () => {
      stopped = true;
    },
  };
}

async function openStream({ connection, table }: StreamFollowing): Promise<string> {
  const { Streams } = await connection.call<{ Streams: { StreamArn: string }[] }>(
    `${TARGET}.ListStreams`,
    { TableName: table.name },
  );
  const StreamArn = Streams.at(-1)?.StreamArn;
  if (StreamArn === undefined)
    throw new Error(`The table ${table.name} has no stream in the engine.`);
  const { StreamDescription } = await connection.call<{
    StreamDescription: { Shards: { ShardId: string }[] };
  }>(`${TARGET}.DescribeStream`, { StreamArn });
  const ShardId = StreamDescription.Shards.at(-1)?.ShardId;
  const { ShardIterator } = await connection.call<{ ShardIterator: string }>(
    `${TARGET}.GetShardIterator`,
    { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' },
  );
  return ShardIterator;
}

/** Only `{"eventName":[…]}` filters are understood. */
function passes({ FilterCriteria }: Mapping, { eventName }: StreamRecord): boolean {
  return (
    FilterCriteria === undefined ||
    FilterCriteria.Filters.some(({ Pattern }) => {
      const { eventName: wanted, ...others } = JSON.parse(Pattern) as { eventName?: unknown[] };
      if (!Array.isArray(wanted) || Object.keys(others).length > 0)
        throw new Error(`The local machine cannot judge the event filter ${Pattern}.`);
      return wanted.includes(eventName);
    })
  );
}

async function deliver(
  following: StreamFollowing,
  records: StreamRecord[],
  isStopped: () => boolean,
): Promise<void> {
  const { lambda, functionArn, mapping, table, region, queues, clock } = following;
  let rest = records;
  for (let attempt = 0; rest.length > 0 && !isStopped(); attempt += 1) {
    if (attempt > mapping.MaximumRetryAttempts) {
      const destination = mapping.DestinationConfig?.OnFailure.Destination ?? '';
      queues.byArn(destination)?.send(
        JSON.stringify({
          requestContext: { functionArn, condition: 'RetryAttemptsExhausted' },
          DDBStreamBatchInfo: {
            streamArn: table.streamArn,
            startSequenceNumber: rest[0]?.dynamodb.SequenceNumber,
            batchSize: rest.length,
          },
        }),
      );
      return;
    }
    if (attempt > 0)
      await new Promise<void>(
        (resolve) => void clock.when(clock.now() + RETRY_SECONDS * 1000, resolve),
      );
    const event = {
      Records: rest.map((record) => ({
        ...record,
        awsRegion: region,
        eventSourceARN: table.streamArn,
      })),
    };
    rest = remaining(await lambda.invokeMapped(functionArn, event), rest, mapping);
  }
}

/** After a partial failure everything from the first failed record on comes again. */
function remaining(
  outcome: Outcome | undefined,
  records: StreamRecord[],
  { FunctionResponseTypes }: Mapping,
): StreamRecord[] {
  if (outcome?.kind !== 'returned') return records;
  if (!FunctionResponseTypes.includes('ReportBatchItemFailures')) return [];
  const failures =
    (outcome.payload as { batchItemFailures?: { itemIdentifier?: unknown }[] } | null)
      ?.batchItemFailures ?? [];
  const failed = new Set(failures.map(({ itemIdentifier }) => String(itemIdentifier)));
  const first = records.findIndex(({ dynamodb }) => failed.has(dynamodb.SequenceNumber));
  return first >= 0 ? records.slice(first) : failed.size > 0 ? records : [];
}
