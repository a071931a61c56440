import { describe, expect, test } from '@jest/globals';
import type { CognitoUser } from 'amazon-cognito-identity-js';
import { createSession, type Session } from '../../packages/auth-client/src/session.ts';
import type { CallRoute } from '../../packages/auth-client/src/http-api.ts';
import { callWithToken } from '../../packages/auth-client/src/call-with-token.ts';
import { createSignedIn } from '../../packages/auth-client/src/signed-in.ts';
import { accepted, refused } from '../../packages/auth-client/src/refusals.ts';
import { keptIn } from '../../packages/auth-client/src/tab-storage.ts';
import { fakeApi, memoryStorage } from './fakes.ts';

type Settle = (error: Error | null, session: object | null) => void;

const fault = (code: string, message = ''): Error => Object.assign(new Error(message), { code });
const sessionWith = (jwt: string, payload: object = { iat: 2, auth_time: 1 }) => ({
  getAccessToken: () => ({ getJwtToken: () => jwt, payload }),
  getRefreshToken: () => 'refresh-token',
});

/** A user pool whose user may be signed in, with prepared sessions and refreshes. */
function pool({
  sessions = [],
  refreshes = [],
  signedIn = true,
  loads = true,
  storage = memoryStorage(),
}: {
  sessions?: (object | Error)[];
  refreshes?: (object | Error)[];
  signedIn?: boolean;
  /** Whether Cognito's library can be loaded. */
  loads?: boolean;
  storage?: Storage;
}) {
  const steps: string[] = [];
  let current = signedIn;
  const settleWith = (prepared: (object | Error)[], settle: Settle): void => {
    const next = prepared.shift() ?? new Error('Nothing is prepared');
    if (next instanceof Error) settle(next, null);
    else settle(null, next);
  };
  const user = {
    getSession(settle: Settle) {
      steps.push('session');
      settleWith(sessions, settle);
    },
    refreshSession(token: string, settle: Settle) {
      steps.push(`refresh ${token}`);
      settleWith(refreshes, settle);
    },
    signOut(revoked?: () => void) {
      steps.push(revoked === undefined ? 'forget' : 'revoke');
      current = false;
      revoked?.();
    },
  };
  const now: number[] = [];
  const session = createSession(
    {
      isSignedIn: () => current,
      forget() {
        steps.push('forget');
        current = false;
      },
      currentUser: () =>
        loads
          ? Promise.resolve(current ? (user as unknown as CognitoUser) : null)
          : Promise.reject(new Error('The library cannot be loaded.')),
    },
    { isNow: (time) => now.push(time) },
    keptIn(storage, 'session'),
  );
  return { session, steps, now };
}

describe('the session of a tab', () => {
  test('is refreshed once for requests that need a token at the same time', async () => {
    const jwt = sessionWith('jwt');
    const { session, steps } = pool({ sessions: [jwt, jwt, jwt], refreshes: [jwt] });
    const tokens = await Promise.all([session.accessToken(), session.accessToken()]);
    expect(tokens).toEqual([accepted('jwt'), accepted('jwt')]);
    expect(steps).toEqual(['session']);
    await Promise.all([session.renew(), session.renew()]);
    expect(steps).toEqual(['session', 'session', 'refresh refresh-token']);
    await session.accessToken();
    expect(steps).toHaveLength(4);
  });

  test('provides the access token', async () => {
    const { session } = pool({ sessions: [sessionWith('jwt')] });
    expect(session.isSignedIn()).toBe(true);
    expect(await session.accessToken()).toEqual(accepted('jwt'));
  });

  test('began with the earlier of its sign-in and its factor', async () => {
    const times = { iat: 500, auth_time: 400, factor_at: 100 };
    const { session } = pool({ sessions: [sessionWith('jwt', times)] });
    expect(session.startedAt()).toBeUndefined();
    await session.accessToken();
    expect(session.startedAt()).toBe(100_000);
  });

  test('does not end with the older factor of another session, after a reload either', async () => {
    const storage = memoryStorage();
    const own = { iat: 401, auth_time: 400, factor_at: 400 };
    const renewed = sessionWith('two', { iat: 1300, auth_time: 400, factor_at: 100 });
    const first = sessionWith('one', own);
    const { session } = pool({ storage, sessions: [first, first], refreshes: [renewed] });
    await session.accessToken();
    await session.renew();
    expect(session.startedAt()).toBe(400_000);
    const reloaded = pool({
      storage,
      sessions: [renewed, sessionWith('three', { iat: 2001, auth_time: 2000, factor_at: 1900 })],
    });
    await reloaded.session.accessToken();
    expect(reloaded.session.startedAt()).toBe(400_000);
    await reloaded.session.accessToken();
    expect(reloaded.session.startedAt()).toBe(1_900_000);
  });

  test('sets the clock by a token that was renewed, and by no other', async () => {
    const first = sessionWith('one', { iat: 500, auth_time: 400 });
    const { session, now } = pool({
      sessions: [first, first, first],
      refreshes: [sessionWith('two', { iat: 900, auth_time: 400 })],
    });
    await session.accessToken();
    await session.accessToken();
    expect(now).toEqual([]);
    await session.renew();
    expect(now).toEqual([900_000]);
  });

  test('has no token if nobody is signed in', async () => {
    const { session, steps } = pool({ signedIn: false });
    expect(session.isSignedIn()).toBe(false);
    expect(await session.accessToken()).toEqual(refused('TOKEN_INVALID'));
    expect(await session.renew()).toEqual(refused('TOKEN_INVALID'));
    expect(steps).toEqual([]);
  });

  test.each([
    ['NetworkError', ''],
    ['UserLambdaValidationException', 'TokenGate failed: Please try again.'],
  ])('survives the outage %s "%s"', async (code, message) => {
    const { session, steps } = pool({ sessions: [fault(code, message)] });
    expect(await session.accessToken()).toEqual(refused('UNREACHABLE'));
    expect(session.isSignedIn()).toBe(true);
    expect(steps).not.toContain('forget');
  });

  test.each([
    ['NotAuthorizedException', 'Refresh Token has been revoked'],
    ['UserLambdaValidationException', 'TokenGate failed: the session has ended.'],
    ['UserNotFoundException', ''],
  ])('ends with the refusal %s "%s", and is forgotten', async (code, message) => {
    const { session } = pool({ sessions: [fault(code, message)] });
    expect(await session.accessToken()).toEqual(refused('TOKEN_INVALID'));
    expect(session.isSignedIn()).toBe(false);
  });

  test('renews a token that still seems valid', async () => {
    const { session, steps } = pool({
      sessions: [sessionWith('old')],
      refreshes: [sessionWith('new')],
    });
    expect(await session.renew()).toEqual(accepted('new'));
    expect(steps).toEqual(['session', 'refresh refresh-token']);
  });

  test('ends if it cannot be renewed', async () => {
    const { session } = pool({
      sessions: [sessionWith('old')],
      refreshes: [fault('NotAuthorizedException')],
    });
    expect(await session.renew()).toEqual(refused('TOKEN_INVALID'));
    expect(session.isSignedIn()).toBe(false);
  });

  test('is revoked at Cognito and forgotten when the person signs out', async () => {
    const { session, steps } = pool({ sessions: [sessionWith('jwt')] });
    await session.signOut();
    expect(steps).toEqual(['session', 'revoke', 'forget']);
    expect(session.isSignedIn()).toBe(false);
  });

  test('is forgotten even if Cognito cannot be reached', async () => {
    const { session, steps } = pool({ sessions: [fault('NetworkError')] });
    await session.signOut();
    expect(steps).toEqual(['session', 'forget']);
    expect(session.isSignedIn()).toBe(false);
  });

  test('outlives a library that cannot be loaded, and is forgotten on request', async () => {
    const { session, steps } = pool({ loads: false });
    expect(await session.accessToken()).toEqual(refused('UNREACHABLE'));
    expect(session.isSignedIn()).toBe(true);
    await session.signOut();
    expect(steps).toEqual(['forget']);
    expect(session.isSignedIn()).toBe(false);
  });

  test('that is not open can be signed out', async () => {
    const { session, steps } = pool({ signedIn: false });
    await session.signOut();
    expect(steps).toEqual([]);
  });
});

/** A session with prepared tokens. */
function tokensOf(access: string, renewed?: string): Session & { cleared: boolean } {
  const isRefusal = access === 'TOKEN_INVALID' || access === 'UNREACHABLE';
  return {
    cleared: false,
    isSignedIn: () => true,
    startedAt: () => undefined,
    subject: () => undefined,
    accessToken: () => Promise.resolve(isRefusal ? refused(access) : accepted(access)),
    renew: () =>
      Promise.resolve(renewed === undefined ? refused('TOKEN_INVALID') : accepted(renewed)),
    signOut: () => Promise.resolve(),
    clear() {
      this.cleared = true;
    },
  };
}

const signedInWith = (call: CallRoute, session: Session) =>
  createSignedIn(callWithToken(call, session), session);

const ME = { username: 'pphone' };

describe('a request of a signed-in person', () => {
  test('carries the access token', async () => {
    const { call, calls } = fakeApi({ getMe: [ME] });
    expect(await signedInWith(call, tokensOf('jwt')).me()).toEqual(accepted(ME));
    expect(calls).toEqual([{ name: 'getMe', token: 'jwt' }]);
  });

  test.each(['TOKEN_INVALID', 'UNREACHABLE'] as const)(
    'is not sent if the token is refused with %s',
    async (code) => {
      const { call, calls } = fakeApi({});
      expect(await signedInWith(call, tokensOf(code)).me()).toEqual(refused(code));
      expect(calls).toEqual([]);
    },
  );

  test('is repeated once with a new token, because the computer clock may be wrong', async () => {
    const { call, calls } = fakeApi({ getMe: ['TOKEN_INVALID', ME] });
    const session = tokensOf('old', 'new');
    expect(await signedInWith(call, session).me()).toEqual(accepted(ME));
    expect(calls.map(({ token }) => token)).toEqual(['old', 'new']);
    expect(session.cleared).toBe(false);
  });

  test.each([
    ['cannot be renewed', undefined],
    ['is refused, too', 'new'],
  ])('ends the session if the new token %s', async (_how, renewed) => {
    const { call } = fakeApi({ getMe: ['TOKEN_INVALID', 'TOKEN_INVALID'] });
    const session = tokensOf('old', renewed);
    expect(await signedInWith(call, session).me()).toEqual(refused('TOKEN_INVALID'));
    expect(session.cleared).toBe(true);
  });

  test.each(['FORBIDDEN', 'NOT_FOUND', 'UNREACHABLE', 'RATE_LIMITED'] as const)(
    'is not repeated after %s',
    async (code) => {
      const { call, calls } = fakeApi({ getMe: [code] });
      const session = tokensOf('jwt', 'new');
      expect(await signedInWith(call, session).me()).toEqual(refused(code));
      expect(calls).toHaveLength(1);
      expect(session.cleared).toBe(false);
    },
  );

  test('ends the session after signing out everywhere', async () => {
    const { call } = fakeApi({ signOutEverywhere: [undefined] });
    const session = tokensOf('jwt');
    await signedInWith(call, session).signOutEverywhere();
    expect(session.cleared).toBe(true);
  });

  test('keeps the session if signing out everywhere fails', async () => {
    const { call } = fakeApi({ signOutEverywhere: ['UNAVAILABLE'] });
    const session = tokensOf('jwt');
    await signedInWith(call, session).signOutEverywhere();
    expect(session.cleared).toBe(false);
  });
});

describe('the requests of an administrator', () => {
  test('search, page and open users', async () => {
    const page = { users: [] };
    const { call, calls } = fakeApi({
      listUsers: [page, page],
      getUser: [{}],
      listUserEvents: [{}, {}],
    });
    const admin = signedInWith(call, tokensOf('jwt'));
    await admin.users('riv');
    await admin.users('riv', 'next');
    await admin.user('jrivera');
    await admin.userEvents('jrivera');
    await admin.userEvents('jrivera', 'more');
    expect(calls.map(({ query, parameters }) => query ?? parameters)).toEqual([
      { search: 'riv' },
      { search: 'riv', cursor: 'next' },
      { username: 'jrivera' },
      {},
      { cursor: 'more' },
    ]);
  });

  test.each([
    [undefined, {}],
    ['', {}],
    ['Lost phone', { reason: 'Lost phone' }],
  ])('reset a registration with the reason %j', async (reason, body) => {
    const { call, calls } = fakeApi({ resetRegistration: [undefined] });
    await signedInWith(call, tokensOf('jwt')).resetRegistration('jrivera', 'attempt-1', reason);
    expect(calls).toEqual([
      {
        name: 'resetRegistration',
        parameters: { username: 'jrivera' },
        idempotencyKey: 'attempt-1',
        body,
        token: 'jwt',
      },
    ]);
  });

  test('correct the address on record of a user', async () => {
    const { call, calls } = fakeApi({ correctUserEmail: [{}] });
    await signedInWith(call, tokensOf('jwt')).correctEmail('mchen', 'mei@cedargrove.example');
    expect(calls).toMatchObject([
      { parameters: { username: 'mchen' }, body: { email: 'mei@cedargrove.example' } },
    ]);
  });

  test('disable and enable users', async () => {
    const { call, calls } = fakeApi({ setUserStatus: [{}, {}] });
    const admin = signedInWith(call, tokensOf('jwt'));
    await admin.setUserStatus('jrivera', 'DISABLED');
    await admin.setUserStatus('jrivera', 'ENABLED');
    expect(calls.map(({ body }) => body)).toEqual([{ status: 'DISABLED' }, { status: 'ENABLED' }]);
  });
});
