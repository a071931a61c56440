import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Call,
  FINAL_STATES,
  passes,
  stateAfter,
  statusOf,
  type StoredCallState,
} from '../../lambdas/capabilities/calls/call.rules.ts';
import { CALL_MOVES, confirm } from '../../lambdas/capabilities/calls/call.transitions.ts';
import { allHold } from '../fakes/evaluate.ts';
import { speechFor } from '../../lambdas/capabilities/calls/speech.rules.ts';

const PORTAL = 'Cedar Provider Portal';
const CONNECTED = '2026-11-21T20:00:05.000Z';
const event = (eventType: string, connectedToSystemTimestamp?: string) => ({
  eventType,
  contactId: 'contact',
  ...(connectedToSystemTimestamp === undefined ? {} : { connectedToSystemTimestamp }),
});

describe('a contact event', () => {
  test.each<[string, ReturnType<typeof event>, string | undefined]>([
    ['the start changes nothing', event('INITIATED'), undefined],
    [
      'a connection is an answer, a person or voicemail',
      event('CONNECTED_TO_SYSTEM', CONNECTED),
      'ANSWERED',
    ],
    ['an end without a connection means NO_ANSWER', event('DISCONNECTED'), 'NO_ANSWER'],
    [
      'an end with a connection in 1970 means NO_ANSWER',
      event('DISCONNECTED', '1970-01-01T00:00:00.000Z'),
      'NO_ANSWER',
    ],
    [
      'an end after a connection is a failure, unless it was confirmed',
      event('DISCONNECTED', CONNECTED),
      'FAILED',
    ],
    ['an unknown event changes nothing', event('QUEUED'), undefined],
  ])('%s', (_what, given, state) => {
    expect(stateAfter(given)).toBe(state);
  });

  test('never changes a final state, in any order or repetition', () => {
    const moves = fc.constantFrom<Exclude<StoredCallState, 'CALLING'>>(
      'ANSWERED',
      'NO_ANSWER',
      'CONFIRMED',
      'FAILED',
    );
    fc.assert(
      fc.property(fc.array(moves, { maxLength: 12 }), (walk) => {
        let state: StoredCallState = 'CALLING';
        for (const to of walk) {
          const before = state;
          const { when } =
            to === 'CONFIRMED' ? confirm({ phone: '+1' }, 'contact', 0) : CALL_MOVES[to];
          if (allHold(when, { state, phone: '+1', spoken: false, expiresAt: 1 })) state = to;
          expect(FINAL_STATES.includes(before) ? state : before).toBe(before);
          expect([before, state]).not.toEqual(['ANSWERED', 'NO_ANSWER']);
        }
      }),
    );
  });
});

test.each<[StoredCallState, string]>([
  ['CALLING', 'EXPIRED'],
  ['ANSWERED', 'EXPIRED'],
  ['CONFIRMED', 'CONFIRMED'],
  ['NO_ANSWER', 'NO_ANSWER'],
  ['FAILED', 'FAILED'],
])('at its end %s is shown as %s', (state, shown) => {
  expect(statusOf({ state, expiresAt: 1000 }, 999)).toBe(state);
  expect(statusOf({ state, expiresAt: 1000 }, 1000)).toBe(shown);
});

describe('a confirmation passes', () => {
  const flow = { flowId: 'flow', accountId: 'account', epoch: 1 };
  const confirmed: Call = {
    callId: 'call',
    purpose: 'SIGN_IN',
    ...flow,
    flow: { table: 'CHALLENGES', pk: 'FLOW#flow' },
    phone: '+12025550143',
    state: 'CONFIRMED',
    spoken: false,
    placedAt: 0,
    expiresAt: 1000,
  };

  test('its flow, before its end', () => {
    expect(passes(confirmed, flow, 999)).toBe(true);
    expect(passes(confirmed, flow, 1000)).toBe(false);
  });

  test.each<[string, Partial<Call>]>([
    ['another flow', { flowId: 'other' }],
    ['another account', { accountId: 'other' }],
    ['an account that was reset since', { epoch: 2 }],
    ['anything twice', { usedAt: 500 }],
    ['what was only answered', { state: 'ANSWERED' }],
    ['what failed', { state: 'FAILED' }],
  ])('never %s', (_what, change) => {
    expect(passes({ ...confirmed, ...change }, flow, 500)).toBe(false);
  });
});

describe('the prompt of a call', () => {
  test('is who calls, why, and both keys', () => {
    expect(speechFor({ language: 'en', portalName: PORTAL, purpose: 'SIGN_IN' }).promptText).toBe(
      'This is Cedar Provider Portal. We are calling because someone is signing in with your ' +
        'account. If that is you, press the pound key. ' +
        'If you did not ask for this call, press 9.',
    );
  });

  test('contains no digits in a row except a code, which it repeats', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{6}$/), (code) => {
        const { promptText, mode } = speechFor({
          language: 'en',
          portalName: PORTAL,
          purpose: 'SIGN_IN',
          spokenCode: code,
        });
        expect(mode).toBe('SPOKEN_CODE');
        expect(promptText).not.toMatch(/\d\d/);
        expect(promptText.split([...code].join(', ')).length).toBeGreaterThanOrEqual(3);
      }),
    );
  });

  test('contains no markup for any name of the portal', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.constantFrom(
            '</speak>',
            '<break time="9s"/>',
            '$.Attributes.x',
            'a\r\nb',
            '&lt;',
            '\u202eevil',
          ),
        ),
        (name) => {
          for (const text of Object.values(
            speechFor({ language: 'en', portalName: name, purpose: 'PASSWORD_RESET_PHONE' }),
          ))
            expect(text).not.toMatch(/[<>&$\r\n\u202a-\u202e]/);
        },
      ),
    );
  });
});
