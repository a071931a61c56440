/** The events of the trail, day by day, through the table's index by day. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import {
  DAY_SHARDS,
  dayOf,
  type RecordedEvent,
} from '../../../lambdas/ground/audit/audit.rules.ts';
import { definite } from '../../../lambdas/ground/platform/definite.rules.ts';
import type { Target } from '../target.ts';

/** Times are ISO 8601; `to` is exclusive. */
export interface Range {
  from: string;
  to: string;
}

/** The first day of the trail that anybody can have. */
const FIRST_DAY = Date.parse('2026-01-01');
const DAY_MS = 86_400_000;
/** Clocks differ, and the last events may have just been written. */
const HOUR_MS = 3_600_000;

/** The days of a range that can have events. `now`: milliseconds since 1970, of the stage. */
export function* daysOf({ from, to }: Range, now: number): Generator<string> {
  const first = Math.max(FIRST_DAY, Date.parse(from.slice(0, 10)));
  const last = Math.min(Date.parse(to), now + HOUR_MS);
  for (let day = first; day < last; day += DAY_MS) yield new Date(day).toISOString().slice(0, 10);
}

/** The events of one partition of a day, ordered by time, page by page. */
async function* shardEvents(
  { client, table }: { client: Target['client']; table: string },
  day: string,
  { from, to }: Range,
): AsyncGenerator<RecordedEvent> {
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'byDay',
        KeyConditionExpression: '#day = :day AND eventId BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: { ':day': day, ':from': from, ':to': to },
        ...definite({ ExclusiveStartKey: start }),
      }),
    );
    // `#` sorts after every digit, so that an event at `to` itself lies beyond it.
    yield* Items as RecordedEvent[];
    start = LastEvaluatedKey;
  } while (start !== undefined);
}

/** The events of a day, ordered by time over all of its partitions. */
export async function* dayEvents(
  target: Target,
  day: string,
  range: Range,
): AsyncGenerator<RecordedEvent> {
  const source = { client: target.client, table: target.table('AuditEvents') };
  const shards = Array.from({ length: DAY_SHARDS }, (_, shard) =>
    shardEvents(source, dayOf(day, shard), range),
  );
  const heads = await Promise.all(shards.map((shard) => shard.next()));
  for (;;) {
    let first = -1;
    for (const [index, head] of heads.entries()) {
      if (head.done === true) continue;
      const best = heads[first];
      if (best === undefined || best.done === true || head.value.eventId < best.value.eventId)
        first = index;
    }
    const [head, shard] = [heads[first], shards[first]];
    if (head === undefined || head.done === true || shard === undefined) return;
    yield head.value;
    heads[first] = await shard.next();
  }
}
