/** Every change of a limit's window, by name. A limit that is exhausted admits none of the hits. */
import { clausesOf, either, type Transition } from '../platform/attributes.rules.ts';
import type { Limit, LimitRecord, LimitWindow } from './limits.rules.ts';

type LimitTransition = Transition<LimitRecord>;

const { absent, notAfter, is, below, after } = clausesOf<LimitRecord>();

/** Adds `many` hits to the window as last seen: to an open one, or to one that they open. */
export function hit(
  limit: Pick<Limit, 'max' | 'windowMs'>,
  seen: LimitWindow | undefined,
  now: number,
  many = 1,
): LimitTransition {
  if (seen === undefined || seen.endsAt <= now) return openWindow(limit, now, many);
  return {
    change: { add: { count: many } },
    when: [is('endsAt', seen.endsAt), hasRoom(limit, many)],
  };
}

/** No window, or one that has ended: the hits open one. */
function openWindow(
  { windowMs }: Pick<Limit, 'windowMs'>,
  now: number,
  many: number,
): LimitTransition {
  const endsAt = now + windowMs;
  return {
    change: { set: { endsAt, count: many, ttl: Math.ceil(endsAt / 1000) } },
    when: [either(absent('endsAt'), notAfter('endsAt', now))],
  };
}

/** Hits on a window that is open; where it is not, the refusal returns the window. */
export function hitOpenWindow(
  limit: Pick<Limit, 'max'>,
  now: number,
  many: number,
): LimitTransition {
  return {
    change: { add: { count: many } },
    when: [after('endsAt', now), hasRoom(limit, many)],
  };
}

const hasRoom = ({ max }: Pick<Limit, 'max'>, many: number) => below('count', max - many + 1);

/** One hit is taken back, if one was counted. */
export function takeBack(): LimitTransition {
  return { change: { add: { count: -1 } }, when: [after('count', 0)] };
}
