import { describe, expect, test } from '@jest/globals';
import {
  createEmployeeSession,
  type EmployeeTokens,
} from '../../packages/auth-client/src/employee-session.ts';
import { createHelpDesk } from '../../packages/auth-client/src/help-desk.ts';
import type { IssuedTokens, OpenId } from '../../packages/auth-client/src/open-id.ts';
import {
  otherTabs,
  type EndedSession,
  type OtherTabs,
} from '../../packages/auth-client/src/other-tabs.ts';
import { accepted, refused, type Result } from '../../packages/auth-client/src/refusals.ts';
import { keptIn } from '../../packages/auth-client/src/tab-storage.ts';
import { fakeApi, memoryStorage } from './fakes.ts';

const HOUR_MS = 3_600_000;

const issued = (accessToken: string, lastsMs = 15 * 60_000): IssuedTokens => ({
  accessToken,
  idToken: 'id',
  refreshToken: 'refresh',
  expiresAt: Date.now() + lastsMs,
  claims: { sub: 'hana', employee_name: 'Hana', email: 'hana@workforce.example', help_desk: true },
});

/** The tabs of one browser. */
function browserTabs(): OtherTabs {
  const listeners = new Set<(ended: EndedSession) => void>();
  return {
    announce: (ended) => listeners.forEach((heard) => heard(ended)),
    listen(heard) {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
  };
}

const KEY = 'portal-auth.employee';

/** A session over a provider with prepared answers. */
function sessionOf({
  tokens,
  exchange = { failure: 'EXPIRED' },
  refreshes = [],
  reachable = true,
  tabs = browserTabs(),
}: {
  tokens?: IssuedTokens;
  tabs?: OtherTabs;
  exchange?: Awaited<ReturnType<OpenId['exchange']>>;
  refreshes?: (Result<IssuedTokens> | (() => Result<IssuedTokens>))[];
  reachable?: boolean;
} = {}) {
  const steps: string[] = [];
  const storage = memoryStorage();
  const kept = keptIn<EmployeeTokens>(storage, KEY);
  if (tokens !== undefined) kept.write({ ...tokens, of: 'EMPLOYEE', signedInAt: Date.now() });
  const openId: OpenId = {
    signInUrl: ({ to }, prompt) => Promise.resolve(`https://sign-in.example/${to}/${prompt}`),
    exchange: () => Promise.resolve(exchange),
    refresh: ({ refreshToken }) => {
      steps.push(`refresh ${refreshToken}`);
      const next = refreshes.shift() ?? refused('UNREACHABLE');
      return Promise.resolve(typeof next === 'function' ? next() : next);
    },
    revoke: (token) => {
      steps.push(`revoke ${token}`);
      return Promise.resolve(reachable);
    },
    signOutUrl: () => 'https://sign-out.example',
    isReachable: () => Promise.resolve(reachable),
  };
  const leave = (address: string) => void steps.push(`leave ${address}`);
  const session = createEmployeeSession(openId, { kept, tabs, leave });
  const stop = session.followOtherTabs((ending) => steps.push(`ended ${ending}`));
  return { session, steps, storage, kept, stop };
}

describe('the session of an employee', () => {
  test('begins by leaving the page, with where to go on and whether to ask again', async () => {
    const { session, steps } = sessionOf();
    expect(await session.begin({ to: '/help-desk', again: true })).toEqual(accepted(undefined));
    expect(steps).toEqual(['leave https://sign-in.example//help-desk/login']);
  });

  test('does not leave the page where nothing answers', async () => {
    const { session, steps } = sessionOf({ reachable: false });
    expect(await session.begin()).toEqual(refused('UNREACHABLE'));
    expect(steps).toEqual([]);
  });

  test('does not leave the page that the person has gone to meanwhile', async () => {
    const { session, steps } = sessionOf();
    const page = new AbortController();
    const begun = session.begin({ signal: page.signal });
    page.abort();
    expect(await begun).toEqual(accepted(undefined));
    expect(steps).toEqual([]);
  });

  test('keeps the tokens of its tab, and says who it is', async () => {
    const exchange = { tokens: issued('access'), to: '/help-desk/approvals' };
    const { session, storage } = sessionOf({ exchange });
    expect(session.employee()).toBeUndefined();
    expect(await session.comeBack('https://portal.example')).toEqual({
      employee: {
        name: 'Hana',
        email: 'hana@workforce.example',
        isHelpDesk: true,
        signedInAt: expect.any(Number),
      },
      to: '/help-desk/approvals',
    });
    expect(session.employee()).toMatchObject({ name: 'Hana' });
    expect(storage.length).toBe(1);
    expect(await session.accessToken()).toEqual(accepted('access'));
  });

  test('keeps nothing of a sign-in that failed', async () => {
    const { session, storage } = sessionOf({ exchange: { failure: 'NOT_OURS' } });
    expect(await session.comeBack('https://portal.example')).toEqual({ failure: 'NOT_OURS' });
    expect(storage.length).toBe(0);
  });

  test.each([
    [{ help_desk: 'true' }, true],
    [{ help_desk: 'false' }, false],
    [{}, false],
  ])('reads the group in %j', (claims, isHelpDesk) => {
    const { session } = sessionOf({ tokens: { ...issued('access'), claims } });
    expect(session.employee()).toMatchObject({ isHelpDesk, name: '', email: undefined });
  });

  test('renews a token that is about to end, once for all who ask', async () => {
    const { session, steps } = sessionOf({
      tokens: issued('old', 10_000),
      refreshes: [accepted(issued('new'))],
    });
    const signedInAt = session.employee()?.signedInAt;
    expect(await Promise.all([session.accessToken(), session.accessToken()])).toEqual([
      accepted('new'),
      accepted('new'),
    ]);
    expect(steps).toEqual(['refresh refresh']);
    expect(session.employee()?.signedInAt).toBe(signedInAt);
  });

  test('ends when it cannot be renewed, and outlives an outage', async () => {
    const { session } = sessionOf({
      tokens: issued('old', -HOUR_MS),
      refreshes: [refused('UNREACHABLE'), refused('TOKEN_INVALID')],
    });
    expect(await session.accessToken()).toEqual(refused('UNREACHABLE'));
    expect(session.employee()).toBeDefined();
    expect(await session.accessToken()).toEqual(refused('TOKEN_INVALID'));
    expect(session.employee()).toBeUndefined();
  });

  test('that was signed out while it was renewed stays signed out', async () => {
    const { session, kept } = sessionOf({
      tokens: issued('old', -HOUR_MS),
      refreshes: [
        () => {
          kept.clear();
          return accepted(issued('new'));
        },
      ],
    });
    expect(await session.accessToken()).toEqual(refused('TOKEN_INVALID'));
    expect(session.employee()).toBeUndefined();
  });

  test('is revoked, forgotten, and ended at the user pool', async () => {
    const { session, steps, storage } = sessionOf({ tokens: issued('access') });
    expect(await session.signOut()).toEqual(accepted(undefined));
    expect(steps).toEqual(['revoke refresh', 'leave https://sign-out.example']);
    expect(storage.length).toBe(0);
  });

  test('is forgotten also where the user pool does not answer', async () => {
    const { session, steps, storage } = sessionOf({ tokens: issued('access'), reachable: false });
    expect(await session.signOut()).toEqual(refused('UNREACHABLE'));
    expect(steps).toEqual(['revoke refresh']);
    expect(storage.length).toBe(0);
  });
});

describe('the sessions of an employee in two tabs', () => {
  test('are both signed out by one, and each revokes its own token', async () => {
    const tabs = browserTabs();
    const one = sessionOf({ tabs, tokens: issued('one') });
    const other = sessionOf({ tabs, tokens: { ...issued('other'), refreshToken: 'other' } });
    await one.session.signOut();
    expect(one.steps).toEqual(['revoke refresh', 'leave https://sign-out.example']);
    expect(other.session.employee()).toBeUndefined();
    expect(other.steps).toEqual(['ended SIGNED_OUT', 'revoke other']);
  });

  test('are apart where they are of two employees', async () => {
    const tabs = browserTabs();
    const hana = sessionOf({ tabs, tokens: issued('hana') });
    const claims = { ...issued('').claims, sub: 'hugo' };
    const hugo = sessionOf({ tabs, tokens: { ...issued('hugo'), claims } });
    await hana.session.signOut();
    expect(hugo.session.employee()).toBeDefined();
    expect(hugo.steps).toEqual([]);
  });

  test('that the backend has ended both end, and say so once', async () => {
    const tabs = browserTabs();
    const one = sessionOf({
      tabs,
      tokens: issued('one', -HOUR_MS),
      refreshes: [refused('TOKEN_INVALID')],
    });
    const other = sessionOf({
      tabs,
      tokens: issued('other'),
      refreshes: [refused('TOKEN_INVALID')],
    });
    await one.session.accessToken();
    await other.session.renew();
    expect(other.session.employee()).toBeUndefined();
    expect(other.steps).toEqual(['refresh refresh', 'ended ENDED']);
    expect(one.steps).toEqual(['refresh refresh']);
  });

  test.each([
    ['the backend renews', accepted(issued('renewed'))],
    ['cannot be renewed for now', refused('UNREACHABLE')],
  ])('go on where one has ended and the other %s', async (_what, answer) => {
    const tabs = browserTabs();
    const one = sessionOf({ tabs, tokens: issued('one') });
    const other = sessionOf({ tabs, tokens: issued('other'), refreshes: [answer] });
    one.session.clear();
    await other.session.renew();
    expect(other.session.employee()).toBeDefined();
    expect(other.steps).toEqual(['refresh refresh']);
  });

  test('are not followed by a page that was left', async () => {
    const tabs = browserTabs();
    const one = sessionOf({ tabs, tokens: issued('one') });
    const other = sessionOf({ tabs, tokens: issued('other') });
    other.stop();
    await one.session.signOut();
    expect(other.steps).toEqual([]);
  });
});

describe('the channel of the tabs', () => {
  test('carries the ending of a session to whoever listens, and nothing else', async () => {
    const ended: EndedSession = { subject: 'hana', ending: 'SIGNED_OUT' };
    const heard = await new Promise<EndedSession>((resolve) => {
      const stop = otherTabs('test').listen((said) => {
        stop();
        resolve(said);
      });
      otherTabs('another').announce({ subject: 'hugo', ending: 'ENDED' });
      otherTabs('test').announce(ended);
    });
    expect(heard).toEqual(ended);
  });

  test('is missing in a browser that refuses it, and each tab goes on by itself', () => {
    const { BroadcastChannel } = globalThis;
    globalThis.BroadcastChannel = class {
      constructor() {
        throw new Error('refused');
      }
    } as unknown as typeof BroadcastChannel;
    try {
      const tabs = otherTabs('test');
      tabs.announce({ subject: 'hana', ending: 'ENDED' });
      expect(tabs.listen(() => undefined)()).toBeUndefined();
    } finally {
      globalThis.BroadcastChannel = BroadcastChannel;
    }
  });
});

describe('the help desk’s routes', () => {
  const tokens = issued('access');

  test('take the employee’s token, and a reason with each act', async () => {
    const { session } = sessionOf({ tokens });
    const { call, calls } = fakeApi({
      findPeople: [{ users: [] }],
      resetPerson: [undefined],
      revokeRegistrationCode: [undefined],
    });
    const helpDesk = createHelpDesk(call, session);
    await helpDesk.find({ npi: '1234567893' }, 'c-1');
    await helpDesk.reset('pphone', 'called back', 'attempt-1');
    await helpDesk.revokeCode('1234567893', 'id-1', 'wrong address');
    expect(calls).toEqual([
      { name: 'findPeople', token: 'access', query: { npi: '1234567893', cursor: 'c-1' } },
      {
        name: 'resetPerson',
        token: 'access',
        parameters: { username: 'pphone' },
        body: { reason: 'called back' },
        idempotencyKey: 'attempt-1',
      },
      {
        name: 'revokeRegistrationCode',
        token: 'access',
        parameters: { npi: '1234567893', codeId: 'id-1' },
        query: { reason: 'wrong address' },
      },
    ]);
  });

  test('are not called without a session', async () => {
    const { session } = sessionOf();
    const { call, calls } = fakeApi({});
    expect(await createHelpDesk(call, session).approvals()).toEqual(refused('TOKEN_INVALID'));
    expect(calls).toEqual([]);
  });

  test('renew a token that the API refuses, and end the session if that does not help', async () => {
    const { session } = sessionOf({ tokens, refreshes: [accepted(issued('new'))] });
    const { call, calls } = fakeApi({ listApprovals: ['TOKEN_INVALID', 'TOKEN_INVALID'] });
    expect(await createHelpDesk(call, session).approvals()).toEqual(refused('TOKEN_INVALID'));
    expect(calls.map(({ token }) => token)).toEqual(['access', 'new']);
    expect(session.employee()).toBeUndefined();
  });
});
