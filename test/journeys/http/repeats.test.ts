/** The same request again, after an answer that was lost. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Callee } from '../clients/callee.ts';
import { type Answer, eventually, Machine, PASSWORD, PAT } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { NEW_PASSWORD, Registrant } from '../clients/registrant.ts';
import { Resetter } from '../clients/resetter.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());
beforeEach(async () => {
  await machine.reset();
});
afterEach(async () => {
  await machine.clearFaults();
});

const EMAIL = 'jrivera@cedargrove.example';
const NUMBER = '+12025550177';

async function registrant(): Promise<Registrant> {
  const opened = new Registrant(machine);
  await opened.open({ username: 'jrivera', password: 'Portal-Pass-2024' });
  return opened;
}

/** A step with an `Idempotency-Key`, whose answer is asked for twice. */
async function twice(
  { token }: { token: string },
  [method, path, body]: [string, string, unknown],
  key?: string,
): Promise<[Answer, Answer]> {
  const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
  const send = () => machine.api(method, path, body, { token, headers });
  return [await send(), await send()];
}

const mfa = (path: string) => `/mfa-registrations/current${path}`;
const reset = (path: string) => `/password-resets/current${path}`;

describe('a repeated password', () => {
  test('of a registration by e-mail has the same ticket, which signs in once', async () => {
    const person = await registrant();
    await person.step('PUT', '/method', { method: 'EMAIL' });
    await person.verifyEmail(EMAIL);
    const password = { password: NEW_PASSWORD };
    const [first, second] = await twice(person, ['PUT', mfa('/password'), password]);
    expect(first).toMatchObject({ status: 200, body: { registration: { step: 'DONE' } } });
    expect(second).toMatchObject({ status: 200, body: first.body });
    const { ticket } = second.body;
    const signIn = () => new PortalUser(machine, EMAIL).signInByTicket(NEW_PASSWORD, ticket);
    expect((await signIn()).AccessToken).toBeDefined();
    await expect(signIn()).rejects.toThrow();
  });

  test('of a registration by phone leads on to the phone', async () => {
    const person = await registrant();
    await person.step('PUT', '/method', { method: 'PHONE' });
    await person.verifyEmail(EMAIL);
    const password = { password: NEW_PASSWORD };
    const [first, second] = await twice(person, ['PUT', mfa('/password'), password]);
    expect(first).toMatchObject({ status: 200, body: { registration: { step: 'ENTER_PHONE' } } });
    expect(second).toMatchObject({ status: 200, body: first.body });
  });

  test('of a reset has the same ticket; another password is out of order', async () => {
    const person = new Resetter(machine);
    await person.proveEmail(PAT.email);
    await person.provePhone(PAT.phone);
    const put = ['PUT', reset('/password'), { password: NEW_PASSWORD }] as [string, string, object];
    const [first, second] = await twice(person, put);
    expect(first.body.ticket).toEqual(expect.any(String));
    expect(second).toMatchObject({ status: 200, body: first.body });
    expect(await person.step('PUT', '/password', { password: `${NEW_PASSWORD}!` })).toMatchObject({
      status: 409,
      body: { code: 'STEP_OUT_OF_ORDER' },
    });
  });
});

test('a repeated confirmation of a call has the ticket', async () => {
  const person = await registrant();
  await person.step('PUT', '/method', { method: 'PHONE' });
  await person.verifyEmail(EMAIL);
  await person.step('PUT', '/password', { password: NEW_PASSWORD });
  await person.step('POST', '/phone', { phoneNumber: NUMBER, channel: 'CALL' });
  const phone = new Callee(machine, NUMBER);
  await phone.answer();
  await phone.press('#');
  await eventually(async () => {
    const { call } = (await person.step('GET', '')).body.registration;
    return call.status === 'CONFIRMED' ? call : undefined;
  }, 'the confirmation');
  const confirmed = { call: 'CONFIRMED' };
  const [first, second] = await twice(person, ['POST', mfa('/phone/verification'), confirmed]);
  expect(first.body.ticket).toEqual(expect.any(String));
  expect(second).toMatchObject({ status: 200, body: first.body });
});

describe('with an Idempotency-Key', () => {
  test('a repeated send sends once; another key sends again, or says to wait', async () => {
    const person = await registrant();
    await person.step('PUT', '/method', { method: 'EMAIL' });
    await machine.clearMessages();
    const send = ['POST', mfa('/email'), { email: EMAIL }] as [string, string, object];
    const [first, second] = await twice(person, send, 'attempt-1');
    expect(first).toMatchObject({ status: 200, body: { registration: { step: 'VERIFY_EMAIL' } } });
    expect(second).toMatchObject({ status: 200, body: first.body });
    await machine.settled();
    expect(await machine.messages(EMAIL)).toHaveLength(1);
    const [other] = await twice(person, send, 'attempt-2');
    expect(other).toMatchObject({ status: 429, body: { code: 'RESEND_TOO_SOON' } });
  });

  test('a repeated code is accepted once and answered twice; without a key it is used', async () => {
    const person = await registrant();
    await person.step('PUT', '/method', { method: 'EMAIL' });
    await person.step('POST', '/email', { email: EMAIL });
    const code = await machine.code(EMAIL);
    const verify = ['POST', mfa('/email/verification'), { code }] as [string, string, object];
    const [first, second] = await twice(person, verify, 'attempt-1');
    expect(first).toMatchObject({ status: 200, body: { registration: { step: 'SET_PASSWORD' } } });
    expect(second).toMatchObject({ status: 200, body: first.body });
    expect((await twice(person, verify))[0]).toMatchObject({
      status: 409,
      body: { code: 'STEP_OUT_OF_ORDER' },
    });
  });

  test('of a flow opens nothing for another flow', async () => {
    const person = await registrant();
    await person.step('PUT', '/method', { method: 'EMAIL' });
    const method = ['PUT', mfa('/method'), { method: 'PHONE' }] as [string, string, object];
    await twice(person, method, 'attempt-1');
    const other = new Resetter(machine);
    await other.start(PAT.email);
    expect((await twice(other, method, 'attempt-1'))[0]).toMatchObject({ status: 401 });
  });
});

test('signing out everywhere again with the same token is done; the token opens nothing', async () => {
  const tokens = await new PortalUser(machine, PAT.email).signIn(PASSWORD, 'SMS', PAT.phone);
  const other = await new PortalUser(machine, PAT.email).signIn(PASSWORD, 'SMS', PAT.phone);
  const [first, second] = await twice({ token: tokens.AccessToken ?? '' }, [
    'POST',
    '/me/sign-out-everywhere',
    undefined,
  ]);
  expect([first.status, second.status]).toEqual([204, 204]);
  expect((await machine.api('GET', '/me', undefined, tokens.AccessToken)).status).toBe(401);
  const stranger = await machine.api('POST', '/me/sign-out-everywhere', undefined, {
    token: other.AccessToken ?? '',
  });
  expect(stranger).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } });
});
