import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  BUDGETS,
  type BudgetName,
  breakerOf,
  limitsOf,
  networkOf,
} from '../../../../lambdas/ground/limits/budgets.rules.ts';
import { LimitsStore } from '../../../../lambdas/ground/limits/limits.store.ts';
import {
  exhaustedUntil,
  type Limit,
  type LimitWindow,
  secondsUntil,
  shardsOf,
} from '../../../../lambdas/ground/limits/limits.rules.ts';
import {
  hit,
  hitOpenWindow,
  takeBack,
} from '../../../../lambdas/ground/limits/limits.transitions.ts';
import { lockOf, locksNow } from '../../../../lambdas/ground/limits/lockout.rules.ts';
import { countWrongAnswer } from '../../../../lambdas/ground/limits/lockout.transitions.ts';
import { limits as stageLimits } from '../../../../lib/limits.ts';
import { allHold, changed } from '../../../fakes/evaluate.ts';
import { HOUR, MINUTE, settings } from '../../../fakes/builders.ts';
import { MemoryDatabase } from '../../../fakes/memory-database.ts';

const LIMIT = { max: 2, windowMs: MINUTE };
const SPENDER = {
  source: '192.0.2.1',
  subject: 'pphone',
  destination: 'pat@cedargrove.example',
  account: 'account-1',
  flow: 'flow-1',
};
const NAMES = Object.keys(BUDGETS) as BudgetName[];

describe('a count', () => {
  const twoLimits: Limit[] = ['one', 'two'].map((key) => ({ key, max: 9, windowMs: MINUTE }));
  const breaker: Limit = { key: 'stage', max: 9, windowMs: MINUTE, breaker: 'TEXT' };

  test.each([
    ['in a new window', 0],
    ['in an open window', 1],
    ['in a window that has ended', MINUTE + 1],
  ])('costs one commit %s; a breaker costs updates of its own', async (_when, later) => {
    const database = new MemoryDatabase();
    const limits = new LimitsStore(database, 'limits');
    if (later > 0) await limits.count([...twoLimits, breaker], 0);
    const before = database.calls.length;
    expect(await limits.count([...twoLimits, breaker], later)).toEqual({ outcome: 'DONE' });
    const calls = database.calls.slice(before);
    expect(calls.filter((call) => call === 'commit')).toHaveLength(1);
    expect(calls.filter((call) => call === 'take')).toHaveLength(later === 1 ? 1 : 2);
  });
});

describe('a hit', () => {
  /** The window after a hit, if its conditions hold on what is stored. */
  function apply(stored: LimitWindow | undefined, seen: LimitWindow | undefined, now: number) {
    const { change, when } = hit(LIMIT, seen, now);
    return allHold(when, stored && { ...stored })
      ? changed({ ...stored }, { ...change })
      : 'REFUSED';
  }

  test('opens a window where there is none, or where it has ended', () => {
    const opened = { endsAt: 5 + MINUTE, count: 1, ttl: 61 };
    expect(apply(undefined, undefined, 5)).toEqual(opened);
    expect(apply({ endsAt: 5, count: 9 }, undefined, 5)).toEqual(opened);
  });

  test('is refused where the window is not the one that was seen', () => {
    expect(apply({ endsAt: 50, count: 1 }, undefined, 5)).toBe('REFUSED');
    expect(apply({ endsAt: 50, count: 1 }, { endsAt: 40, count: 1 }, 5)).toBe('REFUSED');
  });

  test('is counted up to the maximum, and says when the window ends', () => {
    expect(apply({ endsAt: 50, count: 1 }, { endsAt: 50, count: 1 }, 5)).toMatchObject({
      count: 2,
    });
    expect(apply({ endsAt: 50, count: 2 }, { endsAt: 50, count: 1 }, 5)).toBe('REFUSED');
    expect(exhaustedUntil(LIMIT, { endsAt: 50, count: 2 }, 49)).toBe(50);
    expect(exhaustedUntil(LIMIT, { endsAt: 50, count: 2 }, 50)).toBeUndefined();
    expect(exhaustedUntil(LIMIT, { endsAt: 50, count: 1 }, 49)).toBeUndefined();
    expect(exhaustedUntil(LIMIT, undefined, 49)).toBeUndefined();
  });

  test('of many at once needs room for all of them', () => {
    const seen = { endsAt: 50, count: 1 };
    expect(exhaustedUntil(LIMIT, seen, 5, 2)).toBe(50);
    const { when } = hitOpenWindow({ max: 3 }, 5, 2);
    expect(allHold(when, { endsAt: 50, count: 1 })).toBe(true);
    expect(allHold(when, { endsAt: 50, count: 2 })).toBe(false);
    expect(allHold(when, { endsAt: 5, count: 0 })).toBe(false);
    expect(allHold(when, undefined)).toBe(false);
  });

  test('is taken back only where there is one', () => {
    const { change, when } = takeBack();
    expect(allHold(when, { count: 0 })).toBe(false);
    expect(allHold(when, undefined)).toBe(false);
    expect(changed({ count: 2 }, { ...change })).toEqual({ count: 1 });
  });

  test('is to be repeated after whole seconds, one at least', () => {
    expect([secondsUntil(1_001, 0), secondsUntil(1_000, 0), secondsUntil(0, 5)]).toEqual([2, 1, 1]);
  });
});

describe('the shards of a breaker', () => {
  test('admit together exactly its maximum', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (max) => {
        const shards = shardsOf({ key: 'k', max, windowMs: 1 });
        const sum = shards.reduce((total, shard) => total + shard.max, 0);
        return sum === max && shards.length <= 16 && shards.every((shard) => shard.max > 0);
      }),
    );
  });

  test('are one where it is small, each with a key of its own', () => {
    expect(shardsOf({ key: 'k', max: 10, windowMs: 1 })).toHaveLength(1);
    const keys = shardsOf({ key: 'k', max: 20_000, windowMs: 1 }).map(({ key }) => key);
    expect(new Set(keys).size).toBe(16);
  });
});

describe('the table of budgets', () => {
  const all = NAMES.flatMap((name) =>
    limitsOf(name, SPENDER, settings()).map((l) => [name, l] as const),
  );

  test('names settings that every stage has', () => {
    const defaults = stageLimits.parse(undefined);
    const named = NAMES.flatMap((name) => BUDGETS[name].map(({ max }) => max));
    for (const max of named.filter((one) => typeof one === 'string'))
      expect(defaults).toHaveProperty(max);
    for (const [, limit] of all) expect(limit.max).toBeGreaterThan(0);
  });

  test('has one number outside the settings: a link of staff a minute, which the contract promises', () => {
    const numbers = NAMES.flatMap((name) =>
      BUDGETS[name].flatMap(({ max }) => (typeof max === 'number' ? [[name, max]] : [])),
    );
    expect(numbers).toEqual([['STAFF_LINK_REQUEST', 1]]);
  });

  test.each([
    ['STAFF_LINK_REQUEST', 'staffLinksPerAccountHour', 60],
    ['USERNAME_TAKEN', 'takenUsernamesPerFlowHour', 20],
    ['CONTACT_EMAIL', 'contactCorrectionsPerQuarterHour', 10],
    ['DEVICE_REFUSED', 'recordedRefusalsPerHour', 20],
    ['PASSKEY_REFUSED', 'recordedRefusalsPerHour', 20],
  ] as const)('%s follows limits.%s, by default %i', (name, setting, byDefault) => {
    const most = (limits: object) =>
      limitsOf(name, SPENDER, settings({ limits })).map(({ max }) => max);
    expect(stageLimits.parse({})[setting]).toBe(byDefault);
    expect(most({})).toContain(byDefault);
    expect(most({ [setting]: 7 })).toContain(7);
  });

  test('has keys that name nobody', () => {
    for (const [, { key }] of all)
      for (const datum of Object.values(SPENDER)) expect(key).not.toContain(datum);
  });

  test('keeps lanes, and the rows of a lane, apart', () => {
    const keys = all.map(([, { key }]) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test.each(['LINK', 'RESET_EMAIL', 'RESET_PHONE', 'ENROLMENT_EMAIL', 'ENROLMENT_PHONE'] as const)(
    '%s: another source spends only what all of them share, and less than the whole of it',
    (name) => {
      const mine = limitsOf(name, SPENDER, settings());
      const theirs = limitsOf(name, { ...SPENDER, source: '198.51.100.7' }, settings());
      const shared = mine.filter(({ key }) => theirs.some((one) => one.key === key));
      const whole = shared.find(({ key }) => key.startsWith(`${name}#DESTINATION#`));
      const share = theirs.find(({ windowMs }) => windowMs === whole?.windowMs);
      expect(whole?.max).toBe(20);
      expect(share).toMatchObject({ key: expect.stringContaining('+SOURCE'), max: 10 });
      expect(mine.filter(({ key }) => key.includes('+SOURCE'))).toHaveLength(3);
    },
  );

  test.each(['PHONE', 'EMAIL'] as const)(
    'has one source open no breaker before a password within an hour: %s',
    (channel) => {
      const names =
        channel === 'EMAIL'
          ? (['ENROLMENT_EMAIL', 'RESET_EMAIL_SENT', 'LINK'] as const)
          : (['ENROLMENT_PHONE', 'RESET_PHONE'] as const);
      const ofSource = names.map((name) =>
        limitsOf(name, SPENDER, settings()).find(({ key }) => key.startsWith(`${name}#SOURCE#`)),
      );
      for (const limit of ofSource) expect(limit?.windowMs).toBe(HOUR);
      const sum = ofSource.reduce((total, limit) => total + (limit?.max ?? Infinity), 0);
      const channels = channel === 'EMAIL' ? (['EMAIL'] as const) : (['TEXT', 'CALL'] as const);
      for (const one of channels)
        expect(sum).toBeLessThan(breakerOf(one, 'BEFORE_PASSWORD', settings()).max);
    },
  );

  test('never locks anybody for longer than an hour by what strangers do without a password', () => {
    const names = [
      'LINK',
      'RESET_EMAIL',
      'LINK_PASSWORD',
      'PORTAL_PASSWORD',
      'RESET_ANSWER',
    ] as const;
    const shared = names.flatMap((name) =>
      BUDGETS[name].filter(({ counts }) => !counts.includes('source')),
    );
    for (const { windowMs } of shared) expect(windowMs).toBeLessThanOrEqual(HOUR);
  });

  test('cannot count by what the caller does not say', () => {
    expect(() => limitsOf('LINK', { source: '192.0.2.1' }, settings())).toThrow(
      'Budget LINK counts by destination, which is missing.',
    );
  });

  test('has a breaker for every channel, apart before and after a password', () => {
    const breakers = (['TEXT', 'CALL', 'EMAIL'] as const).flatMap((channel) =>
      (['AFTER_PASSWORD', 'BEFORE_PASSWORD'] as const).map((proof) =>
        breakerOf(channel, proof, settings()),
      ),
    );
    expect(new Set(breakers.map(({ key }) => key)).size).toBe(6);
    expect(breakers.map(({ max }) => max)).toEqual([5000, 1000, 1000, 500, 20_000, 10_000]);
  });
});

describe('a source', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  test('of one IPv6 network is one, of another is another', () => {
    const key = (source: string) =>
      limitsOf('LINK_REQUEST', { source }, settings()).map((limit) => limit.key);
    expect(key('2001:db8:1:2::1')).toEqual(key('2001:db8:1:2:ffff::1'));
    expect(key('2001:db8:1:2::1')).not.toEqual(key('2001:db8:1:3::1'));
  });
});

describe('the lock of an account', () => {
  const { limits } = settings({ limits: { wrongAnswersPerHour: 5, wrongAnswersInARow: 10 } });
  const inWindow = (count: number) => ({ wrongAnswers: { endsAt: 100, count } });

  test('ends with the hour, or by a reset', () => {
    expect(lockOf({}, limits, 50)).toBeUndefined();
    expect(lockOf(inWindow(4), limits, 50)).toBeUndefined();
    expect(lockOf(inWindow(5), limits, 99)).toEqual({ until: 100 });
    expect(lockOf(inWindow(5), limits, 100)).toBeUndefined();
    expect(lockOf({ failuresInARow: 10 }, limits, 50)).toEqual({ until: 'RESET' });
  });

  test('admits no further answer', () => {
    for (const seen of [
      inWindow(5),
      { failuresInARow: 10 },
      { failuresInARow: 10, ...inWindow(1) },
    ])
      expect(allHold(countWrongAnswer(seen, limits, 50).when, seen)).toBe(false);
  });

  test('counts each answer in the window of its hour and in a row', () => {
    const first = countWrongAnswer({}, limits, 50);
    expect(allHold(first.when, {})).toBe(true);
    const counted = { wrongAnswers: { endsAt: 50 + HOUR, count: 1 }, failuresInARow: 1 };
    expect(changed({}, { ...first.change })).toEqual(counted);
    const second = countWrongAnswer(counted, limits, 51);
    expect(allHold(second.when, counted)).toBe(true);
    expect(changed(counted, { ...second.change })).toEqual({
      wrongAnswers: { endsAt: 50 + HOUR, count: 2 },
      failuresInARow: 2,
    });
    const nextHour = countWrongAnswer(counted, limits, 50 + HOUR);
    expect(allHold(nextHour.when, counted)).toBe(true);
    expect(changed(counted, { ...nextHour.change })).toEqual({
      wrongAnswers: { endsAt: 50 + 2 * HOUR, count: 1 },
      failuresInARow: 2,
    });
  });

  test('begins with the last answer of the hour or the last consecutive one', () => {
    expect(locksNow(inWindow(3), limits, 50)).toBe(false);
    expect(locksNow(inWindow(4), limits, 50)).toBe(true);
    expect(locksNow({ failuresInARow: 9 }, limits, 50)).toBe(true);
    expect(locksNow(inWindow(4), limits, 100)).toBe(false);
  });

  test('is not counted into another window than the one that was seen', () => {
    const { when } = countWrongAnswer(inWindow(1), limits, 50);
    expect(allHold(when, inWindow(1))).toBe(true);
    expect(allHold(when, { wrongAnswers: { endsAt: 200, count: 1 } })).toBe(false);
    expect(allHold(when, {})).toBe(false);
    const { when: first } = countWrongAnswer({}, limits, 50);
    expect(allHold(first, inWindow(1))).toBe(false);
  });

  test('is begun only by a caller who saw that its answer begins it', () => {
    const { when } = countWrongAnswer(inWindow(2), limits, 50);
    expect(allHold(when, inWindow(3))).toBe(true);
    expect(allHold(when, inWindow(4))).toBe(false);
  });
});
