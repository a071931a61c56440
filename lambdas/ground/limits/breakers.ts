/**
 * Breakers: limits of the whole stage. Each is spread over shards. A process takes an allotment of
 * hits by a single update: updates of one item wait for each other and do not conflict.
 */
import { randomInt } from 'node:crypto';
import { change, type Database } from '../platform/database.ts';
import { log } from '../platform/log.ts';
import {
  allotmentOf,
  exhaustedUntil,
  keyOf,
  type Limit,
  shardsOf,
  windowOf,
} from './limits.rules.ts';
import { hit, hitOpenWindow } from './limits.transitions.ts';

/** Shards that one request tries before it takes the breaker for open. */
const SHARD_TRIES = 4;
/** Other processes change a window meanwhile; each pass sees what the one before it found. */
const PASSES = 8;

/** Hits that this process has taken and not spent yet. */
interface Allotment {
  left: number;
  until: number;
}

export class Breakers {
  readonly #database: Database;
  readonly #table: string;
  readonly #allotments = new Map<string, Allotment>();

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
      const taken = await this.#takeAllotment(shard, now);
      if ('left' in taken) {
        const left = taken.left - 1 + (this.#live(breaker, now)?.left ?? 0);
        this.#allotments.set(breaker.key, { ...taken, left });
        return undefined;
      }
      until = Math.min(until, taken.exhaustedUntil);
    }
    log('ERROR', 'BREAKER_OPEN', { breaker: breaker.breaker });
    return until;
  }

  #live({ key }: Limit, now: number): Allotment | undefined {
    const allotment = this.#allotments.get(key);
    return allotment !== undefined && allotment.until > now ? allotment : undefined;
  }

  #spend(breaker: Limit, now: number): boolean {
    const allotment = this.#live(breaker, now);
    if (allotment === undefined || allotment.left === 0) return false;
    allotment.left -= 1;
    return true;
  }

  /** Takes hits back: the next ones spend them. */
  forgive(breakers: readonly Limit[]): void {
    for (const { key } of breakers) {
      const allotment = this.#allotments.get(key);
      if (allotment !== undefined) allotment.left += 1;
    }
  }

  /** Takes a whole allotment, or a single hit if fewer are left. */
  async #takeAllotment(shard: Limit, now: number): Promise<Allotment | { exhaustedUntil: number }> {
    const whole = await this.#take(shard, now, allotmentOf(shard));
    return 'left' in whole || allotmentOf(shard) === 1 ? whole : await this.#take(shard, now, 1);
  }

  async #take(
    shard: Limit,
    now: number,
    many: number,
  ): Promise<Allotment | { exhaustedUntil: number }> {
    const anew = now + shard.windowMs;
    let next = hitOpenWindow(shard, now, many);
    for (let pass = 1; pass <= PASSES; pass += 1) {
      const result = await this.#database.take(change(this.#table, keyOf(shard), next));
      if ('taken' in result) {
        const { endsAt = 0 } = windowOf(result.taken) ?? {};
        return { left: many, until: endsAt > now ? endsAt : anew };
      }
      const found = windowOf(result.found);
      const until = exhaustedUntil(shard, found, now, many);
      if (until !== undefined) return { exhaustedUntil: until };
      next = hit(shard, found, now, many);
    }
    return { exhaustedUntil: anew };
  }
}
