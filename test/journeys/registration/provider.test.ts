import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Machine } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { CEDAR, details, LAKE, NEW_PASSWORD, Registrant } from '../clients/registrant.ts';

let machine: Machine;
// The number of registration codes is limited.
beforeEach(async () => {
  machine = await Machine.boot();
});
afterEach(async () => machine.stop());

const start = (npi: string, registrationCode: string) =>
  machine.api('POST', '/provider-registrations', { npi, registrationCode });

describe('NPI and registration code', () => {
  test('a wrong pair does not reveal which part was wrong', async () => {
    const answers = await Promise.all([
      start(CEDAR.npi, 'CEDAR-0000-0000'),
      start(LAKE.npi, CEDAR.codes[0] ?? ''),
      start('1003000126', CEDAR.codes[0] ?? ''),
    ]);
    for (const { status, body } of answers)
      expect([status, body.code, body.detail]).toEqual([
        403,
        'REGISTRATION_CODE_INVALID',
        answers[0]?.body.detail,
      ]);
  });

  test('an NPI with a wrong check digit is reported as a field', async () => {
    expect(await start('1234567890', 'X')).toMatchObject({
      status: 400,
      body: { code: 'REQUEST_INVALID', fields: [{ path: 'npi' }] },
    });
  });

  test('guesses are limited, with a time to come back', async () => {
    let last = await start(LAKE.npi, 'GUESS');
    for (let guess = 1; guess <= 101 && last.status === 403; guess += 1)
      last = await start(LAKE.npi, `GUESS-${guess}`);
    expect(last).toMatchObject({
      status: 429,
      body: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) },
    });
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await start(CEDAR.npi, CEDAR.codes[1] ?? '')).status).toBe(201);
  });
});

describe('account details', () => {
  test('every fault is reported at once, and nothing is created', async () => {
    const { body } = await start(CEDAR.npi, CEDAR.codes[1] ?? '');
    const refused = await machine.api(
      'POST',
      '/provider-registrations/current/account',
      details({ username: 'A', email: 'nobody', firstName: '', extra: 1 }),
      body.flowToken,
    );
    expect(refused).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
    expect(refused.body.fields.map(({ path }: { path: string }) => path).sort()).toEqual([
      'email',
      'extra',
      'firstName',
      'username',
    ]);
  });

  test.each([
    ['a right-to-left override', '\u202eeman'],
    ['a line break', 'Bob\r\nBcc: all@cedargrove.example'],
  ])('a name with %s is refused', async (_what, firstName) => {
    const { body } = await start(CEDAR.npi, CEDAR.codes[1] ?? '');
    expect(
      await machine.api(
        'POST',
        '/provider-registrations/current/account',
        details({ firstName }),
        body.flowToken,
      ),
    ).toMatchObject({ status: 400 });
  });

  test('indirect lines and employee addresses are refused with the reason', async () => {
    const { body } = await start(CEDAR.npi, CEDAR.codes[1] ?? '');
    const ask = (more: object) =>
      machine.api(
        'POST',
        '/provider-registrations/current/account',
        details({ ...more }),
        body.flowToken,
      );
    expect(await ask({ phone: '202-555-0199 ext 5' })).toMatchObject({
      status: 422,
      body: { code: 'PHONE_EXTENSION' },
    });
    expect(await ask({ phone: '202-555-01' })).toMatchObject({
      status: 422,
      body: { code: 'PHONE_INVALID' },
    });
    expect(await ask({ phone: '5'.repeat(300) })).toMatchObject({
      status: 422,
      body: { code: 'PHONE_INVALID' },
    });
    expect(await ask({ phone: '900-555-0100' })).toMatchObject({
      status: 422,
      body: { code: 'PHONE_NOT_ALLOWED' },
    });
    expect(await ask({ email: 'me@workforce.example' })).toMatchObject({
      status: 422,
      body: { code: 'WORKFORCE_EMAIL' },
    });
  });

  test('of two people with one code, one registers and the other is refused', async () => {
    const [one, two] = await Promise.all([
      start(CEDAR.npi, CEDAR.codes[0] ?? ''),
      start(CEDAR.npi, CEDAR.codes[0] ?? ''),
    ]);
    const answers = await Promise.all([
      machine.api(
        'POST',
        '/provider-registrations/current/account',
        details({ username: 'racer1', email: 'racer1@cedargrove.example' }),
        one?.body.flowToken,
      ),
      machine.api(
        'POST',
        '/provider-registrations/current/account',
        details({ username: 'racer2', email: 'racer2@cedargrove.example' }),
        two?.body.flowToken,
      ),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403]);
    expect(answers.find(({ status }) => status === 403)?.body.code).toBe(
      'REGISTRATION_CODE_INVALID',
    );
    const loser = answers[0]?.status === 403 ? 'racer1' : 'racer2';
    const retry = await start(CEDAR.npi, CEDAR.codes[1] ?? '');
    expect(
      (
        await machine.api(
          'POST',
          '/provider-registrations/current/account',
          details({ username: loser, email: 'again@cedargrove.example' }),
          retry.body.flowToken,
        )
      ).status,
    ).toBe(201);
  });
});

describe('from the code to the first sign-in', () => {
  test('account, corrected address, link, e-mail login, ticket, terms, tokens', async () => {
    const { body } = await start(LAKE.npi, 'lake 5j2r 88vn');
    expect(body).toMatchObject({ provider: { npi: LAKE.npi, name: 'Lakeside Orthopedics' } });
    const first = details({ username: 'LakeDoc', email: 'typo@lakeside.example' });
    expect(
      await machine.api(
        'POST',
        '/provider-registrations/current/account',
        details({ username: 'ladmin' }),
        body.flowToken,
      ),
    ).toMatchObject({ status: 409, body: { code: 'USERNAME_TAKEN' } });
    expect(
      await machine.api('POST', '/provider-registrations/current/account', first, body.flowToken),
    ).toMatchObject({
      status: 201,
      body: { username: 'lakedoc', maskedEmail: 't***@lakeside.example' },
    });
    const old = await machine.link('typo@lakeside.example');
    expect(
      await machine.api(
        'PUT',
        '/provider-registrations/current/email',
        { email: 'doc@lakeside.example' },
        body.flowToken,
      ),
    ).toMatchObject({ status: 200, body: { maskedEmail: 'd***@lakeside.example' } });
    const registrant = new Registrant(machine);
    expect(await registrant.open({ linkToken: old })).toMatchObject({
      status: 403,
      body: { code: 'LINK_INVALID' },
    });
    const link = await machine.link('doc@lakeside.example');
    expect(await registrant.open({ linkToken: link })).toMatchObject({
      status: 201,
      body: { registration: { step: 'CHOOSE_METHOD' } },
    });
    const done = await registrant.enrol('EMAIL', 'doc@lakeside.example');
    expect(done.body).toMatchObject({
      registration: { step: 'DONE', method: 'EMAIL' },
      ticket: expect.stringMatching(/^[\w-]{43}$/),
    });
    const user = new PortalUser(machine, 'doc@lakeside.example');
    expect(await user.signInByTicket(NEW_PASSWORD, done.body.ticket)).toBeDefined();
    await user.provePassword(NEW_PASSWORD);
    expect(await user.answer({ ticket: done.body.ticket })).toMatchObject({
      challenge: 'CHOOSE_FACTOR',
      parameters: { reason: 'TICKET_INVALID' },
    });
  });

  test('a link is valid for 20 minutes and until the method is chosen, and a new one ends it', async () => {
    const registrant = new Registrant(machine);
    const first = await registrant.requestLink(
      { username: 'jrivera' },
      'jrivera@cedargrove.example',
    );
    const second = await registrant.requestLink(
      { username: 'jrivera' },
      'jrivera@cedargrove.example',
    );
    expect((await registrant.open({ linkToken: first })).status).toBe(403);
    const opened = await Promise.all(
      Array.from({ length: 50 }, () =>
        machine.api('POST', '/mfa-registrations', { linkToken: second }),
      ),
    );
    const tokens = opened.flatMap(({ status, body }) => (status === 201 ? [body.flowToken] : []));
    const chosen = await Promise.all(
      tokens.map((token) =>
        machine.api('PUT', '/mfa-registrations/current/method', { method: 'EMAIL' }, token),
      ),
    );
    expect(chosen.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await registrant.open({ linkToken: second })).status).toBe(403);
    const third = await registrant.requestLink(
      { username: 'jrivera' },
      'jrivera@cedargrove.example',
    );
    await machine.advance(20 * 60);
    expect(await registrant.open({ linkToken: third })).toMatchObject({
      status: 403,
      body: { code: 'LINK_INVALID' },
    });
  });
});
