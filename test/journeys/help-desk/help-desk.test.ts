import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { StackAlarms } from '../clients/alarms.ts';
import { Employee, HANA, HUGO } from '../clients/employee.ts';
import { ADA, ERIN, eventually, LEE, Machine, PASSWORD, PAT } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { Registrant } from '../clients/registrant.ts';

let machine: Machine;
let hana: string;
let hugo: string;
beforeAll(async () => {
  machine = await Machine.boot();
  await signInBoth();
});
afterAll(async () => machine.stop());

async function signInBoth(): Promise<void> {
  hana = (await new Employee(machine).signIn(HANA)).access_token;
  hugo = (await new Employee(machine).signIn(HUGO)).access_token;
}

async function afresh(): Promise<void> {
  await machine.reset();
  await signInBoth();
}

const WHY = { reason: 'called back at the practice' };
const desk = (method: string, path: string, body?: unknown, token = hana) =>
  machine.api(method, `/help-desk${path}`, body, token);

/** The events of a person as an admin of their provider sees them. */
async function seenByAdmin(username: string): Promise<Record<string, unknown>[]> {
  const { AccessToken } = await new PortalUser(machine, ADA.email).signIn(
    PASSWORD,
    'EMAIL',
    ADA.email,
  );
  const { body } = await machine.api(
    'GET',
    `/admin/users/${username}/events`,
    undefined,
    AccessToken,
  );
  return body.events as Record<string, unknown>[];
}

describe('finding people', () => {
  test.each([
    ['username=PPHONE', ['pphone']],
    ['username=nobody-here', []],
    [`email=${ERIN.email}`, ['eemail']],
    ['email=jrivera@cedargrove.example', ['jrivera']],
    [`phone=${encodeURIComponent('(202) 555-0143')}`, ['pphone']],
    [`phone=${encodeURIComponent(ADA.phone)}`, ['aadmin']],
    ['phone=911', []],
    ['npi=1245319599', ['ladmin']],
    ['npi=1234567893', ['aadmin', 'eemail', 'jrivera', 'mchen', 'pphone']],
  ])('by %s finds %j', async (query, usernames) => {
    const { status, body } = await desk('GET', `/users?${query}`);
    expect(status).toBe(200);
    const users = body.users as { username: string; npi: string }[];
    expect(users.map(({ username }) => username)).toEqual(usernames);
    for (const { npi } of users) expect(npi).toMatch(/^\d{10}$/);
    expect(JSON.stringify(body)).not.toContain(PAT.phone);
    expect(JSON.stringify(body)).not.toContain(ERIN.email);
  });

  test.each([
    '',
    '?username=pphone&npi=1234567893',
    '?other=1',
    '?email=not-an-address',
    '?username=pphone&cursor=eA',
    '?npi=1234567893&cursor=garbage',
  ])('takes exactly one of four, and not %j', async (query) => {
    expect(await desk('GET', `/users${query}`)).toMatchObject({
      status: 400,
      body: { code: 'REQUEST_INVALID' },
    });
  });

  test("a provider's users are paged by 25", async () => {
    const users = Array.from({ length: 30 }, (_, index) => ({
      username: `imported-${String(index).padStart(2, '0')}`,
      firstName: 'Ida',
      lastName: 'Imported',
      npi: '1245319599',
    }));
    await machine.local('POST', 'seed', { providers: [], importedUsers: users, users: [] });
    const first = (await desk('GET', '/users?npi=1245319599')).body;
    expect(first.users).toHaveLength(25);
    const second = (await desk('GET', `/users?npi=1245319599&cursor=${first.cursor}`)).body;
    expect(second.users).toHaveLength(6);
    expect(second.cursor).toBeUndefined();
  });
});

describe('looking at a person', () => {
  test('shows and explains, and each look is an event without the name of who looked', async () => {
    expect((await desk('GET', '/users/pphone')).body).toMatchObject({
      username: 'pphone',
      npi: '1234567893',
      status: 'ACTIVE',
      maskedPhone: '***-***-0143',
    });
    expect((await desk('GET', '/users/pphone/explanation')).body).toMatchObject({
      status: 'ACTIVE',
      factors: { method: 'PHONE' },
      locks: [],
      acts: ['RESET'],
    });
    expect((await desk('GET', '/users/pphone/events')).body.events).toMatchObject([
      { event: 'LOOKED_AT', outcome: 'EVENTS', actor: 'HELP_DESK' },
      { event: 'LOOKED_AT', outcome: 'EXPLAINED', actor: 'HELP_DESK' },
      { event: 'LOOKED_AT', outcome: 'SHOWN', actor: 'HELP_DESK' },
    ]);
    const seen = await seenByAdmin('pphone');
    const looks = seen.filter(({ event }) => event === 'LOOKED_AT');
    expect(looks).toHaveLength(3);
    for (const look of looks)
      expect(look).toEqual({
        at: expect.any(String),
        event: 'LOOKED_AT',
        outcome: expect.any(String),
        actor: 'HELP_DESK',
        requestId: expect.any(String),
      });
    expect(JSON.stringify(seen)).not.toMatch(/hana|e-1001/i);
  });

  test('has an hourly limit for each employee, and nothing is shown beyond it', async () => {
    await afresh();
    const statuses: number[] = [];
    for (let look = 0; look < 301; look += 1)
      statuses.push((await desk('GET', '/users/pphone')).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(300);
    expect(await desk('GET', '/users/pphone/explanation')).toMatchObject({
      status: 429,
      body: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) },
    });
    expect((await desk('GET', '/users/pphone', undefined, hugo)).status).toBe(200);
    await machine.advance(360);
    await new StackAlarms(machine).untilRaised('HelpDeskLooks');
  });
});

describe('acts', () => {
  beforeAll(afresh, 60_000);

  test.each([
    ['POST', '/users/pphone/registration-reset', {}],
    ['POST', '/users/pphone/links', {}],
    ['POST', '/users/pphone/unlock', { reason: '  ' }],
    ['PUT', '/users/pphone/status', { status: 'DISABLED' }],
    ['PUT', '/users/jrivera/email', { email: 'new@cedargrove.example' }],
    ['POST', '/providers/1234567893/registration-codes', { count: 1, role: 'STANDARD' }],
    ['DELETE', '/providers/1234567893/registration-codes/x', undefined],
  ])('%s %s needs a reason', async (method, path, body) => {
    expect(await desk(method, path, body)).toMatchObject({
      status: 400,
      body: { code: 'REQUEST_INVALID' },
    });
  });

  test('a reset ends everything, mails the link, and says why and by whom', async () => {
    const pat = new PortalUser(machine, PAT.email);
    const { AccessToken } = await pat.signIn(PASSWORD, 'SMS', PAT.phone);
    expect((await desk('POST', '/users/pphone/registration-reset', WHY)).status).toBe(202);
    expect((await machine.api('GET', '/me', undefined, AccessToken)).status).toBe(401);
    const linkToken = await machine.link(PAT.email);
    expect((await new Registrant(machine).open({ linkToken })).status).toBe(201);
    const events = await seenByAdmin('pphone');
    expect(events.find(({ event }) => event === 'REGISTRATION_RESET')).toMatchObject({
      outcome: 'RESET',
      actor: 'HELP_DESK',
      ...WHY,
    });
  });

  test('disables and enables, and unlocks', async () => {
    const set = (status: string) => desk('PUT', '/users/eemail/status', { status, ...WHY });
    expect((await set('DISABLED')).body).toMatchObject({ status: 'DISABLED', npi: '1234567893' });
    expect((await set('ENABLED')).body).toMatchObject({ status: 'ACTIVE' });
    expect((await desk('POST', '/users/eemail/unlock', WHY)).status).toBe(204);
  });

  test('corrects an address on record and mails the link there, at most one a minute', async () => {
    const email = 'jo.rivera@cedargrove.example';
    const corrected = await desk('PUT', '/users/jrivera/email', { email, ...WHY });
    expect(corrected).toMatchObject({
      status: 200,
      body: { maskedEmail: 'j***@cedargrove.example' },
    });
    await machine.link(email);
    expect(await desk('POST', '/users/jrivera/links', WHY)).toMatchObject({
      status: 429,
      body: { code: 'RESEND_TOO_SOON' },
    });
    await machine.advance(61);
    expect((await desk('POST', '/users/jrivera/links', WHY)).status).toBe(202);
    expect(await desk('PUT', '/users/aadmin/email', { email, ...WHY })).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_REGISTERED' },
    });
    expect(await desk('POST', '/users/mchen/links', WHY)).toMatchObject({
      status: 409,
      body: { code: 'STEP_OUT_OF_ORDER' },
    });
  });

  test('a queue that fails is reported, and a repeat with the key mails the link', async () => {
    const again = () =>
      machine.api('POST', '/help-desk/users/eemail/registration-reset', WHY, {
        token: hana,
        headers: { 'idempotency-key': 'once' },
      });
    await machine.fault({ service: 'sqs', operation: 'SendMessage', times: 3 });
    expect(await again()).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    await machine.clearFaults();
    expect((await again()).status).toBe(202);
    await machine.link(ERIN.email);
  });
});

describe('two people', () => {
  beforeEach(afresh, 60_000);

  const disable = (token = hana) =>
    desk('PUT', '/users/ladmin/status', { status: 'DISABLED', ...WHY }, token);
  const decide = (approvalId: string, decision: string, token: string) =>
    desk('POST', `/approvals/${approvalId}`, { decision }, token);
  const statusOf = async (username: string) =>
    (await desk('GET', `/users/${username}`)).body.status as string;

  test('disable an administrator: one requests it, another approves it', async () => {
    const asked = await disable();
    expect(asked).toMatchObject({
      status: 202,
      body: { approvalId: expect.any(String), expiresAt: expect.any(String) },
    });
    expect(await statusOf('ladmin')).toBe('ACTIVE');
    const { approvalId } = asked.body as { approvalId: string };
    expect((await disable()).body.approvalId).toBe(approvalId);
    expect((await desk('GET', '/approvals', undefined, hugo)).body.approvals).toEqual([
      expect.objectContaining({
        approvalId,
        act: 'DISABLE',
        username: 'ladmin',
        npi: '1245319599',
        own: false,
        ...WHY,
        requestedBy: 'Hana Helpdesk',
      }),
    ]);
    expect(await decide(approvalId, 'APPROVED', hana)).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    });
    expect(await decide(approvalId, 'APPROVED', hugo)).toMatchObject({
      status: 200,
      body: { approvalId, decision: 'APPROVED' },
    });
    expect(await statusOf('ladmin')).toBe('DISABLED');
    expect(await decide(approvalId, 'APPROVED', hugo)).toMatchObject({ status: 404 });
    expect((await desk('GET', '/approvals')).body.approvals).toEqual([]);
  });

  test('reset the last administrator of a provider, and one of two needs no second', async () => {
    const reset = await desk('POST', '/users/aadmin/registration-reset', WHY);
    expect(reset).toMatchObject({ status: 202, body: { approvalId: expect.any(String) } });
    expect(await decide(reset.body.approvalId, 'APPROVED', hugo)).toMatchObject({ status: 200 });
    expect(await statusOf('aadmin')).toBe('RESET');
    await afresh();
    await machine.local('POST', 'seed', {
      providers: [],
      importedUsers: [],
      users: [
        {
          username: 'secondadmin',
          firstName: 'Sam',
          lastName: 'Second',
          npi: '1234567893',
          role: 'ADMIN',
          method: 'EMAIL',
          email: 'sam.second@cedargrove.example',
          password: PASSWORD,
        },
      ],
    });
    const one = await desk('POST', '/users/aadmin/registration-reset', WHY);
    expect([one.status, one.body]).toEqual([202, undefined]);
    expect(await statusOf('aadmin')).toBe('RESET');
  });

  test('deny, after which nothing has changed', async () => {
    const { approvalId } = (await disable()).body as { approvalId: string };
    expect((await decide(approvalId, 'DENIED', hugo)).body).toEqual({
      approvalId,
      decision: 'DENIED',
    });
    expect(await statusOf('ladmin')).toBe('ACTIVE');
    const { events } = (await desk('GET', '/users/ladmin/events')).body as {
      events: { event: string }[];
    };
    expect(events.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['APPROVAL_DENIED', 'APPROVAL_REQUESTED']),
    );
  });

  test('have an hour', async () => {
    const { approvalId } = (await disable()).body as { approvalId: string };
    await machine.advance(3_601);
    await signInBoth();
    expect(await decide(approvalId, 'APPROVED', hugo)).toMatchObject({ status: 404 });
    expect((await desk('GET', '/approvals')).body.approvals).toEqual([]);
    expect(await statusOf('ladmin')).toBe('ACTIVE');
  });

  test('who decide at once decide once', async () => {
    const { approvalId } = (await disable()).body as { approvalId: string };
    const answers = await Promise.all([
      decide(approvalId, 'APPROVED', hugo),
      decide(approvalId, 'DENIED', hugo),
      decide(approvalId, 'DENIED', hugo),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('registration codes', () => {
  beforeAll(afresh, 60_000);

  const issue = (npi: string, more: object = {}) =>
    desk('POST', `/providers/${npi}/registration-codes`, {
      count: 2,
      role: 'STANDARD',
      ...WHY,
      ...more,
    });

  test('are issued, shown once, redeemed, and revoked', async () => {
    const { status, body } = await issue('1245319599');
    expect(status).toBe(201);
    const [first, second] = body.codes as { codeId: string; code: string }[];
    expect(first?.code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    const provider = await desk('GET', '/providers/1245319599');
    expect(provider.body).toMatchObject({
      npi: '1245319599',
      name: 'Lakeside Orthopedics',
      registrationCodes: expect.arrayContaining([
        expect.objectContaining({ codeId: first?.codeId, status: 'OPEN', issuedBy: 'e-1001' }),
      ]),
    });
    expect(JSON.stringify(provider.body)).not.toContain(first?.code);
    const start = (code = '') =>
      machine.api('POST', '/provider-registrations', { npi: '1245319599', registrationCode: code });
    expect((await start(first?.code)).status).toBe(201);
    const remove = () =>
      desk(
        'DELETE',
        `/providers/1245319599/registration-codes/${second?.codeId}?reason=sent+wrong`,
      );
    expect((await remove()).status).toBe(204);
    expect(await remove()).toMatchObject({ status: 409, body: { code: 'STEP_OUT_OF_ORDER' } });
    expect((await start(second?.code)).status).toBe(403);
  });

  test('for a new provider need its name', async () => {
    const npi = '1003000126';
    expect(await issue(npi)).toMatchObject({ status: 404 });
    expect(
      (await issue(npi, { providerName: 'Riverbend Clinic', count: 50 })).body.codes,
    ).toHaveLength(50);
    expect((await desk('GET', `/providers/${npi}`)).body).toMatchObject({
      name: 'Riverbend Clinic',
    });
  });

  test.each(['1234567890', '12', 'abc'])(
    'an NPI that cannot be one is refused: %s',
    async (npi) => {
      for (const one of [await issue(npi), await desk('GET', `/providers/${npi}`)])
        expect(one).toMatchObject({ status: 422, body: { code: 'NPI_INVALID' } });
    },
  );

  test.each([{ count: 0 }, { count: 51 }, { role: 'OWNER' }])('refuses %j', async (more) => {
    expect((await issue('1245319599', more)).status).toBe(400);
  });
});

test('leaving the group ends access at the next token', async () => {
  const employee = new Employee(machine);
  const { refresh_token: token } = await employee.signIn(HANA);
  await fetch(`${employee.employees.identityProvider}/_local/people`, {
    method: 'POST',
    body: new URLSearchParams({ email: HANA, helpDesk: 'false' }),
  });
  await new Employee(machine).signIn(HANA);
  const { body } = await employee.refresh(token);
  const { access_token: fresh } = body as { access_token: string };
  expect((await desk('GET', '/users/pphone', undefined, fresh)).status).toBe(403);
});

test('no line of the log has the name or the address of an employee or of a person', async () => {
  await desk('GET', `/users?email=${ERIN.email}`);
  await desk('GET', '/users/ladmin/explanation');
  await desk('POST', '/users/ladmin/unlock', WHY);
  const lines = await eventually(async () => {
    const all = [...(await machine.logs('help-desk')), ...(await machine.logs('workforce-gate'))];
    return all.length > 3 ? all : undefined;
  }, 'the lines');
  const text = JSON.stringify(lines);
  for (const secret of [ERIN.email, LEE.email, HANA, 'Hana', 'called back'])
    expect(text).not.toContain(secret);
});
