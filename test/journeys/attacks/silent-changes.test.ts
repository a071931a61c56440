import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Employee, HANA } from '../clients/employee.ts';
import { ADA, ERIN, eventually, Machine, PASSWORD } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { CEDAR, NEW_PASSWORD, Registrant } from '../clients/registrant.ts';

const LINK = 'Complete your registration';

let machine: Machine;
let ada: string;
beforeAll(async () => {
  machine = await Machine.boot();
});
beforeEach(async () => {
  await machine.reset();
  ada = (await new PortalUser(machine, ADA.email).signIn(PASSWORD, 'SMS', ADA.phone)).AccessToken;
});
afterAll(async () => machine.stop());

async function receives(to: string, subject: string): Promise<void> {
  await eventually(
    async () => (await subjectsTo(to)).find((one) => one.startsWith(subject)),
    `"${subject}" to ${to}`,
  );
}

const subjectsTo = async (to: string) =>
  (await machine.messages(to)).map(({ subject = '' }) => subject);

const reset = (username: string) =>
  machine.api('POST', `/admin/users/${username}/registration-reset`, {}, ada);

const correct = (username: string, email: string) =>
  machine.api('PUT', `/admin/users/${username}/email`, { email }, ada);

describe('the address on record', () => {
  test('hears of a changed address too, where the one that signs in was another', async () => {
    await reset('eemail');
    const erin = new Registrant(machine);
    await erin.open({ linkToken: await machine.link(ERIN.email) });
    const second = 'erin.two@cedargrove.example';
    const { ticket } = (await erin.enrol('EMAIL', second)).body;
    const { AccessToken } = await new PortalUser(machine, second).signInByTicket(
      NEW_PASSWORD,
      ticket,
    );
    const third = 'erin.three@elsewhere.example';
    await machine.api('POST', '/me/email', { email: third }, AccessToken);
    const code = await machine.code(third);
    await machine.api('POST', '/me/email/verification', { code }, AccessToken);
    for (const to of [ERIN.email, second, third])
      await receives(to, 'Your e-mail address was changed');
  });

  test('of a sign-up is notified when that sign-up corrects it', async () => {
    const doctor = new Registrant(machine);
    await doctor.asProvider(CEDAR.codes[0] ?? '');
    const email = 'right.doc@cedargrove.example';
    const path = '/provider-registrations/current/email';
    expect((await machine.api('PUT', path, { email }, doctor.token)).status).toBe(200);
    await receives(email, LINK);
    await receives('new.doc@cedargrove.example', 'Your e-mail address on record was changed');
  });

  test('that staff have corrected is not moved by the sign-up that is still open', async () => {
    const doctor = new Registrant(machine);
    await doctor.asProvider(CEDAR.codes[0] ?? '');
    const right = 'right.doc@cedargrove.example';
    await correct('newdoc', right);
    const thief = 'thief@elsewhere.example';
    const path = '/provider-registrations/current/email';
    expect(await machine.api('PUT', path, { email: thief }, doctor.token)).toMatchObject({
      status: 409,
      body: { code: 'STEP_OUT_OF_ORDER' },
    });
    await receives(right, LINK);
    await machine.advance(61);
    await machine.clearMessages();
    await reset('newdoc');
    await receives(right, LINK);
    await machine.settled();
    expect(await subjectsTo(thief)).toEqual([]);
  });
});

describe('an incomplete registration with an address of somebody else', () => {
  const INTRUDER = 'intruder@elsewhere.example';

  /** Whoever could read the mailbox on record once. */
  async function intrude(): Promise<Registrant> {
    await reset('eemail');
    const intruder = new Registrant(machine);
    await intruder.open({ linkToken: await machine.link(ERIN.email) });
    await intruder.step('PUT', '/method', { method: 'PHONE' });
    await intruder.verifyEmail(INTRUDER);
    await intruder.step('PUT', '/password', { password: 'Hollow-Cinder-71-Meadow' });
    await machine.clearMessages();
    return intruder;
  }

  async function mailLinkByHelpDesk(): Promise<void> {
    const { access_token: hana } = await new Employee(machine).signIn(HANA);
    await machine.advance(61);
    const why = { reason: 'they called' };
    await machine.api('POST', '/help-desk/users/eemail/links', why, hana);
  }

  test('starts over when staff correct the address: its password and mailbox do not go on', async () => {
    const intruder = await intrude();
    const right = 'erin.right@cedargrove.example';
    expect(await correct('eemail', right)).toMatchObject({
      status: 200,
      body: { status: 'RESET', maskedEmail: 'e***@cedargrove.example' },
    });
    expect(await intruder.step('GET', '')).toMatchObject({ status: 410 });
    const again = new Registrant(machine);
    await again.open({ username: 'eemail', password: 'Hollow-Cinder-71-Meadow' });
    await again.step('PUT', '/method', { method: 'EMAIL' });
    expect(await again.step('POST', '/email', { email: INTRUDER })).toMatchObject({
      body: { code: 'EMAIL_NOT_ON_RECORD' },
    });
    const erin = new Registrant(machine);
    await erin.open({ linkToken: await machine.link(right) });
    expect((await erin.enrol('EMAIL', right)).body.registration.step).toBe('DONE');
    const stranger = new PortalUser(machine, INTRUDER);
    expect((await stranger.provePassword('Hollow-Cinder-71-Meadow')).error).toBeDefined();
  });

  test('is not what a link of the help desk goes on with: the link begins another one', async () => {
    await intrude();
    await mailLinkByHelpDesk();
    const erin = new Registrant(machine);
    const opened = await erin.open({ linkToken: await machine.link(ERIN.email) });
    expect(opened.body.registration).toEqual({ step: 'CHOOSE_METHOD' });
    expect((await erin.enrol('PHONE', ERIN.email)).body.registration.step).toBe('DONE');
    expect(
      await new PortalUser(machine, ERIN.email).signIn(NEW_PASSWORD, 'EMAIL', ERIN.email),
    ).toBeDefined();
    const stranger = new PortalUser(machine, INTRUDER);
    expect((await stranger.provePassword('Hollow-Cinder-71-Meadow')).error).toBeDefined();
  });

  test('is started over by the same link until the method is chosen, and then no more', async () => {
    await intrude();
    await mailLinkByHelpDesk();
    const linkToken = await machine.link(ERIN.email);
    await new Registrant(machine).open({ linkToken });
    const erin = new Registrant(machine);
    expect(await erin.open({ linkToken })).toMatchObject({
      status: 201,
      body: { registration: { step: 'CHOOSE_METHOD' } },
    });
    await erin.step('PUT', '/method', { method: 'EMAIL' });
    expect((await new Registrant(machine).open({ linkToken })).body.code).toBe('LINK_INVALID');
  });
});

describe('a link that staff cause within a minute of the one before', () => {
  test('is mailed where the address was corrected: the one before led elsewhere', async () => {
    await reset('eemail');
    await machine.link(ERIN.email);
    const right = 'erin.right@cedargrove.example';
    await correct('eemail', right);
    await receives(right, LINK);
  });

  test('is mailed where a reset has ended the one before', async () => {
    const owner = 'jrivera@cedargrove.example';
    await reset('jrivera');
    const half = new Registrant(machine);
    await half.open({ linkToken: await machine.link(owner) });
    await half.step('PUT', '/method', { method: 'PHONE' });
    await half.verifyEmail(owner);
    await half.step('PUT', '/password', { password: NEW_PASSWORD });
    await machine.clearMessages();
    await reset('jrivera');
    expect(
      (await new Registrant(machine).open({ linkToken: await machine.link(owner) })).status,
    ).toBe(201);
  });

  test('is not mailed where it would be the same once more', async () => {
    await reset('jrivera');
    const link = await machine.link('jrivera@cedargrove.example');
    await reset('jrivera');
    expect((await new Registrant(machine).open({ linkToken: link })).status).toBe(201);
  });
});
