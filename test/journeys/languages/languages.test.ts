import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Callee } from '../clients/callee.ts';
import { eventually, LEE, Machine, type Message, PASSWORD, PAT } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { CEDAR, NEW_PASSWORD, Registrant } from '../clients/registrant.ts';

const RIVERA = 'jrivera@cedargrove.example';
const PHONE = '+12025550177';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());
beforeEach(async () => machine.reset());

/** Waits for a message with these words. */
const messageTo = (to: string, words: string): Promise<Message> =>
  eventually(
    async () =>
      (await machine.messages(to)).find(({ subject = '', text }) =>
        `${subject} ${text}`.includes(words),
      ),
    `a message to ${to} about ${words}`,
  );

/** The portal login of an imported user, up to the phone. */
async function upToThePhone(language: string): Promise<Registrant> {
  const rivera = new Registrant(machine, language);
  await rivera.open({ username: 'jrivera', password: 'Portal-Pass-2024' });
  await rivera.step('PUT', '/method', { method: 'PHONE' });
  await rivera.verifyEmail(RIVERA);
  await rivera.step('PUT', '/password', { password: NEW_PASSWORD });
  return rivera;
}

async function signedIn(email: string, to = email): Promise<string> {
  const factor = to === email ? 'EMAIL' : 'SMS';
  return (await new PortalUser(machine, email).signIn(PASSWORD, factor, to)).AccessToken;
}

describe('a registration on a page in Spanish', () => {
  test('mails, texts and calls in Spanish, and so do sign-ins and notices from then on', async () => {
    const rivera = await upToThePhone('es-US, es;q=0.9, en;q=0.8');
    const mailed = await messageTo(RIVERA, 'Su código de verificación');
    expect(mailed.html).toContain('<html lang="es">');
    await messageTo(RIVERA, 'Se creó una contraseña');
    await rivera.step('POST', '/phone', { phoneNumber: PHONE, channel: 'SMS' });
    const { text } = await messageTo(PHONE, 'para verificar este teléfono');
    expect(text.split('\n').at(-1)).toMatch(/^@\S+ #\d{6}$/);

    const callee = new Callee(machine, PHONE);
    const called = await rivera.step('POST', '/phone', { phoneNumber: PHONE, channel: 'CALL' });
    expect(called.status).toBe(200);
    expect(await callee.answer()).toMatchObject({
      voice: 'Lupe',
      said: [expect.stringContaining('presione la tecla numeral')],
    });
    await callee.press('#');
    expect((await callee.ended()).said.at(-1)).toBe(
      'Gracias. Puede continuar en su navegador. Adiós.',
    );
    const { body } = await rivera.step('POST', '/phone/verification', { call: 'CONFIRMED' });
    expect(body.registration.step).toBe('DONE');
    await messageTo(RIVERA, 'Su registro está completo');

    const user = new PortalUser(machine, RIVERA);
    await user.provePassword(NEW_PASSWORD);
    await user.sendCode('SMS', PHONE);
    await messageTo(PHONE, 'para entrar en su cuenta');
    await user.sendCode('EMAIL', RIVERA);
    await messageTo(RIVERA, 'Su código de acceso');
    await user.answer({ factor: 'CALL' });
    expect(await callee.answer()).toMatchObject({
      voice: 'Lupe',
      said: [expect.stringContaining('está iniciando sesión')],
    });
    await callee.press('9');
    await messageTo(RIVERA, 'Se rechazó una llamada de verificación');
  });

  test('of a new provider mails the link in Spanish', async () => {
    const doctor = new Registrant(machine, 'es');
    await doctor.asProvider(CEDAR.codes[0]!);
    await messageTo('new.doc@cedargrove.example', 'Complete su registro');
  });

  test('that somebody begins with another’s portal password changes no language of its owner’s', async () => {
    const someone = new Registrant(machine, 'es');
    await someone.open({ username: 'jrivera', password: 'Portal-Pass-2024' });
    await machine.api('POST', '/registration-links', { username: 'jrivera' });
    await messageTo(RIVERA, 'Complete your registration');
  });
});

describe('the language under My account', () => {
  test('is chosen without a fresh factor, is recorded, and is that of the next code', async () => {
    const token = await signedIn(PAT.email, PAT.phone);
    expect((await machine.api('GET', '/me', undefined, token)).body).not.toHaveProperty('language');
    await machine.advance(11 * 60);
    const chosen = await machine.api('PUT', '/me/language', { language: 'es' }, token);
    expect(chosen).toMatchObject({ status: 200, body: { username: 'pphone', language: 'es' } });
    expect((await machine.api('GET', '/me', undefined, token)).body.language).toBe('es');
    const { events } = (await machine.api('GET', '/me/events', undefined, token)).body;
    expect(events[0]).toMatchObject({ event: 'LANGUAGE_CHANGED', outcome: 'ES', actor: 'SELF' });
    const user = new PortalUser(machine, PAT.email);
    await user.provePassword(PASSWORD);
    await user.sendCode('SMS', PAT.phone);
    await messageTo(PAT.phone, 'para entrar en su cuenta');
  });

  test('may be chosen again and again, in one event each time that it changes', async () => {
    const token = await signedIn(LEE.email);
    for (const language of ['es', 'es', 'en', 'en'])
      expect((await machine.api('PUT', '/me/language', { language }, token)).status).toBe(200);
    const { events } = (await machine.api('GET', '/me/events', undefined, token)).body;
    const outcomes = (events as { event: string; outcome: string }[])
      .filter(({ event }) => event === 'LANGUAGE_CHANGED')
      .map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['EN', 'ES']);
  });

  test.each([{ language: 'fr' }, { language: 'ES' }, { language: '' }, {}, { language: ['es'] }])(
    'is not %j',
    async (body) => {
      const token = await signedIn(LEE.email);
      expect(await machine.api('PUT', '/me/language', body, token)).toMatchObject({
        status: 400,
        body: { code: 'REQUEST_INVALID', fields: [{ path: 'language' }] },
      });
    },
  );

  test('needs a session', async () => {
    const body = { language: 'es' };
    expect((await machine.api('PUT', '/me/language', body)).status).toBe(401);
    expect((await machine.api('PUT', '/me/language', body, 'x.y.z')).status).toBe(401);
  });
});

describe('the terms', () => {
  const terms = (language?: string) =>
    machine.api('GET', '/terms/current', undefined, {
      headers: language === undefined ? {} : { 'accept-language': language },
    });

  test('are one version, in the language of the request, and say which', async () => {
    const spanish = await terms('es-MX, en;q=0.5');
    expect(spanish.body).toMatchObject({ version: '2026-10', language: 'es' });
    expect(spanish.body.sha256).toBe(
      createHash('sha256').update(spanish.body.markdown, 'utf8').digest('hex'),
    );
    expect(spanish.headers.get('content-language')).toBe('es');
    expect(spanish.headers.get('vary')).toContain('Accept-Language');
    for (const other of [undefined, 'en', 'fr', 'xx;;'])
      expect((await terms(other)).body).toMatchObject({ version: '2026-10', language: 'en' });
  });
});

describe('a hostile Accept-Language', () => {
  const MARK = 'canary-7731';
  const HOSTILE = [
    `es,${MARK.repeat(800)}`,
    `<script>${MARK}</script>`,
    `es;q=1;${MARK}, en`,
    `'; DROP TABLE ${MARK}; --`,
    `\${jndi:ldap://${MARK}/es}`,
  ];

  test.each(HOSTILE)(
    'changes no answer, and reaches no message, log or record: %#',
    async (sent) => {
      const headers = { 'accept-language': sent };
      const rivera = new Registrant(machine, sent);
      const entry = { username: 'jrivera', password: 'Portal-Pass-2024' };
      expect((await rivera.open(entry)).status).toBe(201);
      await rivera.step('PUT', '/method', { method: 'EMAIL' });
      expect((await rivera.verifyEmail(RIVERA)).body.registration.step).toBe('SET_PASSWORD');
      const reset = await machine.api(
        'POST',
        '/password-resets',
        { email: PAT.email },
        { headers },
      );
      expect(reset.status).toBe(201);
      expect((await machine.api('GET', '/terms/current', undefined, { headers })).status).toBe(200);
      await messageTo(PAT.email, 'password reset code');
      await messageTo(RIVERA, 'verification code');
      const kept = await Promise.all([machine.messages(), machine.logs()]);
      expect(JSON.stringify(kept)).not.toMatch(/canary/i);
    },
  );
});
