import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { BrowserDevice } from '../clients/browser-device.ts';
import { Callee } from '../clients/callee.ts';
import { ADA, ERIN, eventually, LEE, Machine, PASSWORD, PAT, wrong } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { Resetter } from '../clients/resetter.ts';

const NEW_PASSWORD = 'velvet-otter-climbs-47-stairs';
const NEW_EMAIL = 'lee.new@lakeside.example';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());
beforeEach(async () => machine.advance(86_400));

/** People as they were before a test that changes them for good. */
const asAtStart = () => machine.reset();

const signIn = (email: string, password = PASSWORD) =>
  new PortalUser(machine, email).signIn(password, 'EMAIL', email);
const send = async (method: string, path: string, body: unknown, token: string) =>
  machine.api(method, `/me${path}`, body, token);

/** The notice to an address whose subject has these words. */
const notice = (to: string, words: string) =>
  eventually(
    async () => (await machine.messages(to)).find(({ subject = '' }) => subject.includes(words)),
    `a notice about ${words}`,
  );

async function changeEmail(token: string): Promise<void> {
  expect(await send('POST', '/email', { email: NEW_EMAIL }, token)).toMatchObject({
    status: 200,
    body: { code: { attemptsLeft: 5 } },
  });
  const code = await machine.code(NEW_EMAIL);
  expect(await send('POST', '/email/verification', { code }, token)).toMatchObject({
    status: 200,
    body: { email: NEW_EMAIL },
  });
}

async function undoLink(): Promise<string> {
  const { text } = await notice(LEE.email, 'address was changed');
  return /undo-email#([\w-]+)/.exec(text)?.[1] ?? '';
}

describe('a changed password', () => {
  afterAll(asAtStart);

  test('needs the current one: ten wrong ones an hour, then nothing is tried', async () => {
    const { AccessToken } = await signIn(LEE.email);
    const change = (currentPassword: string) =>
      send('PUT', '/password', { currentPassword, newPassword: NEW_PASSWORD }, AccessToken);
    // Cognito pauses after five wrong passwords, so the clock goes on a little between them.
    for (let guess = 1; guess <= 10; guess += 1) {
      expect(await change(`Wrong-Password-${guess}`)).toMatchObject({
        status: 422,
        body: { code: 'CURRENT_PASSWORD_INVALID' },
      });
      await machine.advance(20);
    }
    expect((await change(PASSWORD)).status).toBe(429);
  });

  test('is judged as any other, and changes nothing where it is refused', async () => {
    const { AccessToken } = await signIn(LEE.email);
    const weak = { currentPassword: PASSWORD, newPassword: 'Welcome2024!' };
    expect(await send('PUT', '/password', weak, AccessToken)).toMatchObject({
      status: 422,
      body: { code: 'PASSWORD_COMMON' },
    });
    expect((await send('GET', '', undefined, AccessToken)).status).toBe(200);
  });

  test('ends every session and device, and its ticket signs in again at once', async () => {
    const device = await BrowserDevice.make();
    const lee = new PortalUser(machine, LEE.email);
    const { AccessToken, RefreshToken } = await lee.signIn(
      PASSWORD,
      'EMAIL',
      LEE.email,
      device.wish,
    );
    const passwords = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    const { status, body } = await send('PUT', '/password', passwords, AccessToken);
    expect(status).toBe(200);
    expect((await send('GET', '', undefined, AccessToken)).status).toBe(401);
    expect((await lee.refresh(RefreshToken)).AuthenticationResult).toBeUndefined();
    expect(
      (await device.signIn(new PortalUser(machine, LEE.email), 'EMAIL')).tokens,
    ).toBeUndefined();
    const again = new PortalUser(machine, LEE.email);
    await again.begin();
    expect((await again.answer({ ticket: body.ticket })).tokens).toBeDefined();
    await notice(LEE.email, 'password was changed');
  });
});

describe('a changed e-mail address', () => {
  afterEach(asAtStart);

  test('signs in from then on, and the former one is notified with a link', async () => {
    const { AccessToken } = await signIn(LEE.email);
    await changeEmail(AccessToken);
    expect((await send('GET', '', undefined, AccessToken)).body).toMatchObject({
      email: NEW_EMAIL,
    });
    expect(await signIn(NEW_EMAIL)).toBeDefined();
    const former = new PortalUser(machine, LEE.email);
    expect(await former.provePassword(PASSWORD)).toMatchObject({ error: expect.anything() });
    expect(await undoLink()).toMatch(/^[\w-]{43}$/);
    const noLink = (await notice(NEW_EMAIL, 'address was changed')).text;
    expect(noLink).not.toContain('undo-email');
  });

  test('leaves the former address nothing that resets the password', async () => {
    const { AccessToken } = await signIn(LEE.email);
    await changeEmail(AccessToken);
    await machine.clearMessages();
    const holder = new Resetter(machine);
    expect((await holder.start(LEE.email)).status).toBe(201);
    await machine.settled();
    expect(await machine.messages(LEE.email)).toEqual([]);
    const owner = new Resetter(machine);
    expect(await owner.proveEmail(NEW_EMAIL)).toMatchObject({ status: 200 });
  });

  test('is undone by the former address: sessions end, and the link works once', async () => {
    const { AccessToken } = await signIn(LEE.email);
    await changeEmail(AccessToken);
    const thief = await signIn(NEW_EMAIL);
    const linkToken = await undoLink();
    const undo = () => machine.api('POST', '/email-changes/undo', { linkToken });
    expect((await undo()).status).toBe(204);
    expect(await undo()).toMatchObject({ status: 403, body: { code: 'LINK_INVALID' } });
    expect((await send('GET', '', undefined, thief.AccessToken)).status).toBe(401);
    expect(await signIn(LEE.email)).toBeDefined();
    const stolen = new PortalUser(machine, NEW_EMAIL);
    expect(await stolen.provePassword(PASSWORD)).toMatchObject({ error: expect.anything() });
  });

  test('cannot be undone after 72 hours, or by a made-up link', async () => {
    const { AccessToken } = await signIn(LEE.email);
    await changeEmail(AccessToken);
    const linkToken = await undoLink();
    await machine.advance(72 * 3_600);
    for (const token of [linkToken, 'x'.repeat(43)])
      expect(await machine.api('POST', '/email-changes/undo', { linkToken: token })).toMatchObject({
        status: 403,
      });
  });

  test("is refused where it is another account's, only when its code was right", async () => {
    const { AccessToken } = await signIn(LEE.email);
    await send('POST', '/email', { email: PAT.email }, AccessToken);
    const code = await machine.code(PAT.email);
    const verify = (typed: string) =>
      send('POST', '/email/verification', { code: typed }, AccessToken);
    expect((await verify(wrong(code))).body.code).toBe('CODE_MISMATCH');
    expect(await verify(code)).toMatchObject({ status: 409, body: { code: 'EMAIL_TAKEN' } });
    expect(await signIn(PAT.email)).toBeDefined();
    expect(await signIn(LEE.email)).toBeDefined();
  });

  test('is finished by the same request where Cognito or the database fails in between', async () => {
    const { AccessToken } = await signIn(LEE.email);
    await send('POST', '/email', { email: NEW_EMAIL }, AccessToken);
    const code = await machine.code(NEW_EMAIL);
    const verify = () => send('POST', '/email/verification', { code }, AccessToken);
    await machine.fault({
      service: 'cognito',
      operation: 'AdminUpdateUserAttributes',
      times: 2,
      error: 'InternalErrorException',
    });
    expect((await verify()).status).toBe(503);
    await machine.clearFaults();
    expect(await verify()).toMatchObject({ status: 200, body: { email: NEW_EMAIL } });
    expect(await signIn(NEW_EMAIL)).toBeDefined();
  });

  test('keeps the links of administrators with the address on record', async () => {
    const { AccessToken } = await signIn(ERIN.email);
    await send('POST', '/email', { email: 'erin.new@cedargrove.example' }, AccessToken);
    const code = await machine.code('erin.new@cedargrove.example');
    await send('POST', '/email/verification', { code }, AccessToken);
    const admin = await new PortalUser(machine, ADA.email).signIn(PASSWORD, 'SMS', ADA.phone);
    await machine.api('POST', '/admin/users/eemail/registration-reset', {}, admin.AccessToken);
    expect(await machine.link(ERIN.email)).toBeDefined();
  });
});

describe('a changed phone', () => {
  afterAll(asAtStart);

  const NEW_PHONE = '+12025550177';

  test('is verified, becomes the factor, and the former one is notified', async () => {
    const { AccessToken } = await new PortalUser(machine, PAT.email).signIn(
      PASSWORD,
      'SMS',
      PAT.phone,
    );
    const asked = { phoneNumber: NEW_PHONE, channel: 'SMS' };
    expect((await send('POST', '/phone', asked, AccessToken)).body).toHaveProperty('code');
    const code = await machine.code(NEW_PHONE);
    expect(await send('POST', '/phone/verification', { code }, AccessToken)).toMatchObject({
      status: 200,
      body: { maskedPhone: '***-***-0177', method: 'PHONE' },
    });
    await eventually(
      async () =>
        (await machine.messages(PAT.phone)).find(({ text }) => text.includes('was changed')),
      'a text to the former number',
    );
    await machine.advance(901);
    expect(
      await new PortalUser(machine, PAT.email).signIn(PASSWORD, 'SMS', NEW_PHONE),
    ).toBeDefined();
  });

  test('is verified by a call, and makes PHONE the method of an e-mail user', async () => {
    const { AccessToken } = await signIn(LEE.email);
    const asked = { phoneNumber: NEW_PHONE, channel: 'CALL' };
    const { body } = await send('POST', '/phone', asked, AccessToken);
    expect(body.call).toMatchObject({ status: 'CALLING' });
    const verify = () => send('POST', '/phone/verification', { call: 'CONFIRMED' }, AccessToken);
    expect((await verify()).body.code).toBe('CALL_NOT_CONFIRMED');
    const callee = new Callee(machine, NEW_PHONE);
    await callee.answer();
    await callee.press('#');
    expect((await verify()).body).toMatchObject({ method: 'PHONE' });
  });

  test('is removed, and e-mail is what remains', async () => {
    const { AccessToken } = await new PortalUser(machine, ADA.email).signIn(
      PASSWORD,
      'SMS',
      ADA.phone,
    );
    const { status, body } = await send('DELETE', '/phone', undefined, AccessToken);
    expect(status).toBe(200);
    expect(body).toMatchObject({ method: 'EMAIL' });
    expect(body).not.toHaveProperty('maskedPhone');
    const ada = new PortalUser(machine, ADA.email);
    await ada.provePassword(PASSWORD);
    expect(ada.round.parameters.factors).toBe('EMAIL');
  });
});

test.each([
  ['PUT', '/password', { currentPassword: PASSWORD, newPassword: NEW_PASSWORD }],
  ['POST', '/email', { email: NEW_EMAIL }],
  ['POST', '/phone', { phoneNumber: '+12025550177', channel: 'SMS' }],
  ['DELETE', '/phone', undefined],
])('%s /me%s needs a factor of the last ten minutes', async (method, path, body) => {
  const { AccessToken } = await signIn(LEE.email);
  await machine.advance(600);
  expect(await send(method, path, body, AccessToken)).toMatchObject({
    status: 403,
    body: { code: 'FACTOR_TOO_OLD' },
  });
});

test('of two browsers that change the address at once, one ends as the account’s', async () => {
  const tokens = [(await signIn(LEE.email)).AccessToken, (await signIn(LEE.email)).AccessToken];
  await send('POST', '/email', { email: NEW_EMAIL }, tokens[0] ?? '');
  const code = await machine.code(NEW_EMAIL);
  const answers = await Promise.all(
    tokens.map((token) => send('POST', '/email/verification', { code }, token)),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(await signIn(NEW_EMAIL)).toBeDefined();
});
