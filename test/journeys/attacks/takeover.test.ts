import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ADA, eventually, Machine, PASSWORD, PAT } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { NEW_PASSWORD, Registrant } from '../clients/registrant.ts';

const OWNER = 'jrivera@cedargrove.example';
const INTRUDER = 'intruder@elsewhere.example';

let machine: Machine;
let ada: string;
beforeAll(async () => {
  machine = await Machine.boot();
  ada = (await new PortalUser(machine, ADA.email).signIn(PASSWORD, 'SMS', ADA.phone)).AccessToken;
});
afterAll(async () => machine.stop());

const subjectsTo = async (to: string) =>
  (await machine.messages(to)).map(({ subject = '' }) => subject);

async function notified(to: string, subject: string): Promise<void> {
  await eventually(
    async () => (await subjectsTo(to)).find((one) => one.startsWith(subject)),
    `"${subject}" to ${to}`,
  );
}

describe('whoever has the old portal password of an imported account', () => {
  test('enrols the address on record only', async () => {
    const intruder = new Registrant(machine);
    await intruder.open({ username: 'jrivera', password: 'Portal-Pass-2024' });
    await intruder.step('PUT', '/method', { method: 'PHONE' });
    expect(await intruder.step('POST', '/email', { email: INTRUDER })).toMatchObject({
      status: 422,
      body: { code: 'EMAIL_NOT_ON_RECORD' },
    });
    await machine.settled();
    expect(await machine.messages(INTRUDER)).toEqual([]);
  });

  test('is found out where a mailbox is shared: the address on record hears of password and factor', async () => {
    const shared = new Registrant(machine);
    await shared.open({ username: 'jrivera', password: 'Portal-Pass-2024' });
    await machine.advance(16);
    expect((await shared.enrol('PHONE', OWNER, '+12025550181')).body.registration.step).toBe(
      'DONE',
    );
    await notified(OWNER, 'A password was set');
    await notified(OWNER, 'Your registration is complete');
  });
});

describe('an enrolment that is in doubt', () => {
  test('by a mailed link with another address: the admin resets, and the link goes to the former address', async () => {
    await machine.api('POST', '/admin/users/jrivera/registration-reset', {}, ada);
    const link = await machine.link(OWNER);
    const intruder = new Registrant(machine);
    await intruder.open({ linkToken: link });
    expect((await intruder.enrol('EMAIL', INTRUDER)).body.registration.step).toBe('DONE');
    await notified(OWNER, 'Your sign-in was set up anew');

    await machine.advance(61);
    await machine.clearMessages();
    await machine.api('POST', '/admin/users/jrivera/registration-reset', {}, ada);
    const owned = await machine.link(OWNER);
    await machine.settled();
    expect(await subjectsTo(INTRUDER)).not.toContainEqual(
      expect.stringContaining('Complete your registration'),
    );
    const byUsername = new Registrant(machine);
    await machine.clearMessages();
    await byUsername.requestLink({ username: 'jrivera' }, OWNER);
    await machine.settled();
    expect(await subjectsTo(INTRUDER)).toEqual([]);
    expect((await new Registrant(machine).open({ linkToken: owned })).status).toBe(403);
  });
});

describe('the address on record', () => {
  const put = (username: string, email: string) =>
    machine.api('PUT', `/admin/users/${username}/email`, { email }, ada);

  test('is corrected by an admin: the link goes there, and the former one is notified', async () => {
    await machine.advance(61);
    await machine.clearMessages();
    const right = 'jo.rivera@cedargrove.example';
    expect(await put('jrivera', right)).toMatchObject({
      status: 200,
      body: { username: 'jrivera', maskedEmail: 'j***@cedargrove.example', status: 'RESET' },
    });
    const link = await machine.link(right);
    await notified(OWNER, 'Your e-mail address on record was changed');
    const owner = new Registrant(machine);
    expect((await owner.open({ linkToken: link })).status).toBe(201);
    expect((await owner.enrol('EMAIL', right)).body.registration.step).toBe('DONE');
    const { body } = await machine.api('GET', '/admin/users/jrivera/events', undefined, ada);
    expect(body.events).toContainEqual(
      expect.objectContaining({
        event: 'CONTACT_EMAIL_CHANGED',
        actor: 'ADMIN',
        actorUsername: 'aadmin',
      }),
    );
  });

  test('of somebody who is registered is not', async () => {
    expect(await put('pphone', 'other@cedargrove.example')).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_REGISTERED' },
    });
    expect(await put('ladmin', 'other@cedargrove.example')).toMatchObject({ status: 404 });
  });

  test('of who has none is given, and an employee’s is refused', async () => {
    expect(await put('mchen', 'm.chen@workforce.example')).toMatchObject({
      status: 422,
      body: { code: 'WORKFORCE_EMAIL' },
    });
    await put('mchen', 'm.chen@cedargrove.example');
    expect(await machine.link('m.chen@cedargrove.example')).toBeDefined();
  });
});

test('the phone given at sign-up is notified when another one is registered', async () => {
  const doctor = new Registrant(machine);
  const link = await doctor.asProvider('CEDAR-7K4M-92QX');
  await doctor.open({ linkToken: link });
  expect(
    (await doctor.enrol('PHONE', 'new.doc@cedargrove.example', '+12025550155')).body.registration
      .step,
  ).toBe('DONE');
  const [text] = await eventually(async () => {
    const texts = await machine.messages('+12025550199');
    return texts.length > 0 ? texts : undefined;
  }, 'the notice by text');
  expect(text?.text).toContain('Multi-factor authentication is set up');
  await machine.settled();
  expect(await machine.messages(PAT.phone)).toEqual([]);
});

test('an incomplete registration proves the mailbox again when a password alone resumes it', async () => {
  const chen = new Registrant(machine);
  await chen.open({ linkToken: await machine.link('m.chen@cedargrove.example') });
  await chen.step('PUT', '/method', { method: 'PHONE' });
  await chen.verifyEmail('m.chen@cedargrove.example');
  await chen.step('PUT', '/password', { password: NEW_PASSWORD });
  const thief = new Registrant(machine);
  const opened = await thief.open({ username: 'mchen', password: NEW_PASSWORD });
  expect(opened.body.registration).toMatchObject({
    step: 'VERIFY_EMAIL',
    maskedEmail: 'm***@cedargrove.example',
  });
  for (const [path, body] of [
    ['/phone', { phoneNumber: '+12025550166', channel: 'SMS' }],
    ['/phone/verification', { call: 'CONFIRMED' }],
  ] as const)
    expect(await thief.step('POST', path, body)).toMatchObject({
      status: 409,
      body: { code: 'STEP_OUT_OF_ORDER' },
    });
});
