import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Callee } from '../clients/callee.ts';
import { eventually, Machine, PAT } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { NEW_PASSWORD, Registrant } from '../clients/registrant.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());
afterEach(async () => {
  await machine.clearFaults();
  await machine.advance(90_000);
});

const NUMBER = '+12025550177';
const EMAIL = 'jrivera@cedargrove.example';

async function registrantAtPhone(): Promise<Registrant> {
  const registrant = new Registrant(machine);
  await registrant.open({ username: 'jrivera', password: 'Portal-Pass-2024' });
  await registrant.step('PUT', '/method', { method: 'PHONE' });
  await registrant.verifyEmail(EMAIL);
  await registrant.step('PUT', '/password', { password: NEW_PASSWORD });
  return registrant;
}

test('registration verifies a phone by a call', async () => {
  const registrant = await registrantAtPhone();
  const phone = new Callee(machine, NUMBER);
  const called = await registrant.step('POST', '/phone', { phoneNumber: NUMBER, channel: 'CALL' });
  expect(called.body.registration).toMatchObject({
    step: 'VERIFY_PHONE',
    call: { callId: expect.stringMatching(/^[\w-]{22}$/), status: 'CALLING' },
  });
  const { callId } = called.body.registration.call;
  expect(await registrant.step('POST', '/phone/verification', { call: 'CONFIRMED' })).toMatchObject(
    { status: 422, body: { code: 'CALL_NOT_CONFIRMED' } },
  );
  expect((await phone.answer()).said[0]).toContain('registering with this number');
  await phone.press('#');
  expect((await registrant.step('GET', '')).body.registration.call).toMatchObject({
    callId,
    status: 'CONFIRMED',
  });
  const done = await registrant.step('POST', '/phone/verification', { call: 'CONFIRMED' });
  expect(done).toMatchObject({
    status: 200,
    body: { registration: { step: 'DONE' }, ticket: expect.any(String) },
  });
  expect(
    (await new PortalUser(machine, EMAIL).signInByTicket(NEW_PASSWORD, done.body.ticket))
      .AccessToken,
  ).toBeDefined();
});

describe('a forgotten password', () => {
  async function resetAtPhone(): Promise<
    (method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) => ReturnType<Machine['api']>
  > {
    const known = await machine.codes(PAT.email);
    const { flowToken } = (await machine.api('POST', '/password-resets', { email: PAT.email }))
      .body;
    const step = (method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) =>
      machine.api(method, `/password-resets/current${path}`, body, flowToken);
    await step('POST', '/email/verification', { code: await machine.code(PAT.email, known) });
    return step;
  }

  test('is reset after a confirmed call', async () => {
    const step = await resetAtPhone();
    const phone = new Callee(machine, PAT.phone);
    expect((await step('POST', '/phone', { channel: 'CALL' })).body.reset).toMatchObject({
      step: 'VERIFY_PHONE',
      call: { status: 'CALLING' },
    });
    expect((await phone.answer()).said[0]).toContain('choosing a new password');
    await phone.press('#');
    expect(
      (await step('POST', '/phone/verification', { call: 'CONFIRMED' })).body.reset,
    ).toMatchObject({ step: 'SET_PASSWORD' });
    expect((await step('PUT', '/password', { password: NEW_PASSWORD })).body).toMatchObject({
      reset: { step: 'DONE' },
      ticket: expect.any(String),
    });
  });

  test('is kept when the callee presses 9, which ends the reset', async () => {
    const step = await resetAtPhone();
    const phone = new Callee(machine, PAT.phone);
    await machine.clearMessages();
    await step('POST', '/phone', { channel: 'CALL' });
    await phone.answer();
    await phone.press('9');
    expect(await step('POST', '/phone/verification', { call: 'CONFIRMED' })).toMatchObject({
      status: 410,
      body: { code: 'FLOW_EXPIRED' },
    });
    await eventually(
      async () => (await machine.messages(PAT.email)).find(({ channel }) => channel === 'EMAIL'),
      'the notice',
    );
  });

  test('goes on by text message when Connect is down', async () => {
    const step = await resetAtPhone();
    await machine.fault({ service: 'connect', times: 1, error: 'InternalServiceException' });
    expect(await step('POST', '/phone', { channel: 'CALL' })).toMatchObject({
      status: 503,
      body: { code: 'DELIVERY_FAILED' },
    });
    const known = await machine.codes(PAT.phone);
    await step('POST', '/phone', { channel: 'SMS' });
    expect(
      (await step('POST', '/phone/verification', { code: await machine.code(PAT.phone, known) }))
        .body.reset,
    ).toMatchObject({ step: 'SET_PASSWORD' });
  });
});
