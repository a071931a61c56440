import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ERIN, eventually, Machine, PASSWORD, wrong } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { LAKE, NEW_PASSWORD, Registrant } from '../clients/registrant.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());
afterEach(async () => {
  await machine.clearFaults();
  await machine.advance(7_200);
});

const RIVERA_EMAIL = 'jrivera@cedargrove.example';
const RIVERA = { username: 'jrivera', password: 'Portal-Pass-2024' };
const CHEN = { username: 'mchen', password: 'Portal-Pass-2025' };

describe('the portal login', () => {
  test('wrong passwords, unknown and invited usernames get the same refusal', async () => {
    const answers = [
      await new Registrant(machine).open({ ...CHEN, password: 'wrong' }),
      await new Registrant(machine).open({ username: 'nobody-here', password: 'wrong' }),
    ];
    for (const { status, body } of answers)
      expect([status, body.code]).toEqual([401, 'CREDENTIALS_INVALID']);
  });

  test('an ACTIVE account is asked to log in, but only after the right password', async () => {
    expect(
      await new Registrant(machine).open({ username: 'eemail', password: PASSWORD }),
    ).toMatchObject({ status: 409, body: { code: 'ALREADY_REGISTERED' } });
    expect(
      await new Registrant(machine).open({ username: 'eemail', password: 'wrong' }),
    ).toMatchObject({ status: 401, body: { code: 'CREDENTIALS_INVALID' } });
  });

  test('opening a flow ends the one before it, with 410 for a day and then with 401', async () => {
    const first = new Registrant(machine);
    await first.open(CHEN);
    const second = new Registrant(machine);
    await second.open(CHEN);
    expect(await first.step('GET', '')).toMatchObject({
      status: 410,
      body: { code: 'FLOW_EXPIRED' },
    });
    expect((await second.step('GET', '')).status).toBe(200);
    await machine.advance(3_600);
    expect(await second.step('GET', '')).toMatchObject({ status: 410 });
    await machine.advance(23 * 3_600 + 1);
    expect(await first.step('GET', '')).toMatchObject({
      status: 401,
      body: { code: 'TOKEN_INVALID' },
    });
    expect(await second.step('GET', '')).toMatchObject({ status: 410 });
    const stranger = new Registrant(machine);
    stranger.token = 'x'.repeat(43);
    expect(await stranger.step('GET', '')).toMatchObject({
      status: 401,
      body: { code: 'TOKEN_INVALID' },
    });
  });
});

describe('the steps', () => {
  test('steps out of order are refused', async () => {
    const registrant = new Registrant(machine);
    await registrant.open(CHEN);
    const moves = [
      () => registrant.step('POST', '/email', { email: 'm.chen@cedargrove.example' }),
      () => registrant.step('POST', '/email/verification', { code: '000000' }),
      () => registrant.step('PUT', '/password', { password: NEW_PASSWORD }),
      () => registrant.step('POST', '/phone', { phoneNumber: '+12025550177', channel: 'SMS' }),
      () => registrant.step('POST', '/phone/verification', { code: '000000' }),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: moves.length - 1 }), { maxLength: 5 }),
        async (walk) => {
          for (const move of walk)
            expect((await moves[move]?.())?.body.code).toBe('STEP_OUT_OF_ORDER');
          expect((await registrant.step('GET', '')).body.registration.step).toBe('CHOOSE_METHOD');
        },
      ),
      { numRuns: 10 },
    );
  });

  test('registers a phone user at the address on record, and signs in', async () => {
    const registrant = new Registrant(machine);
    await registrant.open(RIVERA);
    expect(
      (await registrant.step('PUT', '/method', { method: 'EMAIL' })).body.registration,
    ).toMatchObject({ step: 'ENTER_EMAIL', method: 'EMAIL' });
    expect(
      (await registrant.step('PUT', '/method', { method: 'PHONE' })).body.registration,
    ).toMatchObject({ step: 'ENTER_EMAIL', method: 'PHONE' });
    expect(
      await registrant.step('POST', '/email', { email: 'me@workforce.example' }),
    ).toMatchObject({ status: 422, body: { code: 'WORKFORCE_EMAIL' } });
    await registrant.step('POST', '/email', { email: RIVERA_EMAIL });
    const first = await machine.code(RIVERA_EMAIL);
    expect(await registrant.step('POST', '/email', { email: RIVERA_EMAIL })).toMatchObject({
      status: 429,
      body: { code: 'RESEND_TOO_SOON', retryAfterSeconds: expect.any(Number) },
    });
    await machine.advance(16);
    expect(
      await registrant.step('POST', '/email', { email: 'other@cedargrove.example' }),
    ).toMatchObject({
      status: 422,
      body: {
        code: 'EMAIL_NOT_ON_RECORD',
        detail: expect.stringContaining('j***@cedargrove.example'),
      },
    });
    const verified = await registrant.verifyEmail(RIVERA_EMAIL);
    expect(verified.body.registration).toMatchObject({
      step: 'SET_PASSWORD',
      maskedEmail: 'j***@cedargrove.example',
    });
    expect((await registrant.step('POST', '/email/verification', { code: first })).status).toBe(
      409,
    );
    for (const [password, code] of [
      ['short', 'PASSWORD_TOO_SHORT'],
      ['x'.repeat(300), 'PASSWORD_TOO_LONG'],
      ['password123', 'PASSWORD_COMMON'],
      ['aaaaaaaaaaaa', 'PASSWORD_COMMON'],
      ['my-jrivera-pass', 'PASSWORD_CONTAINS_IDENTITY'],
      [' leading-space-1', 'PASSWORD_INVALID'],
    ])
      expect(await registrant.step('PUT', '/password', { password })).toMatchObject({
        status: 422,
        body: { code },
      });
    expect(
      (await registrant.step('PUT', '/password', { password: NEW_PASSWORD })).body.registration,
    ).toMatchObject({ step: 'ENTER_PHONE' });
    const incomplete = new PortalUser(machine, RIVERA_EMAIL);
    expect(await incomplete.provePassword(NEW_PASSWORD)).toMatchObject({
      challenge: 'REGISTRATION_INCOMPLETE',
      parameters: { status: 'ENROLLING' },
    });
    for (const [phoneNumber, code] of [
      ['202-555-0143 ext. 2', 'PHONE_EXTENSION'],
      ['911', 'PHONE_INVALID'],
      ['+442079460958', 'PHONE_NOT_ALLOWED'],
      ['1-900-555-0100', 'PHONE_NOT_ALLOWED'],
      ['202-976-0100', 'PHONE_NOT_ALLOWED'],
      ['+1 242 502 0100', 'PHONE_NOT_ALLOWED'],
    ])
      expect(
        await registrant.step('POST', '/phone', { phoneNumber, channel: 'SMS' }),
      ).toMatchObject({ status: 422, body: { code } });
    const done = await registrant.verifyPhone('+12025550178');
    expect(done.body).toMatchObject({
      registration: { step: 'DONE', maskedPhone: '***-***-0178' },
      ticket: expect.any(String),
    });
    const user = new PortalUser(machine, RIVERA_EMAIL);
    expect(await user.signInByTicket(NEW_PASSWORD, done.body.ticket)).toBeDefined();
    await eventually(
      async () =>
        (await machine.messages(RIVERA_EMAIL)).find(({ subject }) =>
          subject?.includes('registration is complete'),
        ),
      'the notice',
    );
    expect(await new Registrant(machine).open(RIVERA)).toMatchObject({ status: 401 });
    expect(
      await new Registrant(machine).open({ username: 'jrivera', password: NEW_PASSWORD }),
    ).toMatchObject({ status: 409 });
  });

  test('of concurrent passwords, the one that Cognito keeps is reported as set', async () => {
    const nova = new Registrant(machine);
    await nova.open({
      linkToken: await nova.asProvider(LAKE.codes[0] ?? '', LAKE.npi, {
        username: 'nova',
        email: 'nova@lakeside.example',
      }),
    });
    await nova.step('PUT', '/method', { method: 'EMAIL' });
    await nova.verifyEmail('nova@lakeside.example');
    // The first to come is the last to reach Cognito.
    await machine.fault({
      service: 'cognito',
      operation: 'AdminSetUserPassword',
      times: 1,
      delayMs: 1_000,
    });
    const passwords = Array.from({ length: 8 }, (_, index) => `Parallel-Harbour-${index}-Quill`);
    const answers = await Promise.all(
      passwords.map((password) => nova.step('PUT', '/password', { password })),
    );
    const [winner = -1, ...others] = answers.flatMap(({ status }, index) =>
      status === 200 ? [index] : [],
    );
    expect(others).toEqual([]);
    await new PortalUser(machine, 'nova@lakeside.example').signInByTicket(
      passwords[winner] ?? '',
      answers[winner]?.body.ticket,
    );
  });

  test('resumes at the phone by the mailed link, and at the mailbox by the portal login', async () => {
    const registrant = new Registrant(machine);
    await registrant.open(CHEN);
    await registrant.step('PUT', '/method', { method: 'PHONE' });
    await registrant.verifyEmail('m.chen@cedargrove.example');
    await registrant.step('PUT', '/password', { password: NEW_PASSWORD });
    const link = await registrant.requestLink(
      { email: 'm.chen@cedargrove.example', password: NEW_PASSWORD },
      'm.chen@cedargrove.example',
    );
    expect((await registrant.open({ linkToken: link })).body.registration).toMatchObject({
      step: 'ENTER_PHONE',
      method: 'PHONE',
    });
    expect(
      (await registrant.open({ username: 'mchen', password: NEW_PASSWORD })).body.registration,
    ).toMatchObject({ step: 'VERIFY_EMAIL', maskedEmail: 'm***@cedargrove.example' });
    expect((await registrant.step('PUT', '/method', { method: 'EMAIL' })).status).toBe(409);
    expect(
      (await registrant.step('POST', '/email', { email: 'other@cedargrove.example' })).body.code,
    ).toBe('EMAIL_NOT_ON_RECORD');
    await machine.advance(16);
    expect((await registrant.verifyEmail('m.chen@cedargrove.example')).body.registration.step).toBe(
      'ENTER_PHONE',
    );
    expect(await registrant.open(CHEN)).toMatchObject({ status: 401 });
    expect((await registrant.verifyPhone('+12025550179')).body.registration.step).toBe('DONE');
  });
});

describe('the address of another account', () => {
  test('is revealed only to those who can read its mail', async () => {
    const provider = new Registrant(machine);
    const link = await provider.asProvider('CEDAR-7K4M-92QX');
    await provider.open({ linkToken: link });
    await provider.step('PUT', '/method', { method: 'EMAIL' });
    const sent = await provider.step('POST', '/email', { email: ERIN.email });
    expect(sent.status).toBe(200);
    const code = await machine.code(ERIN.email);
    expect(await provider.step('POST', '/email/verification', { code: wrong(code) })).toMatchObject(
      { status: 422, body: { code: 'CODE_MISMATCH' } },
    );
    expect(await provider.step('POST', '/email/verification', { code })).toMatchObject({
      status: 409,
      body: { code: 'EMAIL_TAKEN' },
    });
    await machine.advance(16);
    expect((await provider.verifyEmail('NEW.DOC@cedargrove.example')).body.registration.step).toBe(
      'SET_PASSWORD',
    );
  });
});

describe('a failure at every step of the password', () => {
  test.each([
    [
      {
        service: 'cognito',
        operation: 'AdminCreateUser',
        times: 4,
        error: 'InternalErrorException',
      },
    ],
    [
      {
        service: 'cognito',
        operation: 'AdminSetUserPassword',
        times: 4,
        error: 'TooManyRequestsException',
      },
    ],
    [{ service: 'cognito', operation: 'AdminCreateUser', times: 1, afterEffect: true }],
    [
      {
        service: 'dynamodb',
        function: 'registration',
        operation: 'TransactWriteItems',
        times: 1,
        afterEffect: true,
      },
    ],
  ])(
    '%j leaves a flow that takes the same request again',
    async (fault) => {
      const own = await Machine.boot();
      const registrant = new Registrant(own);
      await registrant.open({ linkToken: await registrant.asProvider('CEDAR-7K4M-92QX') });
      await registrant.step('PUT', '/method', { method: 'PHONE' });
      expect(
        (await registrant.verifyEmail('new.doc@cedargrove.example')).body.registration.step,
      ).toBe('SET_PASSWORD');
      await own.fault(fault);
      const first = await registrant.step('PUT', '/password', { password: NEW_PASSWORD });
      await own.clearFaults();
      const isDone = first.status === 200;
      expect(first).toMatchObject(isDone ? {} : { status: 503, body: { code: 'UNAVAILABLE' } });
      const last = isDone
        ? first
        : await registrant.step('PUT', '/password', { password: NEW_PASSWORD });
      expect(last.body.registration).toMatchObject({ step: 'ENTER_PHONE' });
      await own.stop();
    },
    40_000,
  );
});
