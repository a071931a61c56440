import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ADA, ERIN, eventually, Machine, PASSWORD } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { NEW_PASSWORD, Registrant } from '../clients/registrant.ts';

const GIVEN_UP = 'erin.second@cedargrove.example';
const LAST = 'erin.third@cedargrove.example';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());

async function resetAndOpen(erin: Registrant, ada: string, to: string): Promise<void> {
  await machine.advance(61);
  await machine.clearMessages();
  await machine.api('POST', '/admin/users/eemail/registration-reset', {}, ada);
  await erin.open({ linkToken: await machine.link(to) });
}

test("an interrupted re-enrolment keeps and notifies the owner's address until DONE", async () => {
  const ada = (await new PortalUser(machine, ADA.email).signIn(PASSWORD, 'SMS', ADA.phone))
    .AccessToken;
  const erin = new Registrant(machine);
  await resetAndOpen(erin, ada, ERIN.email);
  await erin.step('PUT', '/method', { method: 'PHONE' });
  await erin.verifyEmail(GIVEN_UP);
  await erin.step('PUT', '/password', { password: 'Harbour-lantern-quiet-8' });
  await resetAndOpen(erin, ada, ERIN.email);

  const other = new Registrant(machine);
  await other.open({ username: 'mchen', password: 'Portal-Pass-2025' });
  await other.step('PUT', '/method', { method: 'EMAIL' });
  expect(await other.verifyEmail(ERIN.email)).toMatchObject({
    status: 409,
    body: { code: 'EMAIL_TAKEN' },
  });

  await machine.clearMessages();
  expect((await erin.enrol('PHONE', LAST)).body).toMatchObject({ registration: { step: 'DONE' } });
  await eventually(
    async () =>
      (await machine.messages(ERIN.email)).find(({ subject = '' }) =>
        subject.startsWith('Your sign-in was set up anew'),
      ),
    'the notice to the former address',
  );
  for (const address of [GIVEN_UP, ERIN.email]) {
    await machine.advance(16);
    expect(await other.verifyEmail(address)).toMatchObject({ status: 200 });
  }
});

test('a registration that ends between Cognito and the table keeps its address for an hour', async () => {
  const address = 'shared@cedargrove.example';
  const rivera = new Registrant(machine);
  const linkToken = await rivera.requestLink({ username: 'jrivera' }, 'jrivera@cedargrove.example');
  await rivera.open({ linkToken });
  await rivera.step('PUT', '/method', { method: 'EMAIL' });
  await rivera.verifyEmail(address);
  expect(await rivera.setPasswordInVain()).toMatchObject({
    status: 503,
    body: { code: 'UNAVAILABLE' },
  });

  const open = async () => {
    const chen = new Registrant(machine);
    await chen.open({ username: 'mchen', password: 'Portal-Pass-2025' });
    await chen.step('PUT', '/method', { method: 'EMAIL' });
    return chen;
  };
  expect(await (await open()).verifyEmail(address)).toMatchObject({
    status: 409,
    body: { code: 'EMAIL_TAKEN' },
  });
  await machine.advance(3_601);
  const chen = await open();
  expect((await chen.enrol('EMAIL', address)).body).toMatchObject({
    registration: { step: 'DONE' },
    ticket: expect.any(String),
  });
  const user = new PortalUser(machine, address);
  const { AccessToken } = await user.signIn(NEW_PASSWORD, 'EMAIL', address);
  expect((await machine.api('GET', '/me', undefined, AccessToken)).body.username).toBe('mchen');
});
