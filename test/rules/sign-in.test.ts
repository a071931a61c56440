import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CHALLENGES } from '../../contract/challenge-names.ts';
import {
  decide,
  type HistoryEntry,
  readStamp,
  type Stamp,
  writeStamp,
} from '../../lambdas/journeys/sign-in/sign-in.rules.ts';

const FLOW = 'A'.repeat(22);
const stamp = (more: Partial<Stamp> = {}): Stamp => ({
  flowId: FLOW,
  challenge: 'ENTER_CODE',
  right: 'TOKENS',
  wrong: 'AGAIN',
  ...more,
});
const SRP: HistoryEntry[] = [
  { challengeName: 'SRP_A', challengeResult: true },
  { challengeName: 'PASSWORD_VERIFIER', challengeResult: true },
];
const custom = (result: boolean, more: Partial<Stamp> = {}): HistoryEntry => ({
  challengeName: 'CUSTOM_CHALLENGE',
  challengeResult: result,
  challengeMetadata: writeStamp(stamp(more)),
});
const factors = custom(false, { challenge: 'CHOOSE_FACTOR' });

describe('stamps', () => {
  test('come back as they were written, within 100 bytes', () => {
    for (const challenge of CHALLENGES) {
      const one = stamp({ challenge, right: 'NOTHING' });
      expect(readStamp(writeStamp(one))).toEqual(one);
      expect(Buffer.byteLength(writeStamp(one))).toBeLessThanOrEqual(100);
    }
  });

  test('are not read from any other text', () => {
    fc.assert(
      fc.property(
        fc.string(),
        (text) => readStamp(text) === undefined || writeStamp(readStamp(text) as Stamp) === text,
      ),
    );
  });
});

describe('the path from password to tokens', () => {
  test('goes step by step', () => {
    expect(decide([], false)).toEqual({ next: 'CUSTOM_CHALLENGE' });
    expect(decide(SRP.slice(0, 1), false)).toEqual({ next: 'PASSWORD_VERIFIER' });
    expect(decide(SRP, false)).toEqual({ next: 'CUSTOM_CHALLENGE' });
    expect(decide([...SRP, factors, custom(false)], false)).toEqual({ next: 'CUSTOM_CHALLENGE' });
    expect(decide([...SRP, factors, custom(false), custom(true)], false)).toEqual({
      next: 'TOKENS',
    });
  });

  test('includes the terms if the stamp requires them', () => {
    const proven = [...SRP, factors, custom(true, { right: 'TERMS' })];
    expect(decide(proven, false)).toEqual({ next: 'CUSTOM_CHALLENGE' });
    expect(decide([...proven, custom(true, { challenge: 'ACCEPT_TERMS' })], false)).toEqual({
      next: 'TOKENS',
    });
    expect(decide([...proven, custom(false, { challenge: 'ACCEPT_TERMS' })], false)).toEqual({
      next: 'CUSTOM_CHALLENGE',
    });
  });

  test.each<[string, HistoryEntry[]]>([
    [
      'a wrong password',
      [SRP[0] as HistoryEntry, { challengeName: 'PASSWORD_VERIFIER', challengeResult: false }],
    ],
    [
      'another beginning',
      [{ challengeName: 'CUSTOM_CHALLENGE', challengeResult: true, challengeMetadata: null }],
    ],
    ['a proof before any factor', [...SRP, custom(true)]],
    [
      'an entry without a stamp',
      [...SRP, { challengeName: 'CUSTOM_CHALLENGE', challengeResult: true }],
    ],
    ['a stamp of another flow', [...SRP, factors, custom(true, { flowId: 'B'.repeat(22) })]],
    ['terms without a proof', [...SRP, factors, custom(true, { challenge: 'ACCEPT_TERMS' })]],
    ['a device proof after a password', [...SRP, custom(true, { challenge: 'PROVE_DEVICE' })]],
    ['a factor without a password', [custom(true, { challenge: 'ENTER_CODE' })]],
    [
      'a right answer to a challenge that proves nothing',
      [
        ...SRP,
        custom(true, { challenge: 'REGISTRATION_INCOMPLETE', right: 'NOTHING', wrong: 'END' }),
      ],
    ],
    [
      'an incomplete registration',
      [
        ...SRP,
        custom(false, { challenge: 'REGISTRATION_INCOMPLETE', right: 'NOTHING', wrong: 'END' }),
      ],
    ],
    ['an answer to a closed flow', [...SRP, factors, custom(false, { wrong: 'END' })]],
    ['a step after the tokens', [...SRP, factors, custom(true), custom(true)]],
    ['a refused device', [custom(false, { challenge: 'PROVE_DEVICE', wrong: 'END' })]],
    ['the 26th round', [...SRP, ...Array.from({ length: 26 }, () => factors)]],
    ['SRP in the middle', [...SRP, factors, ...SRP, custom(true)]],
  ])('%s fails', (_what, history) => {
    expect(decide(history, false)).toMatchObject({ next: 'FAIL' });
  });

  test('unknown users fail where wrong passwords do, and at the device as anybody', () => {
    expect(decide(SRP, true)).toMatchObject({ next: 'FAIL' });
    expect(decide([], true)).toEqual({ next: 'CUSTOM_CHALLENGE' });
    expect(decide([custom(true, { challenge: 'PROVE_DEVICE' })], true)).toMatchObject({
      next: 'FAIL',
    });
  });

  test('tokens require a last entry that proves a factor and is stamped for tokens', () => {
    const entry = fc.record({
      challengeName: fc.constantFrom('SRP_A', 'PASSWORD_VERIFIER', 'CUSTOM_CHALLENGE'),
      challengeResult: fc.boolean(),
      challengeMetadata: fc.option(
        fc
          .record({
            challenge: fc.constantFrom(...CHALLENGES),
            right: fc.constantFrom('TOKENS' as const, 'TERMS' as const, 'NOTHING' as const),
            wrong: fc.constantFrom('AGAIN' as const, 'END' as const),
          })
          .map((more) => writeStamp(stamp(more))),
      ),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), fc.boolean(), (history, withSrp) => {
        const whole = withSrp ? [...SRP, ...history] : history;
        if (decide(whole, false).next !== 'TOKENS') return;
        const last = whole.at(-1);
        expect(last?.challengeResult).toBe(true);
        expect(readStamp(last?.challengeMetadata)?.right).toBe('TOKENS');
        expect(
          whole[0]?.challengeName === 'SRP_A' ||
            readStamp(whole[0]?.challengeMetadata)?.challenge === 'PROVE_DEVICE',
        ).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});
