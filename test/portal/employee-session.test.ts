import { describe, expect, test } from '@jest/globals';
import {
  createEmployeeSession,
  type EmployeeTokens,
} from '../../packages/auth-client/src/employee-session.ts';
import { createHelpDesk } from '../../packages/auth-client/src/help-desk.ts';
import type { IssuedTokens, OpenId } from '../../packages/auth-client/src/open-id.ts';
import { accepted, refused, type Result } from '../../packages/auth-client/src/refusals.ts';
import { keptIn } from '../../packages/auth-client/src/tab-storage.ts';
import { fakeApi, memoryStorage } from './fakes.ts';

const HOUR_MS = 3_600_000;

const issued = (accessToken: string, lastsMs = 15 * 60_000): IssuedTokens => ({
  accessToken,
  idToken: 'id',
  refreshToken: 'refresh',
  expiresAt: Date.now() + lastsMs,
  claims: { employee_name: 'Hana', email: 'hana@workforce.example', help_desk: true },
});

const KEY = 'portal-auth.employee';

/** A session over a provider with prepared answers. */
function sessionOf({
  tokens,
  exchange = { failure: 'EXPIRED' },
  refreshes = [],
  reachable = true,
}: {
  tokens?: IssuedTokens;
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
  const session = createEmployeeSession(openId, kept, (address) => steps.push(`leave ${address}`));
  return { session, steps, storage, kept };
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
