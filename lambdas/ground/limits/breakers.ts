/**
 * Breakers: limits of the whole stage. Each is spread over shards, and a process takes hits in
 * leases, by single updates: updates of one item wait for each other and do not conflict.
 */
import { randomInt } from 'node:crypto';
import { change, type Database } from '../platform/database.ts';
import { log } from '../platform/log.ts';
import {
  hit,
  hitOpenWindow,
  keyOf,
  leaseOf,
  type Limit,
  type LimitRecord,
  shardsOf,
  windowOf,
} from './limits.rules.ts';

/** Shards that one request tries before it takes the breaker for open. */
const SHARD_TRIES = 4;
/** Other processes change a window meanwhile; each pass sees what the one before it found. */
const PASSES = 8;

/** Hits that were taken and are not spent yet. */
interface Lease {
  left: number;
  until: number;
}

export class Breakers {
  readonly #database: Database;
  readonly #table: string;
  readonly #leases = new Map<string, Lease>();

  constructor(database: Database, table: string) {
    this.#database = database;
    this.#table = table;
  }

  /** Counts one hit. Returns when the window ends if the breaker is open. */
  async count(breaker: Limit, now: number): Promise<number | undefined> {
    if (this.#spend(breaker, now)) return undefined;
    const shards = shardsOf(breaker);
    let until = now + breaker.windowMs;
    for (let tries = Math.min(SHARD_TRIES, shards.length); tries > 0; tries -= 1) {
      const [shard] = shards.splice(randomInt(shards.length), 1) as [Limit];
      const taken = await this.#takeLease(shard, now);
      if ('left' in taken) {
        const left = taken.left - 1 + (this.#live(breaker, now)?.left ?? 0);
        this.#leases.set(breaker.key, { ...taken, left });
        return undefined;
      }
      until = Math.min(until, taken.exhaustedUntil);
    }
    log('ERROR', 'BREAKER_OPEN', { breaker: breaker.breaker });
    return until;
  }

  #live({ key }: Limit, now: number): Lease | undefined {
    const lease = this.#leases.get(key);
    return lease !== undefined && lease.until > now ? lease : undefined;
  }

  #spend(breaker: Limit, now: number): boolean {
    const lease = this.#live(breaker, now);
    if (lease === undefined || lease.left === 0) return false;
    lease.left -= 1;
    return true;
  }

  /** Takes hits back: the next ones spend them. */
  forgive(breakers: readonly Limit[]): void {
    for (const { key } of breakers) {
      const lease = this.#leases.get(key);
      if (lease !== undefined) lease.left += 1;
    }
  }

  /** A whole lease, or the one hit that may be left. */
  async #takeLease(shard: Limit, now: number): Promise<Lease | { exhaustedUntil: number }> {
    const whole = await this.#take(shard, now, leaseOf(shard));
    return 'left' in whole || leaseOf(shard) === 1 ? whole : await this.#take(shard, now, 1);
  }

  async #take(
    shard: Limit,
    now: number,
    many: number,
  ): Promise<Lease | { exhaustedUntil: number }> {
    const anew = now + shard.windowMs;
    let next: ReturnType<typeof hit> = hitOpenWindow(shard, now, many);
    for (let pass = 1; pass <= PASSES; pass += 1) {
      if ('exhaustedUntil' in next) return next;
      const write = change<LimitRecord>(this.#table, keyOf(shard), next.change, next.when);
      const result = await this.#database.take(write);
      if ('taken' in result) {
        const { endsAt = 0 } = windowOf(result.taken) ?? {};
        return { left: many, until: endsAt > now ? endsAt : anew };
      }
      next = hit(shard, windowOf(result.found), now, many);
    }
    return { exhaustedUntil: anew };
  }
}
