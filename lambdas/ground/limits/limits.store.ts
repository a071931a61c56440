/** Limits in DynamoDB. A limit that cannot be counted refuses: the error of the store goes up. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { change, commit, erase, type Write } from '../platform/dynamo.ts';
import { log } from '../platform/log.ts';
import { after } from '../platform/expressions.rules.ts';
import { hit, type Limit, type Limited, type LimitWindow } from './limits.rules.ts';

/** Hits of parallel requests change a window under us; each pass sees what the last one found. */
const PASSES = 8;

export class LimitsStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** Counts one hit on every limit and commits `writes`, together or not at all. */
  async count(
    limits: readonly Limit[],
    now: number,
    writes: readonly Write[] = [],
  ): Promise<Limited> {
    const seen: (LimitWindow | undefined)[] = limits.map(() => undefined);
    for (let pass = 1; pass <= PASSES; pass += 1) {
      const hits = limits.map((limit, index) => hit(limit, seen[index], now));
      for (const [index, one] of hits.entries()) {
        if ('exhaustedUntil' in one) return exhausted(limits[index] as Limit, one.exhaustedUntil);
      }
      const counting = hits.map((one, index) =>
        this.#write(limits[index] as Limit, one as { changes: never; when: never }),
      );
      const result = await commit(this.#client, [...writes, ...counting]);
      if (result.done) return { outcome: 'DONE' };
      const refused = result.refused.slice(0, writes.length);
      if (refused.some((one) => one !== true)) return { outcome: 'REFUSED', refused };
      for (const [index, window] of result.refused.slice(writes.length).entries()) {
        if (window !== true) seen[index] = window as LimitWindow | undefined;
      }
    }
    const busiest = limits[0] as Limit;
    return exhausted(busiest, now + busiest.windowMs);
  }

  /** Takes a hit back that turned out to be no offence: a right password was no guess. */
  async forgive(limits: readonly Limit[]): Promise<void> {
    await commit(
      this.#client,
      limits.map(({ key }) =>
        change(this.#table, { pk: key }, { add: { count: -1 } }, after('count', 0)),
      ),
    );
  }

  /** Their windows are as if nothing had been counted. */
  restart(limits: readonly Limit[]): Write[] {
    return limits.map(({ key }) => erase(this.#table, { pk: key }));
  }

  #write(limit: Limit, one: Exclude<ReturnType<typeof hit>, { exhaustedUntil: number }>): Write {
    return change(this.#table, { pk: limit.key }, one.changes, ...one.when);
  }
}

/** A limit of the whole stage is a breaker: an alarm waits for this line (lib/portal-auth-stack.ts). */
function exhausted(limit: Limit, until: number): Limited {
  if (limit.key.startsWith('STAGE#'))
    log('ERROR', 'BREAKER_OPEN', { breaker: limit.key.split('#').at(-1) });
  return { outcome: 'EXHAUSTED', limit, until };
}
