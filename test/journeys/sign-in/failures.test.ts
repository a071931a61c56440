import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ADA, LEE, Machine, PASSWORD, PAT, wrong } from '../clients/machine.ts';
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

async function atFactors(email: string): Promise<PortalUser> {
  const user = new PortalUser(machine, email);
  await user.provePassword(PASSWORD);
  return user;
}

describe('a message that cannot be sent', () => {
  test.each([
    ['SES refuses', { service: 'ses', times: 1, error: 'ThrottlingException' }, 'EMAIL', PAT.email],
    [
      'SNS refuses',
      { service: 'sns', times: 1, error: 'InternalErrorException' },
      'SMS',
      PAT.phone,
    ],
    ['SES takes too long', { service: 'ses', times: 1, delayMs: 3_000 }, 'EMAIL', PAT.email],
  ] as const)(
    '%s: DELIVERY_FAILED at the challenge that was open, and the next try succeeds',
    async (_what, fault, factor, to) => {
      const pat = await atFactors(PAT.email);
      await machine.fault(fault);
      expect(await pat.answer({ factor })).toMatchObject({
        challenge: 'CHOOSE_FACTOR',
        parameters: { reason: 'DELIVERY_FAILED' },
      });
      expect(await pat.answer({ code: await pat.sendCode(factor, to) })).toMatchObject({
        tokens: expect.anything(),
      });
    },
  );

  test('a resend that fails leaves the code before it good', async () => {
    const lee = await atFactors(LEE.email);
    const code = await lee.sendCode('EMAIL', LEE.email);
    await machine.advance(16);
    await machine.fault({ service: 'ses', times: 1, error: 'ServiceUnavailable' });
    expect(await lee.answer({ resend: true })).toMatchObject({
      challenge: 'ENTER_CODE',
      parameters: { reason: 'DELIVERY_FAILED' },
    });
    expect(await lee.answer({ code })).toMatchObject({ tokens: expect.anything() });
  });
});

describe('an outage', () => {
  test.each(['create', 'verify', 'token-gate'])(
    'of DynamoDB in %s asks to retry, and the next sign-in succeeds',
    async (fn) => {
      await machine.fault({
        service: 'dynamodb',
        function: fn,
        times: 20,
        error: 'InternalServerError',
      });
      const lee = new PortalUser(machine, LEE.email);
      await lee.provePassword(PASSWORD);
      if (lee.round.error === undefined) await lee.answer({ factor: 'EMAIL' });
      if (lee.round.error === undefined) await lee.answer({ code: await machine.code(LEE.email) });
      expect(lee.round).toMatchObject({
        error: 'UserLambdaValidationException',
        message: expect.stringContaining('try again'),
      });
      expect(lee.round.message).not.toMatch(/at |dynamodb|stack/i);
      await machine.clearFaults();
      await machine.advance(60);
      expect(
        await new PortalUser(machine, LEE.email).signIn(PASSWORD, 'EMAIL', LEE.email),
      ).toBeDefined();
    },
  );

  test('of KMS refuses; the next sign-in succeeds', async () => {
    await machine.fault({ service: 'kms', times: 10, error: 'KMSInternalException' });
    const lee = await atFactors(LEE.email);
    expect(await lee.answer({ factor: 'EMAIL' })).toMatchObject({
      error: 'UserLambdaValidationException',
    });
    await machine.clearFaults();
    expect(
      await new PortalUser(machine, LEE.email).signIn(PASSWORD, 'EMAIL', LEE.email),
    ).toBeDefined();
  });

  test('a write that takes effect and loses its answer counts and proves once', async () => {
    const ada = await atFactors(ADA.email);
    const code = await ada.sendCode('EMAIL', ADA.email);
    await machine.fault({
      service: 'dynamodb',
      function: 'verify',
      operation: 'TransactWriteItems',
      times: 1,
      afterEffect: true,
    });
    expect((await ada.answer({ code: wrong(code) })).parameters).toMatchObject({
      reason: 'CODE_MISMATCH',
      attemptsLeft: '4',
    });
    await machine.fault({
      service: 'dynamodb',
      function: 'verify',
      operation: 'TransactWriteItems',
      times: 1,
      afterEffect: true,
    });
    expect(await ada.answer({ code })).toMatchObject({ tokens: expect.anything() });
  });
});

describe('a trigger called twice', () => {
  test('create sends once and shows the same', async () => {
    const lee = await atFactors(LEE.email);
    const before = (await machine.messages(LEE.email)).length;
    await machine.fault({ trigger: 'create', duplicate: true });
    expect(await lee.answer({ factor: 'EMAIL' })).toMatchObject({
      challenge: 'ENTER_CODE',
      parameters: { attemptsLeft: '5' },
    });
    expect((await machine.messages(LEE.email)).length).toBe(before + 1);
    expect(await lee.answer({ code: await machine.code(LEE.email) })).toMatchObject({
      tokens: expect.anything(),
    });
  });

  test('verify counts a wrong answer once, and proves a right one once', async () => {
    const lee = await atFactors(LEE.email);
    const code = await lee.sendCode('EMAIL', LEE.email);
    await machine.fault({ trigger: 'verify', duplicate: true });
    expect((await lee.answer({ code: wrong(code) })).parameters).toMatchObject({
      attemptsLeft: '4',
    });
    await machine.fault({ trigger: 'verify', duplicate: true });
    expect(await lee.answer({ code })).toMatchObject({ tokens: expect.anything() });
  });

  test('the token gate issues tokens that work, and counts one sign-in', async () => {
    const lee = await atFactors(LEE.email);
    const code = await lee.sendCode('EMAIL', LEE.email);
    await machine.fault({ trigger: 'token-gate', duplicate: true });
    const { tokens } = await lee.answer({ code });
    expect(await machine.api('GET', '/me', undefined, tokens?.AccessToken)).toMatchObject({
      status: 200,
    });
  });

  test('the token gate issues tokens where the answer of its write is lost', async () => {
    const lee = await atFactors(LEE.email);
    const code = await lee.sendCode('EMAIL', LEE.email);
    const lost = { service: 'dynamodb', function: 'token-gate', operation: 'UpdateItem' };
    await machine.fault({ ...lost, times: 1, afterEffect: true });
    expect(await lee.answer({ code })).toMatchObject({ tokens: expect.anything() });
  });

  test('the first create and define are harmless twice', async () => {
    await machine.fault({ trigger: 'create', duplicate: true });
    await machine.fault({ trigger: 'define', duplicate: true, times: 2 });
    expect(
      await new PortalUser(machine, LEE.email).signIn(PASSWORD, 'EMAIL', LEE.email),
    ).toBeDefined();
  });
});

describe('one session', () => {
  test('of two answers at once one wins', async () => {
    const lee = await atFactors(LEE.email);
    const code = await lee.sendCode('EMAIL', LEE.email);
    const { session } = lee.round;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        new PortalUser(machine, LEE.email).answer({ code }, session),
      ),
    );
    expect(answers.filter(({ tokens }) => tokens !== undefined)).toHaveLength(1);
  });
});
