import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { BrowserDevice } from '../clients/browser-device.ts';
import { ADA, ERIN, eventually, LEE, Machine, PASSWORD, PAT } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { NEW_PASSWORD, Registrant } from '../clients/registrant.ts';

let machine: Machine;
let ada: string;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());
beforeEach(async () => {
  // Twenty texts a day are the limit of a number.
  await machine.advance(7_200);
  ada = (await new PortalUser(machine, ADA.email).signIn(PASSWORD, 'SMS', ADA.phone)).AccessToken;
});

const ROUTES: [string, string, unknown][] = [
  ['GET', '/admin/users', undefined],
  ['GET', '/admin/users/{username}', undefined],
  ['GET', '/admin/users/{username}/events', undefined],
  ['POST', '/admin/users/{username}/registration-reset', {}],
  ['PUT', '/admin/users/{username}/status', { status: 'ENABLED' }],
];
const cursor = (key: string) => Buffer.from(key, 'utf8').toString('base64url');
const path = (template: string, username: string) => template.replace('{username}', username);

describe('route × role × provider', () => {
  test.each(ROUTES)('%s %s takes a provider admin only', async (method, template, body) => {
    const standard = (await new PortalUser(machine, PAT.email).signIn(PASSWORD, 'SMS', PAT.phone))
      .AccessToken;
    expect(await machine.api(method, path(template, 'eemail'), body, standard)).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    });
    expect(await machine.api(method, path(template, 'eemail'), body)).toMatchObject({
      status: 401,
      body: { code: 'TOKEN_INVALID' },
    });
  });

  test.each(ROUTES.slice(1))(
    '%s %s does not find users of another provider',
    async (method, template, body) => {
      for (const username of [
        'ladmin',
        'nobody-here',
        '..%2Fpphone',
        'x',
        'x'.repeat(2_100),
        '%00',
        '%ED%A0%80',
        'pphone%00',
      ]) {
        expect(await machine.api(method, path(template, username), body, ada)).toMatchObject({
          status: 404,
          body: { code: 'NOT_FOUND' },
        });
      }
    },
  );

  test('the list has the own provider only, searched by prefix, 25 a page', async () => {
    const all = await machine.api('GET', '/admin/users', undefined, ada);
    expect(all.body.users.map(({ username }: { username: string }) => username)).toEqual([
      'aadmin',
      'eemail',
      'jrivera',
      'mchen',
      'pphone',
    ]);
    expect(
      (await machine.api('GET', '/admin/users?search=RIV', undefined, ada)).body.users,
    ).toMatchObject([
      { username: 'jrivera', status: 'IMPORTED', maskedEmail: 'j***@cedargrove.example' },
    ]);
    expect(
      (await machine.api('GET', '/admin/users?search=admin', undefined, ada)).body.users,
    ).toMatchObject([{ username: 'aadmin', role: 'ADMIN', maskedPhone: '***-***-0144' }]);
    expect((await machine.api('GET', '/admin/users?other=1', undefined, ada)).status).toBe(400);
    expect(
      (await machine.api('GET', `/admin/users?cursor=${cursor('jrivera')}`, undefined, ada)).body
        .users,
    ).toHaveLength(2);
  });

  test.each(['/admin/users', '/admin/users/aadmin/events'])(
    'a cursor of %s is one that a page had',
    async (list) => {
      for (const garbage of [
        '',
        'garbage',
        '%00',
        cursor(''),
        cursor('\0'),
        cursor('x'.repeat(40)),
        cursor('2026-01-01T00:00:00.000Z'),
        `${cursor('jrivera')}=`,
      ]) {
        expect(await machine.api('GET', `${list}?cursor=${garbage}`, undefined, ada)).toMatchObject(
          { status: 400, body: { code: 'REQUEST_INVALID', fields: [{ path: 'cursor' }] } },
        );
      }
    },
  );

  test('a cursor of another provider reveals none of its users', async () => {
    const lee = (await new PortalUser(machine, LEE.email).signIn(PASSWORD, 'EMAIL', LEE.email))
      .AccessToken;
    const { body } = await machine.api(
      'GET',
      `/admin/users?cursor=${cursor('aadmin')}`,
      undefined,
      lee,
    );
    expect(body.users.map(({ username }: { username: string }) => username)).toEqual(['ladmin']);
  });
});

describe('reset registration', () => {
  let shared: Machine;
  beforeEach(async () => {
    shared = machine;
    machine = await Machine.boot();
    ada = (await new PortalUser(machine, ADA.email).signIn(PASSWORD, 'SMS', ADA.phone)).AccessToken;
  });
  afterEach(async () => {
    await machine.stop();
    machine = shared;
  });

  test('invalidates everything at once, and the user registers again by the link', async () => {
    const device = await BrowserDevice.make();
    const pat = new PortalUser(machine, PAT.email);
    const tokens = await pat.signIn(PASSWORD, 'SMS', PAT.phone, device.wish);
    const half = new PortalUser(machine, PAT.email);
    await half.provePassword(PASSWORD);
    const code = await half.sendCode('EMAIL', PAT.email);
    expect(
      (
        await machine.api(
          'POST',
          '/admin/users/pphone/registration-reset',
          { reason: 'Lost phone' },
          ada,
        )
      ).status,
    ).toBe(202);
    expect((await machine.api('GET', '/me', undefined, tokens.AccessToken)).status).toBe(401);
    expect((await pat.refresh(tokens.RefreshToken)).AuthenticationResult).toBeUndefined();
    expect(await device.signIn(new PortalUser(machine, PAT.email))).toMatchObject({
      error: 'NotAuthorizedException',
    });
    expect(await half.answer({ code })).toMatchObject({
      challenge: 'REGISTRATION_INCOMPLETE',
      parameters: { status: 'RESET' },
    });
    expect((await machine.api('GET', '/admin/users/pphone', undefined, ada)).body).toMatchObject({
      status: 'RESET',
    });
    const link = await machine.link(PAT.email);
    await eventually(
      async () =>
        (await machine.messages(PAT.email)).find(({ subject }) =>
          subject?.includes('registration was reset'),
        ),
      'the notice',
    );
    expect(
      (await machine.api('POST', '/admin/users/pphone/registration-reset', {}, ada)).status,
    ).toBe(202);
    const byPassword = new Registrant(machine);
    await byPassword.open({ username: 'pphone', password: PASSWORD });
    await byPassword.step('PUT', '/method', { method: 'EMAIL' });
    expect(
      await byPassword.step('POST', '/email', { email: 'elsewhere@cedargrove.example' }),
    ).toMatchObject({ status: 422, body: { code: 'EMAIL_NOT_ON_RECORD' } });
    const byLink = new Registrant(machine);
    expect(await byLink.open({ linkToken: link })).toMatchObject({ status: 201 });
    const done = await byLink.enrol('EMAIL', 'pat.new@cedargrove.example');
    expect(done.body.registration.step).toBe('DONE');
    expect(
      await new PortalUser(machine, 'pat.new@cedargrove.example').signInByTicket(
        NEW_PASSWORD,
        done.body.ticket,
      ),
    ).toBeDefined();
    for (const to of [PAT.email, 'pat.new@cedargrove.example']) {
      await eventually(
        async () =>
          (await machine.messages(to)).find(({ subject }) => subject?.includes('set up anew')),
        `the notice to ${to}`,
      );
    }
    await eventually(
      async () =>
        (await machine.messages(PAT.phone)).find(({ text }) => text.includes('registered again')),
      'the notice to the former phone',
    );
    expect((await new PortalUser(machine, PAT.email).provePassword(NEW_PASSWORD)).error).toBe(
      'NotAuthorizedException',
    );
  });

  test('a second request within a minute sends no second mail, with or without a key', async () => {
    const links = async () => (await machine.messages('jrivera@cedargrove.example')).length;
    const caller = { token: ada, headers: { 'idempotency-key': 'one' } };
    await machine.api('POST', '/admin/users/jrivera/registration-reset', {}, caller);
    await machine.link('jrivera@cedargrove.example');
    await machine.api('POST', '/admin/users/jrivera/registration-reset', {}, ada);
    await machine.api('POST', '/admin/users/jrivera/registration-reset', {}, caller);
    await machine.advance(61);
    await machine.api('POST', '/admin/users/jrivera/registration-reset', {}, caller);
    const { body } = await machine.api('GET', '/admin/users/jrivera/events', undefined, ada);
    expect(
      body.events.filter(({ event }: { event: string }) => event === 'LINK_SENT'),
    ).toHaveLength(1);
    expect(await links()).toBe(1);
    expect((await machine.api('GET', '/admin/users/jrivera', undefined, ada)).body.status).toBe(
      'IMPORTED',
    );
  });

  test('reports mail that could not be queued, and a repeat mails the link', async () => {
    const again = () =>
      machine.api(
        'POST',
        '/admin/users/pphone/registration-reset',
        {},
        {
          token: ada,
          headers: { 'idempotency-key': 'half' },
        },
      );
    await machine.clearMessages();
    await machine.fault({ service: 'sqs', operation: 'SendMessage', times: 3 });
    expect(await again()).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    await machine.clearFaults();
    expect((await again()).status).toBe(202);
    const link = await machine.link(PAT.email);
    await machine.advance(61);
    expect((await again()).status).toBe(202);
    expect(await new Registrant(machine).open({ linkToken: link })).toMatchObject({
      status: 201,
      body: { registration: { step: 'CHOOSE_METHOD' } },
    });
    const { body } = await machine.api('GET', '/admin/users/pphone/events', undefined, ada);
    const names = body.events.map(({ event }: { event: string }) => event);
    expect(names.slice(0, 2).sort()).toEqual(['LINK_USED', 'REGISTRATION_OPENED']);
    expect(body.events.slice(2, 4)).toMatchObject([
      { event: 'LINK_SENT' },
      { event: 'REGISTRATION_RESET', outcome: 'RESET', actor: 'ADMIN', actorUsername: 'aadmin' },
    ]);
  });

  test('accepts a request without a body', async () => {
    expect(
      (await machine.api('POST', '/admin/users/mchen/registration-reset', undefined, ada)).status,
    ).toBe(202);
  });

  test("is refused for one's own account", async () => {
    expect(
      await machine.api('POST', '/admin/users/aadmin/registration-reset', {}, ada),
    ).toMatchObject({ status: 403, body: { code: 'SELF_RESET' } });
    expect(
      await machine.api('PUT', '/admin/users/aadmin/status', { status: 'DISABLED' }, ada),
    ).toMatchObject({ status: 403 });
  });
});

describe('disabling', () => {
  test('takes effect at once, blocks every way in, and can be undone', async () => {
    const { AccessToken } = await new PortalUser(machine, ERIN.email).signIn(
      PASSWORD,
      'EMAIL',
      ERIN.email,
    );
    expect(
      (await machine.api('PUT', '/admin/users/eemail/status', { status: 'DISABLED' }, ada)).body,
    ).toMatchObject({ status: 'DISABLED' });
    expect((await machine.api('GET', '/me', undefined, AccessToken)).status).toBe(401);
    expect(await new PortalUser(machine, ERIN.email).provePassword(PASSWORD)).toMatchObject({
      challenge: 'REGISTRATION_INCOMPLETE',
      parameters: { status: 'DISABLED' },
    });
    expect(
      await new Registrant(machine).open({ username: 'eemail', password: PASSWORD }),
    ).toMatchObject({ status: 401 });
    expect(
      await machine.api('POST', '/admin/users/eemail/registration-reset', {}, ada),
    ).toMatchObject({ status: 409, body: { code: 'ACCOUNT_DISABLED' } });
    await machine.api('PUT', '/admin/users/eemail/status', { status: 'ENABLED' }, ada);
    expect((await machine.api('GET', '/me', undefined, AccessToken)).status).toBe(401);
    await machine.advance(60);
    expect(
      await new PortalUser(machine, ERIN.email).signIn(PASSWORD, 'EMAIL', ERIN.email),
    ).toBeDefined();
  });

  test('of an admin ends rights that the token still claims', async () => {
    const lee = (await new PortalUser(machine, LEE.email).signIn(PASSWORD, 'EMAIL', LEE.email))
      .AccessToken;
    expect((await machine.api('GET', '/admin/users', undefined, lee)).body.users).toMatchObject([
      { username: 'ladmin' },
    ]);
  });
});

describe('the trail of a user', () => {
  test('has what happened, newest first, and pages', async () => {
    const { body } = await machine.api('GET', '/admin/users/aadmin/events', undefined, ada);
    expect(body.events.length).toBeGreaterThan(1);
    const times = body.events.map(({ at }: { at: string }) => at);
    expect(times).toEqual([...times].sort().reverse());
    const own = { loginMethod: 'PHONE', actor: 'SELF' };
    expect(body.events.slice(0, 2)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ event: 'FACTOR_PASSED', ...own }),
        expect.objectContaining({ event: 'SIGNED_IN', ...own }),
      ]),
    );
    expect(JSON.stringify(body)).not.toContain(ADA.phone);
  });

  test('continues where a page ended, with events of the own provider only', async () => {
    const page = async (from: string) =>
      (await machine.api('GET', `/admin/users/mchen/events${from}`, undefined, ada)).body;
    for (let change = 0; change < 26; change += 1)
      await machine.api(
        'PUT',
        '/admin/users/mchen/status',
        { status: change % 2 === 0 ? 'DISABLED' : 'ENABLED' },
        ada,
      );
    const first = await page('');
    const second = await page(`?cursor=${first.cursor}`);
    expect([first.events, second.events].map(({ length }) => length)).toEqual([
      25,
      expect.any(Number),
    ]);
    expect(second.events[0].at <= first.events.at(-1).at).toBe(true);
    const lee = (await new PortalUser(machine, LEE.email).signIn(PASSWORD, 'EMAIL', LEE.email))
      .AccessToken;
    const [theirs] = (await machine.api('GET', '/admin/users/ladmin/events', undefined, lee)).body
      .events;
    expect((await page(`?cursor=${cursor(`${theirs.at}#${'x'.repeat(22)}`)}`)).events).toEqual(
      first.events,
    );
  });
});
