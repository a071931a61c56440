/**
 * Fixed windows that their first hit opens; every hit is a conditional write, so no burst slips
 * past the limit.
 */

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export interface Limit {
  /** What is counted, with no personal datum in clear: `SIGN_IN#DESTINATION#<hash>#900`. */
  key: string;
  max: number;
  windowMs: number;
  /**
   * A limit of the whole stage has a name here: it is counted apart from people's transactions, and
   * an alarm waits for its end.
   */
  breaker?: string;
}

/** Times are milliseconds since 1970. */
export interface LimitWindow {
  endsAt: number;
  count: number;
}

export interface LimitRecord extends LimitWindow {
  /** Seconds since 1970. */
  ttl: number;
}

export const keyOf = ({ key }: Limit) => ({ pk: key });

/** Only records of limits are in their table. */
export function windowOf(item: Record<string, unknown> | undefined): LimitWindow | undefined {
  return item as LimitWindow | undefined;
}

/** When the window ends, if fewer than `many` hits are left in it as last seen. */
export function exhaustedUntil(
  { max }: Pick<Limit, 'max'>,
  seen: LimitWindow | undefined,
  now: number,
  many = 1,
): number | undefined {
  if (seen === undefined || seen.endsAt <= now) return undefined;
  return seen.count + many > max ? seen.endsAt : undefined;
}

/**
 * A breaker of this many hits or more is spread over shards, so that people do not wait for each
 * other's writes.
 */
const HITS_PER_SHARD = 500;
const MOST_SHARDS = 16;

/**
 * A process takes this part of a shard at once and spends it from memory, so that most sends cost
 * no call. What it has not spent when it ends is lost: at most this part, and nothing is sent in
 * excess.
 */
const ALLOTMENTS_PER_SHARD = 50;

export function allotmentOf(shard: Limit): number {
  return Math.max(1, Math.floor(shard.max / ALLOTMENTS_PER_SHARD));
}

/** The limit's shards, which together admit exactly its maximum. */
export function shardsOf(limit: Limit): Limit[] {
  const count = Math.min(MOST_SHARDS, Math.max(1, Math.floor(limit.max / HITS_PER_SHARD)));
  return Array.from({ length: count }, (_, index) => ({
    ...limit,
    key: `${limit.key}#${index}`,
    max: Math.floor(limit.max / count) + (index < limit.max % count ? 1 : 0),
  }));
}

/**
 * EXHAUSTED names the limit that is used up and when its window ends; `refused` are the other
 * writes' refusals, in their order.
 */
export type Limited =
  | { outcome: 'DONE' }
  | { outcome: 'EXHAUSTED'; limit: Limit; until: number }
  | { outcome: 'REFUSED'; refused: readonly (true | Record<string, unknown> | undefined)[] };

/** Whole seconds until `time`, at least one: a Retry-After. */
export function secondsUntil(time: number, now: number): number {
  return Math.max(1, Math.ceil((time - now) / 1000));
}
