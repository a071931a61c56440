import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { ADA, ERIN, LEE, Machine, PASSWORD, PAT, wrong } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());
afterEach(async () => {
  await machine.clearFaults();
  await machine.advance(86_400);
});

describe('sign-in with password and factor', () => {
  test('a PHONE account gets its factors in order, and signs in by SMS', async () => {
    const pat = new PortalUser(machine, PAT.email);
    const chosen = await pat.provePassword(PASSWORD);
    expect(chosen).toMatchObject({
      challenge: 'CHOOSE_FACTOR',
      parameters: {
        factors: 'SMS,CALL,EMAIL',
        maskedPhone: '***-***-0143',
        maskedEmail: 'p***@cedargrove.example',
      },
    });
    const code = await pat.sendCode('SMS', PAT.phone);
    expect(pat.round).toMatchObject({
      challenge: 'ENTER_CODE',
      parameters: { factor: 'SMS', destination: '***-***-0143', attemptsLeft: '5' },
    });
    expect(pat.round.parameters.reason).toBeUndefined();
    const { tokens } = await pat.answer({ code });
    const claims = {
      login_method: 'PHONE',
      portal_username: 'pphone',
      npi: '1234567893',
      portal_role: 'STANDARD',
    };
    expect(decodeJwt(tokens?.AccessToken ?? '')).toMatchObject({
      ...claims,
      scope: 'portal-auth/api',
      token_use: 'access',
    });
    expect(decodeJwt(tokens?.IdToken ?? '')).toMatchObject({ ...claims, token_use: 'id' });
  });

  test('an EMAIL account signs in by e-mail and accepts the terms on the way, once', async () => {
    const erin = new PortalUser(machine, ERIN.email);
    expect((await erin.provePassword(PASSWORD)).parameters).toMatchObject({ factors: 'EMAIL' });
    await erin.answer({ code: await erin.sendCode('EMAIL', ERIN.email) });
    expect(erin.round).toMatchObject({
      challenge: 'ACCEPT_TERMS',
      parameters: { termsVersion: '2026-10', termsUrl: `${machine.outputs.apiUrl}/terms/current` },
    });
    expect(await erin.answer({ acceptTerms: '2020-01' })).toMatchObject({
      challenge: 'ACCEPT_TERMS',
      parameters: { reason: 'TERMS_OUTDATED' },
    });
    expect(await erin.answer({ acceptTerms: '2026-10' })).toMatchObject({
      tokens: expect.anything(),
    });
    const again = new PortalUser(machine, ERIN.email);
    await machine.advance(60);
    expect(await again.signIn(PASSWORD, 'EMAIL', ERIN.email)).toBeDefined();
    expect(again.round.challenge).toBeUndefined();
  });

  test('a wrong code is reported and counted, and keeps the session valid', async () => {
    const ada = new PortalUser(machine, ADA.email);
    await ada.provePassword(PASSWORD);
    const code = await ada.sendCode('EMAIL', ADA.email);
    expect(await ada.answer({ code: wrong(code) })).toMatchObject({
      challenge: 'ENTER_CODE',
      parameters: { reason: 'CODE_MISMATCH', attemptsLeft: '4' },
    });
    expect(await ada.answer({ code })).toMatchObject({ tokens: expect.anything() });
  });

  test('the fifth wrong answer kills the code; a new one has five of its own', async () => {
    const ada = new PortalUser(machine, ADA.email);
    await ada.provePassword(PASSWORD);
    const code = await ada.sendCode('SMS', ADA.phone);
    for (const attemptsLeft of ['4', '3', '2', '1'])
      expect((await ada.answer({ code: wrong(code) })).parameters).toMatchObject({
        attemptsLeft,
        reason: 'CODE_MISMATCH',
      });
    expect((await ada.answer({ code: wrong(code) })).parameters).toMatchObject({
      attemptsLeft: '0',
      reason: 'TOO_MANY_ATTEMPTS',
    });
    expect((await ada.answer({ code })).parameters).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });
    await machine.advance(15);
    await ada.answer({ resend: true });
    expect(ada.round.parameters).toMatchObject({ attemptsLeft: '5' });
    expect(await ada.answer({ code: await machine.code(ADA.phone, [code]) })).toMatchObject({
      tokens: expect.anything(),
    });
  });

  test.each([
    ['EMAIL', LEE.email, 30],
    ['SMS', PAT.phone, 300],
  ] as const)(
    'a code by %s to %s dies %i s after it was sent, not before',
    async (factor, to, life) => {
      const email = factor === 'SMS' ? PAT.email : to;
      const late = new PortalUser(machine, email);
      await late.provePassword(PASSWORD);
      const code = await late.sendCode(factor, to);
      await machine.advance(life);
      expect((await late.answer({ code })).parameters).toMatchObject({
        reason: 'CODE_EXPIRED',
        attemptsLeft: '5',
      });
      const known = await machine.codes(to);
      await late.answer({ resend: true });
      await machine.advance(life - 5);
      expect(await late.answer({ code: await machine.code(to, known) })).toMatchObject({
        tokens: expect.anything(),
      });
    },
  );

  test('a code is sent again after 15 s at the soonest, and kills the one before it', async () => {
    const pat = new PortalUser(machine, PAT.email);
    await pat.provePassword(PASSWORD);
    const first = await pat.sendCode('EMAIL', PAT.email);
    expect((await pat.answer({ resend: true })).parameters).toMatchObject({
      reason: 'RESEND_TOO_SOON',
    });
    await machine.advance(15);
    await pat.answer({ resend: true });
    expect(pat.round.parameters.reason).toBeUndefined();
    const second = await machine.code(PAT.email, [first]);
    expect((await pat.answer({ code: first })).parameters).toMatchObject({
      reason: 'CODE_MISMATCH',
    });
    expect(await pat.answer({ code: second })).toMatchObject({ tokens: expect.anything() });
  });

  test('switching the factor voids what came before', async () => {
    const pat = new PortalUser(machine, PAT.email);
    await pat.provePassword(PASSWORD);
    const text = await pat.sendCode('SMS', PAT.phone);
    const mail = await pat.sendCode('EMAIL', PAT.email);
    expect(pat.round.parameters).toMatchObject({
      factor: 'EMAIL',
      destination: 'p***@cedargrove.example',
    });
    expect((await pat.answer({ code: text })).parameters).toMatchObject({
      reason: 'CODE_MISMATCH',
    });
    expect(await pat.answer({ code: mail })).toMatchObject({ tokens: expect.anything() });
  });

  test('a new sign-in may send at once, and its code passes no other flow', async () => {
    const first = new PortalUser(machine, LEE.email);
    await first.provePassword(PASSWORD);
    const one = await first.sendCode('EMAIL', LEE.email);
    const second = new PortalUser(machine, LEE.email);
    await second.provePassword(PASSWORD);
    const two = await second.sendCode('EMAIL', LEE.email);
    expect((await first.answer({ code: two })).parameters).toMatchObject({
      reason: 'CODE_MISMATCH',
    });
    expect((await second.answer({ code: one })).parameters).toMatchObject({
      reason: 'CODE_MISMATCH',
    });
    expect(await first.answer({ code: one })).toMatchObject({ tokens: expect.anything() });
    expect(await second.answer({ code: two })).toMatchObject({ tokens: expect.anything() });
  });

  test('a wrong password and an unknown user get one and the same refusal', async () => {
    const refusal = { error: 'NotAuthorizedException', message: 'Incorrect username or password.' };
    expect(
      await new PortalUser(machine, LEE.email).provePassword('not-the-password'),
    ).toMatchObject(refusal);
    expect(
      await new PortalUser(machine, 'nobody@cedargrove.example').provePassword(PASSWORD),
    ).toMatchObject(refusal);
  });
});

describe('answers that are none', () => {
  test.each([
    ['no JSON', 'hello'],
    ['a code of letters', '{"code":"12345a"}'],
    ['a code as a number', '{"code":123456}'],
    ['five digits', '{"code":"12345"}'],
    ['full-width digits', '{"code":"１２３４５６"}'],
    ['an unknown key', '{"code":"123456","admin":true}'],
    ['__proto__', '{"__proto__":{"code":"123456"}}'],
    ['an array', '[1]'],
    ['a factor that is none', '{"factor":"PIGEON"}'],
    ['10,000 characters', `{"code":"${'1'.repeat(10_000)}"}`],
    ['1,000 levels', `${'['.repeat(1_000)}${']'.repeat(1_000)}`],
  ])('%s repeats the challenge and counts no attempt', async (_what, answer) => {
    const lee = new PortalUser(machine, LEE.email);
    await lee.provePassword(PASSWORD);
    const code = await lee.sendCode('EMAIL', LEE.email);
    expect(await lee.answer(answer)).toMatchObject({
      challenge: 'ENTER_CODE',
      parameters: { reason: 'ANSWER_INVALID', attemptsLeft: '5' },
    });
    expect(await lee.answer({ code })).toMatchObject({ tokens: expect.anything() });
  });

  test('an EMAIL account is not sent a text, however it asks', async () => {
    const lee = new PortalUser(machine, LEE.email);
    await lee.provePassword(PASSWORD);
    expect((await lee.answer({ factor: 'SMS' })).parameters).toMatchObject({
      reason: 'ANSWER_INVALID',
    });
  });

  test('25 rounds are answered, the 26th ends the flow', async () => {
    const lee = new PortalUser(machine, LEE.email);
    await lee.provePassword(PASSWORD);
    for (let round = 1; round <= 25; round += 1)
      expect((await lee.answer('nonsense')).challenge).toBe('CHOOSE_FACTOR');
    expect(await lee.answer('nonsense')).toMatchObject({ error: 'NotAuthorizedException' });
  });
});
