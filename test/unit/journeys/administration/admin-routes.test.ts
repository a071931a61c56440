/** The routes of a provider's administrator: who may use them, and what their outcomes become. */
import { describe, expect, test } from '@jest/globals';
import { routes } from '../../../../lambdas/journeys/administration/admin.handler.ts';
import type { AdminDeps } from '../../../../lambdas/journeys/administration/admin.wiring.ts';
import { Backend } from '../../../fakes/backend.ts';
import {
  anAccount,
  anInvited,
  CLIENT_ID,
  type Some,
  type SomeSettings,
  SOURCE,
} from '../../../fakes/builders.ts';
import {
  type Answered,
  type Asked,
  claimsOf,
  OUTAGE,
  OVERTAKEN,
  problem,
  routesOn,
} from '../../../fakes/requests.ts';
import type { Account } from '../../../../lambdas/capabilities/accounts/account.rules.ts';

type Route = keyof typeof routes;

const OTHER = '1992739304';

/** Pat is the administrator; Ines has signed up, Otto is another provider's. */
async function asAdmin({
  admin = {},
  some = {},
  deps = {},
}: { admin?: Some<Account>; some?: SomeSettings; deps?: Partial<AdminDeps> } = {}) {
  const backend = new Backend(some);
  await backend.has(anAccount({ role: 'ADMIN', ...admin }));
  await backend.has(anInvited({ accountId: 'ines', username: 'ines' }));
  await backend.has(anInvited({ accountId: 'otto', username: 'otto', npi: OTHER }));
  const { events, marks, limits, outbox, pool, settings } = backend;
  const wired: AdminDeps = {
    ...backend.shared,
    ...{ events, marks, limits, outbox, pool, settings },
    clientId: CLIENT_ID,
    ...deps,
  };
  const send = routesOn('admin', wired, routes);
  const ask = (route: Route, { claims, ...asked }: Asked = {}) =>
    send(route, { claims: claimsOf(backend.clock, claims), ...asked });
  return { backend, ask, send };
}

interface Case {
  when: string;
  deps?: Partial<AdminDeps>;
  asked?: Asked;
  answer: Answered;
  /** What the trail of Ines says afterwards, each by Pat, from where Pat called. */
  events?: object[];
}

const INES = { path: { username: 'ines' } };
const PAT = { path: { username: 'pphone' } };
const byPat = (event: string, more: object = {}) => ({
  event,
  actor: 'account-1',
  ...SOURCE,
  ...more,
});

/** Of each route, every outcome that its handler tells apart. */
const CASES: Record<Route, Case[]> = {
  listUsers: [
    {
      when: 'nothing is sought',
      answer: { status: 200, body: { users: [{ username: 'ines' }, { username: 'pphone' }] } },
    },
    {
      when: 'a name is sought',
      asked: { query: { search: 'PPH' } },
      answer: { status: 200, body: { users: [{ username: 'pphone' }] } },
    },
    {
      when: 'the cursor is a username',
      asked: { query: { cursor: Buffer.from('ines').toString('base64url') } },
      answer: { status: 200, body: { users: [{ username: 'pphone' }] } },
    },
    {
      when: 'the cursor is none of ours',
      asked: { query: { cursor: '!!' } },
      answer: problem('REQUEST_INVALID'),
    },
  ],
  getUser: [
    {
      when: 'the user is of this provider',
      asked: INES,
      answer: { status: 200, body: { username: 'ines', status: 'INVITED' } },
      events: [byPat('LOOKED_AT', { outcome: 'SHOWN' })],
    },
  ],
  listUserEvents: [
    { when: 'nothing happened', asked: INES, answer: { status: 200, body: { events: [] } } },
    {
      when: "the cursor is not this list's",
      asked: { ...INES, query: { cursor: 'bm9uZQ' } },
      answer: problem('REQUEST_INVALID'),
    },
  ],
  resetRegistration: [
    {
      when: 'the user has a registration to come',
      asked: { ...INES, body: { reason: 'lost the link' } },
      answer: { status: 202, body: undefined },
      events: [byPat('REGISTRATION_RESET', { outcome: 'LINK_ONLY', reason: 'lost the link' })],
    },
    { when: 'it is their own', asked: { ...PAT, body: {} }, answer: problem('SELF_RESET') },
    {
      when: 'the account changed meanwhile',
      deps: OVERTAKEN,
      asked: { ...INES, body: {} },
      answer: problem('STEP_OUT_OF_ORDER'),
    },
  ],
  correctUserEmail: [
    {
      when: 'the user is not registered',
      asked: { ...INES, body: { email: 'ines@cedargrove.example' } },
      answer: { status: 200, body: { maskedEmail: 'i***@cedargrove.example' } },
      events: [byPat('CONTACT_EMAIL_CHANGED')],
    },
    {
      when: 'the user is registered',
      asked: { ...PAT, body: { email: 'pat.new@cedargrove.example' } },
      answer: problem('ALREADY_REGISTERED'),
    },
    {
      when: "the address is an employee's",
      asked: { ...INES, body: { email: 'ines@portal-staff.example' } },
      answer: problem('WORKFORCE_EMAIL'),
    },
  ],
  setUserStatus: [
    {
      when: 'the user is disabled',
      asked: { ...INES, body: { status: 'DISABLED' } },
      answer: { status: 200, body: { username: 'ines', status: 'DISABLED' } },
      events: [byPat('STATUS_CHANGED', { outcome: 'DISABLED' })],
    },
    {
      when: 'it is themselves',
      asked: { ...PAT, body: { status: 'DISABLED' } },
      answer: problem('FORBIDDEN'),
    },
    {
      when: 'the account changed meanwhile',
      deps: OVERTAKEN,
      asked: { ...INES, body: { status: 'DISABLED' } },
      answer: problem('STEP_OUT_OF_ORDER'),
    },
  ],
};

const ROUTES = Object.keys(CASES) as Route[];
const OF_A_USER = ROUTES.filter((route) => route !== 'listUsers');
const anAsked = (route: Route): Asked => CASES[route][0]?.asked ?? {};

describe.each(ROUTES)('%s', (route) => {
  test.each(CASES[route])('where $when', async ({ deps, asked, answer, events = [] }) => {
    const { backend, ask } = await asAdmin({ ...(deps && { deps }) });
    expect(await ask(route, asked)).toMatchObject(answer);
    const trail = backend.trail('ines');
    expect(trail).toHaveLength(events.length);
    expect(trail).toMatchObject(events);
  });

  test('is for administrators', async () => {
    const { backend, ask } = await asAdmin({ admin: { role: 'STANDARD' } });
    expect(await ask(route, anAsked(route))).toMatchObject(problem('FORBIDDEN'));
    expect(backend.trail('ines')).toEqual([]);
  });

  test('needs a session that counts', async () => {
    const { ask, send } = await asAdmin();
    expect(await send(route, anAsked(route))).toMatchObject(problem('TOKEN_INVALID'));
    const claims = { session_epoch: '0' };
    expect(await ask(route, { ...anAsked(route), claims })).toMatchObject(problem('TOKEN_INVALID'));
  });

  test('needs a passkey where the stage requires one of administrators', async () => {
    const some = { passkeys: { rpId: 'portal.example', requiredForAdmins: true } };
    const without = await asAdmin({ some });
    expect(await without.ask(route, anAsked(route))).toMatchObject(problem('PASSKEY_REQUIRED'));
    const withOne = await asAdmin({ some, admin: { passkeyCount: 1 } });
    expect(await withOne.ask(route, anAsked(route))).toMatchObject(CASES[route][0]?.answer ?? {});
  });

  test('is an outage while the database does not answer', async () => {
    const { backend, ask } = await asAdmin();
    backend.database.failAlways('read');
    expect(await ask(route, anAsked(route))).toMatchObject(OUTAGE);
  });
});

test.each(OF_A_USER)(
  '%s finds no user of another provider, and none by what cannot be a username',
  async (route) => {
    const { backend, ask } = await asAdmin();
    for (const username of ['otto', 'nobody', '../ines'])
      expect(await ask(route, { ...anAsked(route), path: { username } })).toMatchObject(
        problem('NOT_FOUND'),
      );
    expect(backend.trail('otto')).toEqual([]);
  },
);

test('a reset is done once for each idempotency key', async () => {
  const { backend, ask } = await asAdmin();
  const asked = { ...INES, body: {}, idempotencyKey: 'key-1' };
  for (const _time of [1, 2])
    expect(await ask('resetRegistration', asked)).toMatchObject({ status: 202 });
  expect(backend.eventNames('ines')).toEqual(['REGISTRATION_RESET']);
});

test('a correction stands where the outbox does not answer, and the answer says so', async () => {
  const { backend, ask } = await asAdmin();
  backend.outbox.failAlways('put');
  const body = { email: 'ines@cedargrove.example' };
  expect(await ask('correctUserEmail', { ...INES, body })).toMatchObject(OUTAGE);
  expect(await backend.account('ines')).toMatchObject({ contactEmail: body.email });
});
