import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { BrowserDevice } from '../clients/browser-device.ts';
import { ADA, LEE, Machine, PASSWORD, PAT, wrong } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());
afterEach(async () => machine.advance(2 * 86_400));

/** Five wrong answers to one code, in a flow of its own. */
async function burnCode(email: string, to: string): Promise<PortalUser> {
  const user = new PortalUser(machine, email);
  await user.provePassword(PASSWORD);
  const code = await user.sendCode('EMAIL', to);
  for (let attempt = 1; attempt <= 5; attempt += 1) await user.answer({ code: wrong(code) });
  return user;
}

describe('wrong answers, across flows', () => {
  test('twenty in an hour end the flow and every later one until the hour has passed', async () => {
    let last = new PortalUser(machine, LEE.email);
    for (let flow = 1; flow <= 4; flow += 1) last = await burnCode(LEE.email, LEE.email);
    expect(last.round.parameters).toMatchObject({ attemptsLeft: '0', reason: 'TOO_MANY_ATTEMPTS' });
    expect(await last.answer({ resend: true })).toMatchObject({ error: 'NotAuthorizedException' });
    const later = new PortalUser(machine, LEE.email);
    expect(await later.provePassword(PASSWORD)).toMatchObject({ challenge: 'CHOOSE_FACTOR' });
    const sent = (await machine.codes(LEE.email)).length;
    expect(await later.answer({ factor: 'EMAIL' })).toMatchObject({
      error: 'NotAuthorizedException',
    });
    expect((await machine.codes(LEE.email)).length).toBe(sent);
    await machine.advance(3_600);
    expect(
      await new PortalUser(machine, LEE.email).signIn(PASSWORD, 'EMAIL', LEE.email),
    ).toBeDefined();
  });

  test('a hundred in a row end every flow until a password reset is completed', async () => {
    for (let hour = 1; hour <= 5; hour += 1) {
      for (let flow = 1; flow <= 4; flow += 1) await burnCode(LEE.email, LEE.email);
      await machine.advance(6 * 3_600);
    }
    const locked = new PortalUser(machine, LEE.email);
    await locked.provePassword(PASSWORD);
    expect(await locked.answer({ factor: 'EMAIL' })).toMatchObject({
      error: 'NotAuthorizedException',
    });
    const known = await machine.codes(LEE.email);
    const { body } = await machine.api('POST', '/password-resets', { email: LEE.email });
    await machine.api(
      'POST',
      '/password-resets/current/email/verification',
      { code: await machine.code(LEE.email, known) },
      body.flowToken,
    );
    const done = await machine.api(
      'PUT',
      '/password-resets/current/password',
      { password: PASSWORD },
      body.flowToken,
    );
    expect(done.body.reset.step).toBe('DONE');
    expect(
      await new PortalUser(machine, LEE.email).signInByTicket(PASSWORD, done.body.ticket),
    ).toBeDefined();
    expect(
      await new PortalUser(machine, LEE.email).signIn(PASSWORD, 'EMAIL', LEE.email),
    ).toBeDefined();
  });

  test('no limit stops a remembered device', async () => {
    const device = await BrowserDevice.make();
    await new PortalUser(machine, PAT.email).signIn(PASSWORD, 'SMS', PAT.phone, device.wish);
    for (let flow = 1; flow <= 4; flow += 1) await burnCode(PAT.email, PAT.email);
    expect(await device.signIn(new PortalUser(machine, PAT.email))).toMatchObject({
      tokens: expect.anything(),
    });
  });

  test('in parallel, the attempts on one code are counted one by one', async () => {
    const users = await Promise.all(
      Array.from({ length: 3 }, async () => burnCode(ADA.email, ADA.email).catch(() => undefined)),
    );
    expect(users.length).toBe(3);
    const last = await burnCode(ADA.email, ADA.email);
    expect(await last.answer({ code: '000000' })).toMatchObject({
      error: 'NotAuthorizedException',
    });
  });
});

describe('sends', () => {
  test('the sixth text to a number within 15 minutes is refused in every flow', async () => {
    for (let send = 1; send <= 5; send += 1) {
      const pat = new PortalUser(machine, PAT.email);
      await pat.provePassword(PASSWORD);
      await pat.sendCode('SMS', PAT.phone);
      await machine.advance(1);
    }
    const sent = (await machine.codes(PAT.phone)).length;
    const sixth = new PortalUser(machine, PAT.email);
    await sixth.provePassword(PASSWORD);
    expect(await sixth.answer({ factor: 'SMS' })).toMatchObject({
      challenge: 'CHOOSE_FACTOR',
      parameters: { reason: 'SEND_LIMIT' },
    });
    expect((await machine.codes(PAT.phone)).length).toBe(sent);
    expect(await sixth.answer({ code: '000000' })).toMatchObject({
      parameters: { reason: 'ANSWER_INVALID' },
    });
    expect(await sixth.sendCode('EMAIL', PAT.email)).toMatch(/^\d{6}$/);
    await machine.advance(900);
    const later = new PortalUser(machine, PAT.email);
    await later.provePassword(PASSWORD);
    expect(await later.sendCode('SMS', PAT.phone)).toMatch(/^\d{6}$/);
  });
});
