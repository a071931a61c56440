/** The routes of the help desk: who may use them, and what their outcomes become. */
import { describe, expect, test } from '@jest/globals';
import { PeopleStore } from '../../../../lambdas/capabilities/accounts/people.store.ts';
import { codeIdOf } from '../../../../lambdas/capabilities/providers/registration-code.rules.ts';
import { TokenFlowsStore } from '../../../../lambdas/capabilities/token-flows/token-flows.store.ts';
import { ApprovalsStore } from '../../../../lambdas/journeys/help-desk/approvals.store.ts';
import type { DeskDeps } from '../../../../lambdas/journeys/help-desk/desk.ts';
import { routes } from '../../../../lambdas/journeys/help-desk/help-desk.handler.ts';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount, anInvited, MINUTE, PROVIDER, SOURCE } from '../../../fakes/builders.ts';
import { type Answered, type Asked, OUTAGE, problem, routesOn } from '../../../fakes/requests.ts';

type Route = keyof typeof routes;

const HANA = {
  token_use: 'access',
  client_id: 'the-client',
  employee_id: 'e-1',
  employee_name: 'Hana',
  help_desk: 'true',
};
const HUGO = { ...HANA, employee_id: 'e-2', employee_name: 'Hugo' };
const NEW_NPI = '1992739304';

/** Pat is the provider's only administrator; Ines has signed up; one code is open. */
async function atDesk({ actsPerHour = 100, looksPerHour = 100, linksPerHour = 60 } = {}) {
  const backend = new Backend({
    workforce: { helpDeskGroup: 'desk', secondPerson: true },
    limits: {
      helpDeskActsPerHour: actsPerHour,
      helpDeskLooksPerHour: looksPerHour,
      staffLinksPerAccountHour: linksPerHour,
    },
  });
  await backend.has(anAccount({ role: 'ADMIN' }));
  await backend.has(anInvited({ accountId: 'ines', username: 'ines' }));
  const { npi } = PROVIDER;
  await backend.write(
    backend.codes.saveProvider(PROVIDER),
    backend.codes.issue({ npi, code: 'mac', role: 'ADMIN', issuedAt: 0 }),
  );
  const { database, marks, outbox, pool, codes, events, settings, mac } = backend;
  const deps: DeskDeps = {
    ...backend.shared,
    ...{ marks, outbox, pool, codes, events, settings, mac },
    people: new PeopleStore(database, 'accounts'),
    flows: new TokenFlowsStore(database, 'flows'),
    approvals: new ApprovalsStore(database, 'approvals'),
    clientId: 'the-client',
  };
  const send = routesOn('help-desk', deps, routes);
  const ask = (route: Route, asked: Asked = {}) => send(route, { claims: HANA, ...asked });
  return { backend, ask, send };
}

interface Case {
  when: string;
  asked?: Asked;
  answer: Answered;
  /** Whose trail says it, and what. */
  of?: string;
  events?: string[];
}

const INES = { path: { username: 'ines' } };
const PAT = { path: { username: 'pphone' } };
const OF_PROVIDER = { path: { npi: PROVIDER.npi } };
const CODE = { path: { npi: PROVIDER.npi, codeId: codeIdOf({ code: 'mac' }) } };
const reason = 'asked by phone';
const WAITS: Answered = {
  status: 202,
  body: { approvalId: expect.any(String), expiresAt: '2026-10-05T13:00:00.000Z' },
};

/** Of each route, every outcome that its handler tells apart. */
const CASES: Record<Route, Case[]> = {
  findPeople: [
    {
      when: 'a username is sought',
      asked: { query: { username: 'ines' } },
      answer: { status: 200, body: { users: [{ username: 'ines', npi: PROVIDER.npi }] } },
      of: 'EMPLOYEE#e-1',
      events: ['PEOPLE_SOUGHT'],
    },
    {
      when: 'an NPI is sought after a username',
      asked: {
        query: { npi: PROVIDER.npi, cursor: Buffer.from('ines').toString('base64url') },
      },
      answer: { status: 200, body: { users: [{ username: 'pphone' }] } },
      of: 'EMPLOYEE#e-1',
      events: ['PEOPLE_SOUGHT'],
    },
    {
      when: 'the cursor is none of ours',
      asked: { query: { npi: PROVIDER.npi, cursor: '!!' } },
      answer: problem('REQUEST_INVALID'),
    },
  ],
  getPerson: [
    {
      when: 'there is one',
      asked: INES,
      answer: { status: 200, body: { username: 'ines', npi: PROVIDER.npi } },
      events: ['LOOKED_AT'],
    },
  ],
  explainPerson: [
    {
      when: 'there is one',
      asked: INES,
      answer: { status: 200, body: { status: 'INVITED', acts: ['LINK', 'EMAIL'] } },
      events: ['LOOKED_AT'],
    },
  ],
  listPersonEvents: [
    {
      when: 'the look itself is the first event',
      asked: INES,
      answer: { status: 200, body: { events: [{ event: 'LOOKED_AT', outcome: 'EVENTS' }] } },
      events: ['LOOKED_AT'],
    },
    {
      when: "the cursor is not this list's",
      asked: { ...INES, query: { cursor: 'bm9uZQ' } },
      answer: problem('REQUEST_INVALID'),
    },
  ],
  resetPerson: [
    {
      when: 'the person is a standard user',
      asked: { ...INES, body: { reason } },
      answer: { status: 202, body: undefined },
      events: ['REGISTRATION_RESET'],
    },
    {
      when: 'the person is the last administrator',
      asked: { ...PAT, body: { reason } },
      answer: WAITS,
      of: 'account-1',
      events: ['APPROVAL_REQUESTED'],
    },
  ],
  setPersonStatus: [
    {
      when: 'the person is a standard user',
      asked: { ...INES, body: { status: 'DISABLED', reason } },
      answer: { status: 200, body: { username: 'ines', status: 'DISABLED' } },
      events: ['STATUS_CHANGED'],
    },
    {
      when: 'the person is an administrator',
      asked: { ...PAT, body: { status: 'DISABLED', reason } },
      answer: WAITS,
      of: 'account-1',
      events: ['APPROVAL_REQUESTED'],
    },
  ],
  correctPersonEmail: [
    {
      when: 'the person is not registered',
      asked: { ...INES, body: { email: 'ines@cedargrove.example', reason } },
      answer: { status: 200, body: { maskedEmail: 'i***@cedargrove.example' } },
      events: ['CONTACT_EMAIL_CHANGED'],
    },
    {
      when: 'the person is registered',
      asked: { ...PAT, body: { email: 'pat.new@cedargrove.example', reason } },
      answer: problem('ALREADY_REGISTERED'),
      of: 'account-1',
    },
  ],
  resendPersonLink: [
    {
      when: 'the person takes one',
      asked: { ...INES, body: { reason } },
      answer: { status: 202, body: undefined },
      events: ['LINK_RESENT'],
    },
    {
      when: 'the person is registered',
      asked: { ...PAT, body: { reason } },
      answer: problem('ALREADY_REGISTERED'),
      of: 'account-1',
    },
  ],
  unlockPerson: [
    {
      when: 'there is one',
      asked: { ...INES, body: { reason } },
      answer: { status: 204, body: undefined },
      events: ['ACCOUNT_UNLOCKED'],
    },
  ],
  listApprovals: [{ when: 'none waits', answer: { status: 200, body: { approvals: [] } } }],
  decideApproval: [
    {
      when: 'none has the ID',
      asked: { path: { approvalId: 'none' }, body: { decision: 'APPROVED' } },
      answer: problem('NOT_FOUND'),
    },
  ],
  getProvider: [
    {
      when: 'it has a code',
      asked: OF_PROVIDER,
      answer: {
        status: 200,
        body: { ...PROVIDER, registrationCodes: [{ status: 'OPEN', issuedBy: 'OPERATOR' }] },
      },
      of: 'EMPLOYEE#e-1',
      events: ['PEOPLE_SOUGHT'],
    },
    {
      when: 'nothing is known of it',
      asked: { path: { npi: NEW_NPI } },
      answer: problem('NOT_FOUND'),
      of: 'EMPLOYEE#e-1',
      events: ['PEOPLE_SOUGHT'],
    },
  ],
  issueRegistrationCodes: [
    {
      when: 'the provider is known',
      asked: { ...OF_PROVIDER, body: { count: 2, role: 'STANDARD', reason } },
      answer: { status: 201, body: { codes: [{}, {}] } },
      of: `PROVIDER#${PROVIDER.npi}`,
      events: ['CODES_ISSUED'],
    },
    {
      when: 'the provider is new and has no name',
      asked: { path: { npi: NEW_NPI }, body: { count: 1, role: 'STANDARD', reason } },
      answer: problem('NOT_FOUND'),
      of: `PROVIDER#${NEW_NPI}`,
    },
  ],
  revokeRegistrationCode: [
    {
      when: 'it is open',
      asked: { ...CODE, query: { reason } },
      answer: { status: 204, body: undefined },
      of: `PROVIDER#${PROVIDER.npi}`,
      events: ['CODES_REVOKED'],
    },
    {
      when: 'none has the ID',
      asked: { path: { npi: PROVIDER.npi, codeId: 'none' }, query: { reason } },
      answer: problem('NOT_FOUND'),
      of: `PROVIDER#${PROVIDER.npi}`,
    },
  ],
};

const ROUTES = Object.keys(CASES) as Route[];
const anAsked = (route: Route): Asked => CASES[route][0]?.asked ?? {};
const pathHas = (name: string) => (route: Route) => name in (anAsked(route).path ?? {});

describe.each(ROUTES)('%s', (route) => {
  test.each(CASES[route])('where $when', async ({ asked, answer, of = 'ines', events = [] }) => {
    const { backend, ask } = await atDesk();
    expect(await ask(route, asked)).toMatchObject(answer);
    const trail = backend.trail(of);
    expect(trail.map(({ event }) => event)).toEqual(events);
    for (const event of trail)
      expect(event).toMatchObject({ actor: 'HELP_DESK', employee: 'e-1', ...SOURCE });
  });

  test.each([
    ['without a token', {}, 'TOKEN_INVALID'],
    ["with another client's token", { ...HANA, client_id: 'the-portal' }, 'TOKEN_INVALID'],
    ['outside of the group', { ...HANA, help_desk: 'false' }, 'FORBIDDEN'],
  ] as const)('is refused %s', async (_who, claims, code) => {
    const { backend, send } = await atDesk();
    expect(await send(route, { ...anAsked(route), claims })).toMatchObject(problem(code));
    expect(backend.database.all('auditEvents')).toEqual([]);
  });
});

test.each(ROUTES.filter(pathHas('username')))(
  '%s finds nobody by what belongs to no person',
  async (route) => {
    const { ask } = await atDesk();
    for (const username of ['nobody', '../ines'])
      expect(await ask(route, { ...anAsked(route), path: { username } })).toMatchObject(
        problem('NOT_FOUND'),
      );
  },
);

test.each(ROUTES.filter(pathHas('npi')))(
  '%s refuses what is no NPI, and says why',
  async (route) => {
    const { ask } = await atDesk();
    const path = { npi: '1234567890', codeId: 'none' };
    expect(await ask(route, { ...anAsked(route), path })).toMatchObject({
      ...problem('NPI_INVALID'),
      body: { detail: expect.stringMatching(/^The NPI /) },
    });
  },
);

test.each(ROUTES.filter((route) => CASES[route][0]?.events !== undefined))(
  '%s is refused once the employee has had the hour’s looks or acts',
  async (route) => {
    const { backend, ask } = await atDesk({ actsPerHour: 1, looksPerHour: 1 });
    await ask('getPerson', PAT);
    await ask('unlockPerson', { ...PAT, body: { reason } });
    const before = backend.database.all('auditEvents');
    expect(before).toHaveLength(2);
    expect(await ask(route, anAsked(route))).toMatchObject({
      status: 429,
      body: { code: 'RATE_LIMITED', retryAfterSeconds: 3600 },
    });
    expect(backend.database.all('auditEvents')).toEqual(before);
  },
);

test.each(ROUTES)('%s is an outage while the database does not answer', async (route) => {
  const { backend, ask } = await atDesk();
  for (const operation of ['read', 'readAll', 'query', 'commit'] as const)
    backend.database.failAlways(operation);
  expect(await ask(route, anAsked(route))).toMatchObject(OUTAGE);
});

test('what waits is listed to all, and decided by another employee', async () => {
  const { ask } = await atDesk();
  await ask('resetPerson', { ...PAT, body: { reason } });
  const { body } = await ask('listApprovals');
  const [waiting] = (body as { approvals: { approvalId: string }[] }).approvals;
  expect(waiting).toMatchObject({
    act: 'RESET',
    username: 'pphone',
    requestedBy: 'Hana',
    own: true,
  });
  const path = { approvalId: waiting?.approvalId ?? '' };
  const decision = { path, body: { decision: 'APPROVED' } };
  expect(await ask('decideApproval', decision)).toMatchObject(problem('FORBIDDEN'));
  expect(await ask('decideApproval', { ...decision, claims: HUGO })).toMatchObject({
    status: 200,
    body: { ...path, decision: 'APPROVED' },
  });
});

test.each([
  [2, '2 links were mailed within the hour. Try again in an hour.'],
  [1, 'A link was mailed within the hour. Try again in an hour.'],
])(
  'a link is mailed once a minute, and as often within the hour as the stage allows (%d)',
  async (most, detail) => {
    const { backend, ask } = await atDesk({ linksPerHour: most });
    const resend = () => ask('resendPersonLink', { ...INES, body: { reason } });
    for (let sent = 0; sent < most; sent += 1) {
      expect(await resend()).toMatchObject({ status: 202 });
      expect(await resend()).toMatchObject({
        ...problem('RESEND_TOO_SOON'),
        body: { retryAfterSeconds: 60 },
      });
      backend.clock.pass(MINUTE);
    }
    expect(await resend()).toMatchObject({
      ...problem('RESEND_TOO_SOON'),
      body: { detail, retryAfterSeconds: 3600 },
    });
  },
);

test('a reset is done once for each idempotency key', async () => {
  const { backend, ask } = await atDesk();
  const asked = { ...INES, body: { reason }, idempotencyKey: 'key-1' };
  for (const _time of [1, 2])
    expect(await ask('resetPerson', asked)).toMatchObject({ status: 202 });
  expect(backend.eventNames('ines')).toEqual(['REGISTRATION_RESET']);
});
