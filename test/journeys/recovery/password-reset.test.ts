import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { BrowserDevice } from '../clients/browser-device.ts';
import { ERIN, eventually, LEE, Machine, PASSWORD, PAT, wrong } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
}, 60_000);
afterAll(async () => machine.stop());
afterEach(async () => {
  await machine.clearFaults();
  await machine.advance(86_400);
});

const NEW = 'Velvet-Harbour-19-Quill';

class Forgetful {
  token = '';
  async start(email: string) {
    const answer = await machine.api('POST', '/password-resets', { email });
    this.token = answer.body.flowToken;
    return answer;
  }
  step(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) {
    return machine.api(method, `/password-resets/current${path}`, body, this.token);
  }
  async proveEmail(email: string) {
    const known = await machine.codes(email);
    await this.start(email);
    return this.step('POST', '/email/verification', { code: await machine.code(email, known) });
  }
  async provePhone(phone: string) {
    const known = await machine.codes(phone);
    await this.step('POST', '/phone', { channel: 'SMS' });
    return this.step('POST', '/phone/verification', { code: await machine.code(phone, known) });
  }
}

describe('a forgotten password', () => {
  test('an e-mail user: code, new password, straight in; the old password and session are dead', async () => {
    const before = await new PortalUser(machine, LEE.email).signIn(PASSWORD, 'EMAIL', LEE.email);
    const lee = new Forgetful();
    expect((await lee.proveEmail(LEE.email)).body.reset).toEqual({ step: 'SET_PASSWORD', maskedEmail: 'l***@lakeside.example' });
    expect(await lee.step('PUT', '/password', { password: 'lakeside-admin' })).toMatchObject({ status: 422, body: { code: 'PASSWORD_CONTAINS_IDENTITY' } });
    const done = await lee.step('PUT', '/password', { password: NEW });
    expect(done.body).toMatchObject({ reset: { step: 'DONE' }, ticket: expect.any(String) });
    expect((await machine.api('GET', '/me', undefined, before.AccessToken)).status).toBe(401);
    expect((await new PortalUser(machine, LEE.email).refresh(before.RefreshToken)).AuthenticationResult).toBeUndefined();
    expect((await new PortalUser(machine, LEE.email).provePassword(PASSWORD)).error).toBe('NotAuthorizedException');
    const { AccessToken } = await new PortalUser(machine, LEE.email).signInByTicket(NEW, done.body.ticket);
    expect((await machine.api('GET', '/me', undefined, AccessToken)).status).toBe(200);
    await eventually(async () => (await machine.messages(LEE.email)).find(({ subject }) => subject?.includes('password was changed')), 'the notice');
  });

  test('a phone user cannot skip the phone, and the device dies', async () => {
    const device = await BrowserDevice.make();
    await new PortalUser(machine, PAT.email).signIn(PASSWORD, 'SMS', PAT.phone, device.wish);
    const pat = new Forgetful();
    expect((await pat.start(PAT.email)).body.reset.maskedPhone).toBeUndefined();
    expect((await pat.step('PUT', '/password', { password: NEW })).body.code).toBe('STEP_OUT_OF_ORDER');
    expect((await pat.proveEmail(PAT.email)).body.reset).toMatchObject({ step: 'CHOOSE_CHANNEL', maskedPhone: '***-***-0143' });
    expect((await pat.step('PUT', '/password', { password: NEW })).body.code).toBe('STEP_OUT_OF_ORDER');
    expect((await pat.step('POST', '/phone/verification', { code: '000000' })).body.code).toBe('STEP_OUT_OF_ORDER');
    expect((await pat.provePhone(PAT.phone)).body.reset.step).toBe('SET_PASSWORD');
    expect((await pat.step('PUT', '/password', { password: NEW })).body.reset.step).toBe('DONE');
    expect(await device.signIn(new PortalUser(machine, PAT.email))).toMatchObject({ error: 'NotAuthorizedException' });
  });

  test('unknown addresses walk the same road: the same answers, falling attempts, nothing sent', async () => {
    const shapes = [];
    for (const email of [ERIN.email, 'nobody@cedargrove.example']) {
      const known = await machine.codes(ERIN.email);
      const somebody = new Forgetful();
      const { status, body } = await somebody.start(email);
      shapes.push([status, Object.keys(body.reset).sort(), Object.keys(body.reset.code).sort()]);
      const code = email === ERIN.email ? wrong(await machine.code(email, known)) : '123456';
      for (const attemptsLeft of [4, 3, 2, 1]) {
        expect(await somebody.step('POST', '/email/verification', { code })).toMatchObject({ status: 422, body: { code: 'CODE_MISMATCH' } });
        expect((await somebody.step('GET', '')).body.reset.code.attemptsLeft).toBe(attemptsLeft);
      }
      expect(await somebody.step('POST', '/email/verification', { code })).toMatchObject({ status: 422, body: { code: 'TOO_MANY_ATTEMPTS' } });
      expect(await somebody.step('POST', '/email', {})).toMatchObject({ status: 429, body: { code: 'RESEND_TOO_SOON' } });
    }
    expect(shapes[0]).toEqual(shapes[1]);
    expect(await machine.messages('nobody@cedargrove.example')).toEqual([]);
  });

  test('a code passes no other reset, and a resent one kills it', async () => {
    const known = await machine.codes(ERIN.email);
    const one = new Forgetful();
    await one.start(ERIN.email);
    const first = await machine.code(ERIN.email, known);
    const two = new Forgetful();
    await two.start(ERIN.email);
    const second = await machine.code(ERIN.email, [...known, first]);
    expect((await one.step('POST', '/email/verification', { code: second })).body.code).toBe('CODE_MISMATCH');
    await machine.advance(16);
    await one.step('POST', '/email', {});
    const third = await machine.code(ERIN.email, [...known, first, second]);
    expect((await one.step('POST', '/email/verification', { code: first })).body.code).toBe('CODE_MISMATCH');
    expect(await one.step('POST', '/email/verification', { code: third })).toMatchObject({ body: { reset: { step: 'SET_PASSWORD' } } });
    expect((await two.step('POST', '/email/verification', { code: second })).body.reset.step).toBe('SET_PASSWORD');
  });

  test.each([
    [{ service: 'cognito', operation: 'AdminSetUserPassword', times: 4, error: 'InternalErrorException' }],
    [{ service: 'cognito', operation: 'AdminUserGlobalSignOut', times: 4, error: 'TooManyRequestsException' }],
    [{ service: 'dynamodb', function: 'recovery', operation: 'TransactWriteItems', times: 4, error: 'InternalServerError' }],
  ])('after %j the same request ends it', async (fault) => {
    const erin = new Forgetful();
    await erin.proveEmail(ERIN.email);
    await machine.fault(fault);
    expect(await erin.step('PUT', '/password', { password: NEW })).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    await machine.clearFaults();
    expect((await erin.step('PUT', '/password', { password: NEW })).body).toMatchObject({ reset: { step: 'DONE' }, ticket: expect.any(String) });
  });

  test('a queue that is down says try again, and mail that fails is sent later', async () => {
    await machine.fault({ service: 'sqs', operation: 'SendMessage', times: 4, error: 'ServiceUnavailable' });
    expect(await machine.api('POST', '/password-resets', { email: ERIN.email })).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    await machine.clearFaults();
    await machine.fault({ service: 'ses', times: 1, error: 'ServiceUnavailable' });
    const known = await machine.codes(ERIN.email);
    await new Forgetful().start(ERIN.email);
    await eventually(async () => (await machine.logs('outbox')).find(({ line }) => line.includes('OUTBOX_FAILED')), 'the first try');
    await machine.advance(200);
    expect(await machine.code(ERIN.email, known)).toMatch(/^\d{6}$/);
  }, 30_000);
});
