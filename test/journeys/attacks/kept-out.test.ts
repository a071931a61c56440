import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { BrowserDevice } from '../clients/browser-device.ts';
import { ADA, ERIN, eventually, LEE, Machine, PASSWORD, PAT, wrong } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { CEDAR, details, NEW_PASSWORD, Registrant } from '../clients/registrant.ts';
import { Resetter } from '../clients/resetter.ts';
import { postFrom } from '../clients/stranger.ts';

const STRANGER = '127.0.0.66';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());
afterEach(async () => {
  await machine.clearFaults();
  await machine.advance(2 * 86_400);
});

const fromStranger = (path: string, body: unknown, source = STRANGER) =>
  postFrom(machine, source, path, body);

async function repeatedly<T>(times: number, act: (index: number) => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (let index = 0; index < times; index += 1) answers.push(await act(index));
  return answers;
}

describe('a stranger keeps nobody out for more than an hour', () => {
  test('by wrong passwords, which make Cognito pause: a ticket, a device and a reset go on', async () => {
    const device = await BrowserDevice.make();
    await new PortalUser(machine, PAT.email).signIn(PASSWORD, 'SMS', PAT.phone, device.wish);
    await machine.advance(901);
    await repeatedly(8, () => new PortalUser(machine, PAT.email).provePassword('wrong-password-1'));
    const paused = await new PortalUser(machine, PAT.email).provePassword(PASSWORD);
    expect(paused.error).toBe('NotAuthorizedException');
    expect((await device.signIn(new PortalUser(machine, PAT.email))).tokens).toBeDefined();
    const ticket = await new Resetter(machine).reset(PAT, PASSWORD);
    const pat = new PortalUser(machine, PAT.email);
    await pat.begin();
    expect((await pat.answer({ ticket })).tokens).toBeDefined();
  });

  test('by asking for links with wrong passwords: they stop before they reach Cognito', async () => {
    const answers = await repeatedly(14, () =>
      fromStranger('/registration-links', { email: PAT.email, password: 'wrong-password-1' }),
    );
    expect(answers.map(({ status }) => status)).toEqual([
      ...Array<number>(10).fill(202),
      ...Array<number>(4).fill(429),
    ]);
    const owner = await machine.api('POST', '/registration-links', {
      email: PAT.email,
      password: PASSWORD,
    });
    expect(owner.status).toBe(202);
  });

  test('by wrong portal passwords: the owner’s address still opens', async () => {
    const guess = { username: 'jrivera', password: 'wrong-password-1' };
    const answers = await repeatedly(12, () => fromStranger('/mfa-registrations', guess));
    expect(answers.map(({ status }) => status)).toEqual([
      ...Array<number>(10).fill(401),
      ...Array<number>(2).fill(429),
    ]);
    const owner = await machine.api('POST', '/mfa-registrations', {
      username: 'jrivera',
      password: 'Portal-Pass-2024',
    });
    expect(owner.status).toBe(201);
  });

  test('by wrong registration codes for a public NPI: a clean address registers', async () => {
    const guess = { npi: CEDAR.npi, registrationCode: 'CEDAR-0000-0000' };
    for (const source of ['127.0.0.71', '127.0.0.72', '127.0.0.73'])
      await repeatedly(12, () => fromStranger('/provider-registrations', guess, source));
    const owner = await machine.api('POST', '/provider-registrations', {
      npi: CEDAR.npi,
      registrationCode: CEDAR.codes[0],
    });
    expect(owner.status).toBe(201);
  });

  test('by starting resets for an address: its owner’s own reset still comes', async () => {
    await repeatedly(25, () => fromStranger('/password-resets', { email: ERIN.email }));
    const mails = await machine.codes(ERIN.email);
    expect(mails.length).toBeLessThanOrEqual(20);
    expect((await new Resetter(machine).proveEmail(ERIN.email)).body.reset.step).toBe(
      'SET_PASSWORD',
    );
  });

  test('by starting resets all day, from one address: half of the hour is left to the owner', async () => {
    for (let quarter = 0; quarter < 3; quarter += 1) {
      await repeatedly(10, () => fromStranger('/password-resets', { email: ERIN.email }));
      await machine.advance(901);
    }
    expect((await new Resetter(machine).proveEmail(ERIN.email)).body.reset.step).toBe(
      'SET_PASSWORD',
    );
  });

  test('by a hundred wrong codes of resets: the owner’s own code passes', async () => {
    const { body } = await fromStranger('/password-resets', { email: ERIN.email });
    const path = '/password-resets/current/email/verification';
    const guess = (token: string) =>
      postFrom(machine, { source: STRANGER, token }, path, { code: '000000' });
    const answers = await repeatedly(5, () => guess(body.flowToken));
    for (let flow = 1; flow < 20; flow += 1) {
      const { body: more } = await fromStranger('/password-resets', { email: ERIN.email });
      answers.push(...(await repeatedly(5, () => guess(more.flowToken))));
    }
    const codes = answers.map(({ body: { code } }) => code);
    expect(codes.filter((code) => code === 'CODE_MISMATCH')).toHaveLength(16);
    expect((await new Resetter(machine).proveEmail(ERIN.email)).body.reset.step).toBe(
      'SET_PASSWORD',
    );
  });

  test('by asking for links by username: an administrator’s reset still mails its link', async () => {
    const { AccessToken: ada } = await new PortalUser(machine, ADA.email).signIn(
      PASSWORD,
      'SMS',
      ADA.phone,
    );
    await repeatedly(25, () => fromStranger('/registration-links', { username: 'jrivera' }));
    await machine.clearMessages();
    await machine.api('POST', '/admin/users/jrivera/registration-reset', {}, ada);
    expect(await machine.link('jrivera@cedargrove.example')).toBeDefined();
  });

  test('even with the password, by spending its sends: a reset gives them back', async () => {
    for (let quarter = 0; quarter < 5; quarter += 1) {
      for (const factor of ['SMS', 'EMAIL', 'SMS', 'EMAIL', 'SMS', 'SMS', 'SMS'] as const) {
        const thief = new PortalUser(machine, PAT.email);
        await thief.provePassword(PASSWORD);
        await thief.answer({ factor });
      }
      await machine.advance(901);
    }
    const spent = new PortalUser(machine, PAT.email);
    await spent.provePassword(PASSWORD);
    expect((await spent.answer({ factor: 'SMS' })).parameters.reason).toBe('SEND_LIMIT');
    const ticket = await new Resetter(machine).reset(PAT, NEW_PASSWORD);
    const pat = new PortalUser(machine, PAT.email);
    await pat.begin();
    expect((await pat.answer({ ticket })).tokens).toBeDefined();
    expect(await pat.signIn(NEW_PASSWORD, 'SMS', PAT.phone)).toBeDefined();
    await new Resetter(machine).reset(PAT, PASSWORD);
  });
});

describe('a lock', () => {
  test('names itself and its end at CHOOSE_FACTOR, takes a ticket, and notifies its owner once', async () => {
    await machine.clearMessages();
    for (let flow = 0; flow < 4; flow += 1) {
      const thief = new PortalUser(machine, LEE.email);
      await thief.provePassword(PASSWORD);
      const code = await thief.sendCode('EMAIL', LEE.email);
      await repeatedly(5, () => thief.answer({ code: wrong(code) }));
    }
    const lee = new PortalUser(machine, LEE.email);
    expect(await lee.provePassword(PASSWORD)).toMatchObject({
      challenge: 'CHOOSE_FACTOR',
      parameters: { reason: 'ACCOUNT_LOCKED' },
    });
    const left = Date.parse(lee.round.parameters.lockedUntil ?? '') - (await machine.now());
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(3_600_000);
    const notices = await eventually(async () => {
      const mails = (await machine.messages(LEE.email)).filter(({ subject = '' }) =>
        subject.startsWith('Your account is locked'),
      );
      return mails.length > 0 ? mails : undefined;
    }, 'the notice of the lock');
    expect(notices).toHaveLength(1);
    const ticket = await new Resetter(machine).reset(LEE, PASSWORD);
    const free = new PortalUser(machine, LEE.email);
    await free.begin();
    expect((await free.answer({ ticket })).tokens).toBeDefined();
  });
});

describe('wrong portal passwords', () => {
  test('a hundred in a row, over many sources, stop the right one too; a link is the way back', async () => {
    const chen = { username: 'jrivera', password: 'Portal-Pass-2024' };
    const guess = { ...chen, password: 'wrong-password-1' };
    const sources = Array.from({ length: 10 }, (_, index) => `127.0.1.${index + 1}`);
    await Promise.all(
      sources.map((source) =>
        repeatedly(10, () => fromStranger('/mfa-registrations', guess, source)),
      ),
    );
    expect((await machine.api('POST', '/mfa-registrations', chen)).status).toBe(401);
    const owner = new Registrant(machine);
    const link = await owner.requestLink({ username: 'jrivera' }, 'jrivera@cedargrove.example');
    expect((await owner.open({ linkToken: link })).status).toBe(201);
    expect((await machine.api('POST', '/mfa-registrations', chen)).status).toBe(201);
    const { AccessToken: ada } = await new PortalUser(machine, ADA.email).signIn(
      PASSWORD,
      'SMS',
      ADA.phone,
    );
    const { body } = await machine.api('GET', '/admin/users/jrivera/events', undefined, ada);
    const names = body.events.map(({ event }: { event: string }) => event);
    expect(names).toEqual(expect.arrayContaining(['PORTAL_PASSWORD_REFUSED', 'ACCOUNT_LOCKED']));
    expect(names.filter((name: string) => name === 'ACCOUNT_LOCKED')).toHaveLength(1);
  });
});

test('a username whose portal password is locked is limited as one that nobody has', async () => {
  const answersFor = async (username: string, source: string) => {
    const guess = { username, password: 'wrong-password-1' };
    const answers = await repeatedly(12, () => fromStranger('/mfa-registrations', guess, source));
    return answers.map(({ status }) => status);
  };
  const sources = Array.from({ length: 10 }, (_, index) => `127.0.3.${index + 1}`);
  await Promise.all(sources.map((source) => answersFor('mchen', source)));
  const [locked, unknown] = await Promise.all([
    answersFor('mchen', '127.0.4.1'),
    answersFor('nobody', '127.0.4.2'),
  ]);
  expect(locked).toEqual(unknown);
});

describe('one registration', () => {
  test('cannot text the town: the sends of one account in a day are limited, whatever the numbers', async () => {
    const doctor = new Registrant(machine);
    const link = await doctor.asProvider(CEDAR.codes[1] ?? '');
    await doctor.open({ linkToken: link });
    await doctor.step('PUT', '/method', { method: 'PHONE' });
    await doctor.verifyEmail(details().email);
    await doctor.step('PUT', '/password', { password: NEW_PASSWORD });
    const texts = await repeatedly(30, async (index) => {
      await machine.advance(16);
      const phoneNumber = `+1202555${String(100 + index).padStart(4, '0')}`;
      return doctor.step('POST', '/phone', { phoneNumber, channel: 'SMS' });
    });
    const sent = texts.filter(({ status }) => status === 200);
    expect(sent.length).toBeLessThanOrEqual(20);
    expect(texts.at(-1)).toMatchObject({ status: 429, body: { code: 'SEND_LIMIT' } });
    const pat = new PortalUser(machine, PAT.email);
    expect(await pat.signIn(PASSWORD, 'SMS', PAT.phone)).toBeDefined();
  });

  test('does not list the usernames of the portal: twenty are answered', async () => {
    const started = await machine.api('POST', '/provider-registrations', {
      npi: '1245319599',
      registrationCode: 'LAKE-5J2R-88VN',
    });
    const answers = await repeatedly(22, () =>
      machine.api(
        'POST',
        '/provider-registrations/current/account',
        details({ username: 'pphone' }),
        started.body.flowToken,
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([
      ...Array<number>(20).fill(409),
      ...Array<number>(2).fill(429),
    ]);
  });
});

test('an open reset of a known address ends no earlier than that of an unknown one', async () => {
  const [known, unknown] = [new Resetter(machine), new Resetter(machine)];
  await known.start(PAT.email);
  await unknown.start('stranger@cedargrove.example');
  const { AccessToken } = await new PortalUser(machine, PAT.email).signIn(
    PASSWORD,
    'SMS',
    PAT.phone,
  );
  await machine.api('POST', '/me/sign-out-everywhere', undefined, AccessToken);
  for (const one of [known, unknown])
    expect(await one.step('GET', '')).toMatchObject({
      status: 200,
      body: { reset: { step: 'VERIFY_EMAIL' } },
    });
});
