import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalContext } from '../context.ts';
import { matches } from '../lambda/event-filter.ts';
import { failuresOf, type Consumer, type Mapping } from '../lambda/event-source.ts';
import type { Connection } from './connection.ts';
import type { Table } from './tables.ts';

/** A change as the stream has it. */
interface StreamRecord {
  eventID: string;
  eventName: string;
  dynamodb: { SequenceNumber: string };
}

export const READS_STREAM = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
];

type Inputs = Pick<LocalContext, 'place' | 'clock' | 'destinations' | 'metrics' | 'work'>;

const TARGET = 'DynamoDBStreams_20120810';
const RETRY_SECONDS = 1;
/**
 * Lambda looks for new records four times a second, so that a record waits for half of that on
 * average, and what is written meanwhile comes in one batch.
 */
const LOOKS_AFTER_MS = 125;

/** One table's stream, for any number of consumers. */
export class Stream {
  readonly #table: Table;
  readonly #connection: Connection;
  readonly #inputs: Inputs;
  readonly #readers: StreamReader[] = [];

  constructor(table: Table, connection: Connection, inputs: Inputs) {
    this.#table = table;
    this.#connection = connection;
    this.#inputs = inputs;
  }

  /** Gives the table's changes to a function, in order, from the oldest. */
  feed(consumer: Consumer): void {
    const reader = new StreamReader(this.#table, this.#connection, this.#inputs, consumer);
    this.#readers.push(reader);
    reader.look();
  }

  /** The table may have changed: reads what is new. */
  look(): void {
    for (const reader of this.#readers) reader.look();
  }

  stop(): void {
    for (const reader of this.#readers) reader.stop();
  }
}

class StreamReader {
  readonly #table: Table;
  readonly #connection: Connection;
  readonly #inputs: Inputs;
  readonly #consumer: Consumer;
  #iterator: string | undefined;
  #busy = false;
  #again = false;
  #stopped = false;

  constructor(table: Table, connection: Connection, inputs: Inputs, consumer: Consumer) {
    this.#table = table;
    this.#connection = connection;
    this.#inputs = inputs;
    this.#consumer = consumer;
  }

  look(): void {
    this.#again = true;
    if (this.#busy || this.#stopped) return;
    this.#busy = true;
    this.#inputs.work
      .during(() => this.#drain())
      .catch((error: unknown) => {
        if (!this.#stopped) this.#consumer.reportFailure(error);
      })
      .finally(() => {
        this.#busy = false;
      });
  }

  stop(): void {
    this.#stopped = true;
  }

  async #drain(): Promise<void> {
    const { mapping } = this.#consumer;
    let isFull = false;
    while (this.#again && !this.#stopped) {
      if (!isFull) await sleep(LOOKS_AFTER_MS, undefined, { ref: false });
      if (this.#stopped) return;
      this.#again = false;
      this.#iterator ??= await openStream(this.#connection, this.#table);
      const { Records, NextShardIterator } = await this.#connection.call<{
        Records: StreamRecord[];
        NextShardIterator: string;
      }>(`${TARGET}.GetRecords`, {
        ShardIterator: this.#iterator,
        Limit: mapping.BatchSize,
      });
      await this.#deliver(Records.filter((record) => passes(mapping, record)));
      this.#iterator = NextShardIterator;
      isFull = Records.length === mapping.BatchSize;
      this.#again ||= Records.length > 0;
    }
  }

  /** Repeats what fails; what keeps failing goes to the failure destination. */
  async #deliver(records: StreamRecord[]): Promise<void> {
    const { place, clock, work } = this.#inputs;
    const { mapping, invoke } = this.#consumer;
    const since = clock.now();
    let rest = records;
    for (let attempt = 0; rest.length > 0 && !this.#stopped; attempt += 1) {
      if (attempt > mapping.MaximumRetryAttempts) return this.#giveUp(rest);
      if (attempt > 0) await work.except(() => this.#pause());
      this.#measure(clock.now() - since);
      const event = { Records: rest.map((record) => this.#wireRecord(record, place.region)) };
      rest = remaining(failuresOf(await invoke(event), mapping), rest);
    }
  }

  #pause(): Promise<void> {
    const { clock } = this.#inputs;
    return new Promise((resolve) => {
      clock.when(clock.now() + RETRY_SECONDS * 1000, resolve);
    });
  }

  /** How old the records are, as far as this machine knows: since they were first read. */
  #measure(age: number): void {
    const { functionArn } = this.#consumer;
    const FunctionName = functionArn.slice(functionArn.lastIndexOf(':') + 1);
    this.#inputs.metrics.put('AWS/Lambda', 'IteratorAge', { FunctionName }, age);
  }

  #wireRecord(record: StreamRecord, region: string): object {
    return {
      ...record,
      awsRegion: region,
      eventSourceARN: this.#table.streamArn,
    };
  }

  #giveUp(records: StreamRecord[]): void {
    const { functionArn, mapping } = this.#consumer;
    const destination = mapping.DestinationConfig?.OnFailure.Destination ?? '';
    this.#inputs.destinations.get(destination)?.(
      JSON.stringify({
        requestContext: { functionArn, condition: 'RetryAttemptsExhausted' },
        DDBStreamBatchInfo: {
          streamArn: this.#table.streamArn,
          startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
          batchSize: records.length,
        },
      }),
    );
  }
}

async function openStream(connection: Connection, table: Table): Promise<string> {
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
    {
      StreamArn,
      ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    },
  );
  return ShardIterator;
}

/** Whether one of the mapping's filters lets the record through. */
function passes({ FilterCriteria }: Mapping, record: StreamRecord): boolean {
  return (
    FilterCriteria === undefined ||
    FilterCriteria.Filters.some(({ Pattern }) => matches(JSON.parse(Pattern), record))
  );
}

/** After a partial failure everything from the first failed record on comes again. */
function remaining(failures: string[] | undefined, records: StreamRecord[]): StreamRecord[] {
  if (failures === undefined) return records;
  const failed = new Set(failures);
  const first = records.findIndex(({ dynamodb }) => failed.has(dynamodb.SequenceNumber));
  if (first >= 0) return records.slice(first);
  return failed.size > 0 ? records : [];
}
