import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ADA, ERIN, eventually, Machine, PASSWORD, PAT } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { Registrant } from '../clients/registrant.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());
afterEach(async () => {
  await machine.clearFaults();
  await machine.local('POST', 'reset');
});

const isLost = (operation: 'Bounce' | 'Complaint') =>
  machine.fault({ service: 'ses', operation, times: 1 });

async function chooseEmail(email: string): Promise<PortalUser> {
  const user = new PortalUser(machine, email);
  await user.provePassword(PASSWORD);
  await user.answer({ factor: 'EMAIL' });
  return user;
}

/** What an administrator sees of a person. */
async function eventsOf(username: string): Promise<{ event: string; outcome?: string }[]> {
  const { AccessToken } = await new PortalUser(machine, ADA.email).signIn(
    PASSWORD,
    'SMS',
    ADA.phone,
  );
  return await eventually(async () => {
    const { body } = await machine.api(
      'GET',
      `/admin/users/${username}/events`,
      undefined,
      AccessToken,
    );
    const bounced = (body.events as { event: string }[]).some(
      ({ event }) => event === 'EMAIL_BOUNCED',
    );
    return bounced ? body.events : undefined;
  }, 'the event EMAIL_BOUNCED');
}

const mailsSent = async () =>
  (await machine.logs('create')).filter(({ line }) => line.includes('"EMAIL_SENT"')).length;

describe('an e-mail that bounces', () => {
  test('is an event that the administrator sees, without the address', async () => {
    await isLost('Bounce');
    await chooseEmail(ERIN.email);
    const events = await eventsOf(ERIN.username);
    expect(events).toContainEqual(
      expect.objectContaining({ event: 'EMAIL_BOUNCED', outcome: 'BOUNCE', actor: 'SYSTEM' }),
    );
    const lines = await machine.logs('mail-events');
    expect(JSON.stringify(lines)).not.toContain(ERIN.email);
  });

  test('keeps further codes from that address for a day, and asks SES for nothing', async () => {
    await isLost('Bounce');
    await chooseEmail(PAT.email);
    await eventsOf(PAT.username);
    const before = await mailsSent();
    const pat = await chooseEmail(PAT.email);
    expect(pat.round).toMatchObject({
      challenge: 'CHOOSE_FACTOR',
      parameters: { reason: 'DELIVERY_FAILED' },
    });
    expect(await mailsSent()).toBe(before);
    expect(await pat.answer({ code: await pat.sendCode('SMS', PAT.phone) })).toMatchObject({
      tokens: expect.anything(),
    });
    await machine.advance(86_400);
    expect((await chooseEmail(PAT.email)).round.challenge).toBe('ENTER_CODE');
  });

  test('is said to the person who registers with it; another address is fine', async () => {
    const chen = new Registrant(machine);
    await chen.open({ username: 'mchen', password: 'Portal-Pass-2025' });
    await chen.step('PUT', '/method', { method: 'EMAIL' });
    await isLost('Bounce');
    await chen.step('POST', '/email', { email: 'm.chem@cedargrove.example' });
    await eventsOf('mchen');
    await machine.advance(16);
    expect(await chen.step('POST', '/email', { email: 'm.chem@cedargrove.example' })).toMatchObject(
      {
        status: 422,
        body: { code: 'EMAIL_BOUNCED' },
      },
    );
    expect(await chen.verifyEmail('m.chen@cedargrove.example')).toMatchObject({ status: 200 });
  });

  test('changes nothing of the answer to a password reset', async () => {
    await isLost('Complaint');
    await chooseEmail(ERIN.email);
    const events = await eventsOf(ERIN.username);
    expect(events).toContainEqual(expect.objectContaining({ outcome: 'COMPLAINT' }));
    const [known, unknown] = await Promise.all(
      [ERIN.email, 'nobody@cedargrove.example'].map((email) =>
        machine.api('POST', '/password-resets', { email }),
      ),
    );
    expect(known?.status).toBe(unknown?.status);
    expect(Object.keys(known?.body.reset)).toEqual(Object.keys(unknown?.body.reset));
  });

  test('with a full mailbox, or of nobody, is not recorded', async () => {
    await isLost('Bounce');
    await machine.api('POST', '/password-resets', { email: 'nobody@cedargrove.example' });
    expect(await machine.logs('mail-events')).toEqual([]);
  });
});
