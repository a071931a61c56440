import { beforeEach, describe, expect, test } from '@jest/globals';
import { createClock, type Clock } from '../../../local/clock.ts';
import {
  createSessions,
  type AuthFlow,
  type Sessions,
  type StoredSession,
} from '../../../local/cognito/sessions.ts';
import type { SrpExchange } from '../../../local/cognito/srp.ts';
import { CLIENT, poolWith, section } from './builders.ts';

const HOUR = 3600;
const flow = (pending: AuthFlow['pending'] = { name: 'NEW_PASSWORD_REQUIRED' }): AuthFlow => ({
  client: CLIENT,
  subject: { sub: 'sub-1', user: undefined },
  history: [],
  eventId: 'event-1',
  pending,
});
const passwordFlow = flow({
  name: 'PASSWORD_VERIFIER',
  exchange: { secretBlock: 'block' } as SrpExchange,
});

let clock: Clock;
let stored: Record<string, StoredSession>;
let sessions: Sessions;
const reopen = (): Sessions => createSessions(section(stored), poolWith(), clock);
beforeEach(() => {
  clock = createClock();
  stored = {};
  sessions = reopen();
});

describe('a session', () => {
  test('leads back to its flow, as often as it is read', () => {
    const session = sessions.open(flow());
    expect(sessions.peek(session).flow).toEqual(flow());
    expect(sessions.peek(session).flow).toEqual(flow());
  });

  test('is long, random, and not kept in clear', () => {
    const [one, other] = [sessions.open(flow()), sessions.open(flow())];
    expect(one.length).toBeGreaterThan(200);
    expect(one).not.toBe(other);
    expect(JSON.stringify(stored)).not.toContain(one);
  });

  test('can be spent once', () => {
    const session = sessions.open(flow());
    sessions.spend(sessions.peek(session).fingerprint);
    expect(() => sessions.peek(session)).toThrow(/session can only be used once/);
  });

  test("lasts as long as the client's setting says", () => {
    const session = sessions.open(flow());
    clock.advance(CLIENT.sessionSeconds - 5);
    expect(sessions.peek(session).flow).toBeDefined();
    clock.advance(5);
    expect(() => sessions.peek(session)).toThrow(/session is expired/);
  });

  test.each(['', 'made up', 'AYAB'])('that is %j is refused', (session) => {
    expect(() => sessions.peek(session)).toThrow(
      expect.objectContaining({ code: 'NotAuthorizedException' }),
    );
  });

  test('of a client that the pool no longer has is refused', () => {
    const session = sessions.open(flow());
    const without = createSessions(section(stored), poolWith({ clients: new Map() }), clock);
    expect(() => without.peek(session)).toThrow(/Invalid session/);
  });

  test('is forgotten an hour after its end, so that state does not grow', () => {
    sessions.open(flow());
    clock.advance(CLIENT.sessionSeconds + HOUR + 1);
    sessions.open(flow());
    expect(Object.keys(stored)).toHaveLength(1);
  });
});

describe('the secret block', () => {
  test('finds the session for clients that answer PASSWORD_VERIFIER without it', () => {
    sessions.open(passwordFlow);
    expect(sessions.peek(undefined, 'block').flow.pending.name).toBe('PASSWORD_VERIFIER');
  });

  test('of another exchange finds none', () => {
    sessions.open(passwordFlow);
    expect(() => sessions.peek(undefined, 'other')).toThrow(/Missing required parameter Session/);
    expect(() => sessions.peek(undefined)).toThrow(/Missing required parameter Session/);
  });

  test('finds none once the session is forgotten', () => {
    sessions.open(passwordFlow);
    clock.advance(CLIENT.sessionSeconds + HOUR + 1);
    sessions.open(flow());
    expect(() => sessions.peek(undefined, 'block')).toThrow(/Missing required parameter/);
  });
});

describe('after a restart', () => {
  test('sessions and secret blocks still lead to their flows', () => {
    const session = sessions.open(passwordFlow);
    sessions = reopen();
    expect(sessions.peek(session).flow.subject.sub).toBe('sub-1');
    expect(sessions.peek(undefined, 'block').flow.client).toEqual(CLIENT);
  });

  test('spent ones are still spent', () => {
    const session = sessions.open(flow());
    sessions.spend(sessions.peek(session).fingerprint);
    sessions = reopen();
    expect(() => sessions.peek(session)).toThrow(/only be used once/);
  });
});
