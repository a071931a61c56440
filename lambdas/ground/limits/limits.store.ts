/**
 * Limits in the database. A limit that cannot be counted refuses: the store's error is thrown to
 * the caller.
 */
import { change, type Database, erase, type Write } from '../platform/database.ts';
import { log } from '../platform/log.ts';
import { Breakers } from './breakers.ts';
import type { LimitsPort } from './limits.port.ts';
import {
  exhaustedUntil,
  type Limit,
  type Limited,
  keyOf,
  type LimitWindow,
  windowOf,
} from './limits.rules.ts';
import { hit, takeBack } from './limits.transitions.ts';

/**
 * Hits of parallel requests change a window meanwhile; each pass sees what the one before it found.
 */
const PASSES = 8;

/** The number of keys that DynamoDB reads in one call. */
const KEYS_AT_ONCE = 100;

/** `SIGN_IN_PHONE#DESTINATION#<hash>#900` → `SIGN_IN_PHONE`. */
const nameOf = ({ key }: Limit) => key.split('#')[0];

export class LimitsStore implements LimitsPort {
  readonly #database: Database;
  readonly #table: string;
  readonly #breakers: Breakers;

  constructor(database: Database, table: string) {
    this.#database = database;
    this.#table = table;
    this.#breakers = new Breakers(database, table);
  }

  /**
   * Breakers are counted first and apart: nothing that different people share is written in their
   * transactions.
   */
  async count(
    limits: readonly Limit[],
    now: number,
    writes: readonly Write[] = [],
  ): Promise<Limited> {
    const breakers = limits.filter(({ breaker }) => breaker !== undefined);
    const own = limits.filter(({ breaker }) => breaker === undefined);
    const counted: Limit[] = [];
    for (const breaker of breakers) {
      const until = await this.#breakers.count(breaker, now);
      if (until !== undefined) {
        this.#breakers.forgive(counted);
        return {
          outcome: 'EXHAUSTED',
          limit: breaker,
          until,
        };
      }
      counted.push(breaker);
    }
    const outcome = await this.#countOwn(own, now, writes);
    if (outcome.outcome !== 'DONE') this.#breakers.forgive(counted);
    if (outcome.outcome === 'EXHAUSTED') log('INFO', 'LIMIT_HIT', { limit: nameOf(outcome.limit) });
    return outcome;
  }

  /** Read first, so that the first hit of a window and every later one cost one commit. */
  async windows(limits: readonly Limit[]): Promise<(LimitWindow | undefined)[]> {
    const windows: (LimitWindow | undefined)[] = [];
    for (let from = 0; from < limits.length; from += KEYS_AT_ONCE) {
      const some = limits.slice(from, from + KEYS_AT_ONCE);
      const wanted = some.map((limit) => ({ table: this.#table, key: keyOf(limit) }));
      windows.push(...(await this.#database.readAll(wanted)).map(windowOf));
    }
    return windows;
  }

  async #countOwn(
    limits: readonly Limit[],
    now: number,
    writes: readonly Write[],
  ): Promise<Limited> {
    const seen = await this.windows(limits);
    for (let pass = 1; pass <= PASSES; pass += 1) {
      const counting: Write[] = [];
      for (const [index, limit] of limits.entries()) {
        const until = exhaustedUntil(limit, seen[index], now);
        if (until !== undefined) return { outcome: 'EXHAUSTED', limit, until };
        counting.push(change(this.#table, keyOf(limit), hit(limit, seen[index], now)));
      }
      const all = [...writes, ...counting];
      const result = all.length === 0 ? { done: true as const } : await this.#database.commit(all);
      if (result.done) return { outcome: 'DONE' };
      const refused = result.refused.slice(0, writes.length);
      if (refused.some((one) => one !== true)) return { outcome: 'REFUSED', refused };
      for (const [index, window] of result.refused.slice(writes.length).entries())
        if (window !== true) seen[index] = windowOf(window);
    }
    const busiest = limits[0] as Limit;
    return {
      outcome: 'EXHAUSTED',
      limit: busiest,
      until: now + busiest.windowMs,
    };
  }

  /**
   * One write for each limit: a window that has ended meanwhile must not keep the others from being
   * taken back.
   */
  async forgive(limits: readonly Limit[]): Promise<void> {
    for (const limit of limits)
      await this.#database.commit([change(this.#table, keyOf(limit), takeBack())]);
  }

  restart(limits: readonly Limit[]): Write[] {
    return limits.map((limit) => erase(this.#table, keyOf(limit)));
  }
}
