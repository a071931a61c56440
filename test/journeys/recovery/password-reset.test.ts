import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { BrowserDevice } from '../clients/browser-device.ts';
import { ERIN, eventually, LEE, Machine, PASSWORD, PAT, wrong } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { Resetter } from '../clients/resetter.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());
afterEach(async () => {
  await machine.clearFaults();
  await machine.advance(86_400);
});

const NEW = 'Velvet-Harbour-19-Quill';

describe('a forgotten password', () => {
  test('signs in an e-mail user directly, and ends the old password and session', async () => {
    const before = await new PortalUser(machine, LEE.email).signIn(PASSWORD, 'EMAIL', LEE.email);
    const lee = new Resetter(machine);
    expect((await lee.proveEmail(LEE.email)).body.reset).toEqual({
      step: 'SET_PASSWORD',
      maskedEmail: 'l***@lakeside.example',
    });
    expect(await lee.step('PUT', '/password', { password: 'lakeside-admin' })).toMatchObject({
      status: 422,
      body: { code: 'PASSWORD_CONTAINS_IDENTITY' },
    });
    const done = await lee.step('PUT', '/password', { password: NEW });
    expect(done.body).toMatchObject({ reset: { step: 'DONE' }, ticket: expect.any(String) });
    expect((await machine.api('GET', '/me', undefined, before.AccessToken)).status).toBe(401);
    expect(
      (await new PortalUser(machine, LEE.email).refresh(before.RefreshToken)).AuthenticationResult,
    ).toBeUndefined();
    expect((await new PortalUser(machine, LEE.email).provePassword(PASSWORD)).error).toBe(
      'NotAuthorizedException',
    );
    const { AccessToken } = await new PortalUser(machine, LEE.email).signInByTicket(
      NEW,
      done.body.ticket,
    );
    expect((await machine.api('GET', '/me', undefined, AccessToken)).status).toBe(200);
    await eventually(
      async () =>
        (await machine.messages(LEE.email)).find(({ subject }) =>
          subject?.includes('password was changed'),
        ),
      'the notice',
    );
  });

  test('a phone user cannot skip the phone, and the device dies', async () => {
    const device = await BrowserDevice.make();
    await new PortalUser(machine, PAT.email).signIn(PASSWORD, 'SMS', PAT.phone, device.wish);
    const pat = new Resetter(machine);
    expect((await pat.start(PAT.email)).body.reset.maskedPhone).toBeUndefined();
    expect((await pat.step('PUT', '/password', { password: NEW })).body.code).toBe(
      'STEP_OUT_OF_ORDER',
    );
    expect((await pat.proveEmail(PAT.email)).body.reset).toMatchObject({
      step: 'CHOOSE_CHANNEL',
      maskedPhone: '***-***-0143',
    });
    expect((await pat.step('PUT', '/password', { password: NEW })).body.code).toBe(
      'STEP_OUT_OF_ORDER',
    );
    expect((await pat.step('POST', '/phone/verification', { code: '000000' })).body.code).toBe(
      'STEP_OUT_OF_ORDER',
    );
    expect((await pat.provePhone(PAT.phone)).body.reset.step).toBe('SET_PASSWORD');
    expect((await pat.step('PUT', '/password', { password: NEW })).body.reset.step).toBe('DONE');
    expect(await device.signIn(new PortalUser(machine, PAT.email))).toMatchObject({
      error: 'NotAuthorizedException',
    });
  });

  test('unknown addresses get the same answers and attempts, but no mail', async () => {
    const shapes = [];
    for (const email of [ERIN.email, 'nobody@cedargrove.example']) {
      const known = await machine.codes(ERIN.email);
      const person = new Resetter(machine);
      const { status, body } = await person.start(email);
      shapes.push([status, Object.keys(body.reset).sort(), Object.keys(body.reset.code).sort()]);
      const code = email === ERIN.email ? wrong(await machine.code(email, known)) : '123456';
      for (const attemptsLeft of [4, 3, 2, 1]) {
        expect(await person.step('POST', '/email/verification', { code })).toMatchObject({
          status: 422,
          body: { code: 'CODE_MISMATCH' },
        });
        expect((await person.step('GET', '')).body.reset.code.attemptsLeft).toBe(attemptsLeft);
      }
      expect(await person.step('POST', '/email/verification', { code })).toMatchObject({
        status: 422,
        body: { code: 'TOO_MANY_ATTEMPTS' },
      });
      expect(await person.step('POST', '/email', {})).toMatchObject({
        status: 429,
        body: { code: 'RESEND_TOO_SOON' },
      });
    }
    expect(shapes[0]).toEqual(shapes[1]);
    await machine.settled();
    expect(await machine.messages('nobody@cedargrove.example')).toEqual([]);
  });

  /** The answers to five wrong codes in each of `resets` resets. */
  async function guesses(email: string, resets: number): Promise<string[]> {
    const codes: string[] = [];
    for (let reset = 0; reset < resets; reset += 1) {
      const known = await machine.codes(email);
      const stranger = new Resetter(machine);
      await stranger.start(email);
      const sent = email === ERIN.email ? await machine.code(email, known) : '123456';
      for (let attempt = 0; attempt < 5; attempt += 1)
        codes.push(
          (await stranger.step('POST', '/email/verification', { code: wrong(sent) })).body.code,
        );
    }
    return codes;
  }

  test('wrong answers are counted alike for known and unknown addresses', async () => {
    const answers = await guesses('nobody@cedargrove.example', 5);
    expect(answers.filter((code) => code === 'CODE_MISMATCH')).toHaveLength(16);
    expect(await guesses(ERIN.email, 5)).toEqual(answers);
  });

  test('does not count right codes as guesses', async () => {
    for (let reset = 0; reset < 4; reset += 1)
      expect((await new Resetter(machine).proveEmail(ERIN.email)).body.reset.step).toBe(
        'SET_PASSWORD',
      );
    expect((await guesses(ERIN.email, 4)).filter((code) => code === 'CODE_MISMATCH')).toHaveLength(
      16,
    );
  });

  test('after a hundred wrong answers in a row an address is reset again once the hour has passed', async () => {
    const { email } = ERIN;
    for (let hour = 0; hour < 5; hour += 1) {
      await Promise.all(Array.from({ length: 4 }, () => guesses(email, 1)));
      expect((await new Resetter(machine).proveEmail(email)).body.code).toBe('TOO_MANY_ATTEMPTS');
      // Past the hour, and within the mails of a day.
      await machine.advance(8 * 3_600);
    }
    expect((await new Resetter(machine).proveEmail(email)).body.reset.step).toBe('SET_PASSWORD');
  });

  test('of concurrent passwords, the one that Cognito keeps is reported as set', async () => {
    const [lee, alsoLee] = [new Resetter(machine), new Resetter(machine)];
    await lee.proveEmail(LEE.email);
    await alsoLee.proveEmail(LEE.email);
    // The first to come is the last to reach Cognito.
    await machine.fault({
      service: 'cognito',
      operation: 'AdminSetUserPassword',
      times: 1,
      delayMs: 1_000,
    });
    const passwords = Array.from({ length: 8 }, (_, index) => `Parallel-Harbour-${index}-Quill`);
    const answers = await Promise.all(
      passwords.map((password, index) =>
        (index % 2 === 0 ? lee : alsoLee).step('PUT', '/password', { password }),
      ),
    );
    const [winner, ...others] = answers.flatMap(({ status }, index) =>
      status === 200 ? [index] : [],
    );
    expect(others).toEqual([]);
    expect(
      answers
        .flatMap(({ body }) => body.code ?? [])
        .every((code) => ['STEP_OUT_OF_ORDER', 'FLOW_EXPIRED'].includes(code)),
    ).toBe(true);
    await new PortalUser(machine, LEE.email).signInByTicket(
      passwords[winner ?? -1] ?? '',
      answers[winner ?? -1]?.body.ticket,
    );
  });

  test('a code passes no other reset, and a resent one kills it', async () => {
    const known = await machine.codes(ERIN.email);
    const one = new Resetter(machine);
    await one.start(ERIN.email);
    const first = await machine.code(ERIN.email, known);
    const two = new Resetter(machine);
    await two.start(ERIN.email);
    const second = await machine.code(ERIN.email, [...known, first]);
    expect((await one.step('POST', '/email/verification', { code: second })).body.code).toBe(
      'CODE_MISMATCH',
    );
    await machine.advance(16);
    await one.step('POST', '/email', {});
    const third = await machine.code(ERIN.email, [...known, first, second]);
    expect((await one.step('POST', '/email/verification', { code: first })).body.code).toBe(
      'CODE_MISMATCH',
    );
    expect(await one.step('POST', '/email/verification', { code: third })).toMatchObject({
      body: { reset: { step: 'SET_PASSWORD' } },
    });
    expect((await two.step('POST', '/email/verification', { code: second })).body.reset.step).toBe(
      'SET_PASSWORD',
    );
  });

  test.each([
    [
      {
        service: 'cognito',
        operation: 'AdminSetUserPassword',
        times: 4,
        error: 'InternalErrorException',
      },
    ],
    [
      {
        service: 'dynamodb',
        function: 'recovery',
        operation: 'TransactWriteItems',
        times: 4,
        error: 'InternalServerError',
      },
    ],
  ])('after %j the same request ends it', async (fault) => {
    const erin = new Resetter(machine);
    await erin.proveEmail(ERIN.email);
    await machine.fault(fault);
    expect(await erin.step('PUT', '/password', { password: NEW })).toMatchObject({
      status: 503,
      body: { code: 'UNAVAILABLE' },
    });
    await machine.clearFaults();
    expect((await erin.step('PUT', '/password', { password: NEW })).body).toMatchObject({
      reset: { step: 'DONE' },
      ticket: expect.any(String),
    });
  });

  const handledLines = async () =>
    (await machine.logs('outbox')).filter(({ line }) => line.includes('OUTBOX_HANDLED'));

  test('a message that the queue has twice is one mail, and its code works', async () => {
    await machine.fault({ service: 'sqs', operation: 'SendMessage', times: 1, afterEffect: true });
    const [known, before] = [await machine.codes(ERIN.email), (await handledLines()).length];
    const erin = new Resetter(machine);
    await erin.start(ERIN.email);
    const handled = await eventually(async () => {
      const lines = (await handledLines()).slice(before);
      return lines.length === 2 ? lines : undefined;
    }, 'both copies');
    expect(handled.filter(({ line }) => line.includes('TAKEN_BEFORE'))).toHaveLength(1);
    const sent = (await machine.codes(ERIN.email)).filter((code) => !known.includes(code));
    expect(sent).toHaveLength(1);
    expect(
      (await erin.step('POST', '/email/verification', { code: sent[0] })).body.reset.step,
    ).toBe('SET_PASSWORD');
  });

  test('an outage of the queue asks to retry, and failed mail is sent later', async () => {
    await machine.fault({
      service: 'sqs',
      operation: 'SendMessage',
      times: 4,
      error: 'ServiceUnavailable',
    });
    expect(await machine.api('POST', '/password-resets', { email: ERIN.email })).toMatchObject({
      status: 503,
      body: { code: 'UNAVAILABLE' },
    });
    await machine.clearFaults();
    await machine.fault({ service: 'ses', times: 1, error: 'ServiceUnavailable' });
    const known = await machine.codes(ERIN.email);
    await new Resetter(machine).start(ERIN.email);
    await eventually(
      async () => (await machine.logs('outbox')).find(({ line }) => line.includes('OUTBOX_FAILED')),
      'the first try',
    );
    await machine.advance(200);
    expect(await machine.code(ERIN.email, known)).toMatch(/^\d{6}$/);
  });
});
