/** Fixed windows that their first hit opens; every hit is a conditional write, so no burst slips past the limit. */
import {
  below,
  either,
  type Change,
  type Clause,
  absent,
  is,
  notAfter,
} from '../platform/expressions.rules.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export interface Limit {
  /** What is counted, with no personal datum in clear: `SENDS#PHONE#<hash>`. */
  key: string;
  max: number;
  windowMs: number;
}

export interface LimitWindow {
  endsAt: number;
  count: number;
}

/** One hit on a window as last seen: the write and its conditions, or when the window ends if it is used up. */
export function hit(
  limit: Limit,
  seen: LimitWindow | undefined,
  now: number,
): { changes: Change; when: Clause[] } | { exhaustedUntil: number } {
  if (seen === undefined || seen.endsAt <= now) {
    const endsAt = now + limit.windowMs;
    return {
      changes: { set: { endsAt, count: 1, ttl: Math.ceil(endsAt / 1000) } },
      when: [either(absent('endsAt'), notAfter('endsAt', now))],
    };
  }
  if (seen.count >= limit.max) return { exhaustedUntil: seen.endsAt };
  return {
    changes: { add: { count: 1 } },
    when: [is('endsAt', seen.endsAt), below('count', limit.max)],
  };
}

/** EXHAUSTED names the limit that is used up and when its window ends; `refused` are the other writes' refusals, in their order. */
export type Limited =
  | { outcome: 'DONE' }
  | { outcome: 'EXHAUSTED'; limit: Limit; until: number }
  | { outcome: 'REFUSED'; refused: readonly (true | Record<string, unknown> | undefined)[] };
