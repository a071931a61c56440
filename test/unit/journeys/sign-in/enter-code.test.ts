import { describe, expect, test } from '@jest/globals';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount, anEmailUser, HOUR, type SomeSettings } from '../../../fakes/builders.ts';
import { SignIn } from './sign-in.ts';

async function withOpenCode(some: SomeSettings = {}, account = anAccount()) {
  const backend = new Backend(some);
  await backend.has(account);
  const signIn = await SignIn.afterPassword(backend);
  await signIn.answer({ factor: 'SMS' });
  return { backend, signIn, code: backend.text.lastCode() };
}

/** A code that is not `code`. */
const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

describe('the right code', () => {
  test('leads to tokens, with the claims of the account', async () => {
    const { backend, signIn, code } = await withOpenCode();
    expect(await signIn.answer({ code })).toBe(true);
    expect(signIn.next).toEqual({ next: 'TOKENS' });
    expect(await signIn.tokens()).toEqual({
      issued: {
        login_method: 'PHONE',
        portal_username: 'pphone',
        npi: '1234567893',
        portal_role: 'STANDARD',
        session_epoch: '1',
        factor_at: Math.floor(backend.now() / 1000),
      },
    });
    expect(backend.eventNames()).toEqual(['CODE_SENT', 'FACTOR_PASSED', 'SIGNED_IN']);
  });

  test('records when the factor was passed and forgives its own count', async () => {
    const { backend, signIn, code } = await withOpenCode({}, anAccount({ failuresInARow: 7 }));
    await signIn.answer({ code });
    expect(await backend.account()).toMatchObject({
      lastFactorAt: backend.now(),
      lastLoginMethod: 'PHONE',
      failuresInARow: 0,
      wrongAnswers: { count: 0 },
    });
  });

  test('passes once: the same answer again is the same proof and leaves no second grant', async () => {
    const { backend, signIn, code } = await withOpenCode();
    expect(await signIn.judge({ code })).toBe(true);
    expect(await signIn.judge({ code })).toBe(true);
    expect((await backend.account()).grants).toHaveLength(1);
    expect(backend.eventNames()).toEqual(['CODE_SENT', 'FACTOR_PASSED', 'SIGNED_IN']);
  });

  test('is the same proof where its answer is repeated after its end', async () => {
    const { backend, signIn, code } = await withOpenCode();
    backend.clock.pass(299_999);
    expect(await signIn.judge({ code })).toBe(true);
    backend.clock.pass(1);
    expect(await signIn.answer({ code })).toBe(true);
    expect(signIn.next).toEqual({ next: 'TOKENS' });
    expect(backend.eventNames()).toEqual(['CODE_SENT', 'FACTOR_PASSED', 'SIGNED_IN']);
  });

  test('whose answer is lost leaves nothing to prove to another answer of its round', async () => {
    const { backend, signIn, code } = await withOpenCode();
    expect(await signIn.judge({ code })).toBe(true);
    expect(await signIn.answer({ code: wrong(code) })).toBe(false);
    expect(signIn.parameters).toMatchObject({ challenge: 'CHOOSE_FACTOR', reason: 'CODE_EXPIRED' });
    await signIn.answer({ factor: 'SMS' });
    expect(signIn.next).toMatchObject({ next: 'FAIL' });
    expect((await backend.account()).grants).toHaveLength(1);
    expect(backend.eventNames()).toEqual(['CODE_SENT', 'FACTOR_PASSED', 'SIGNED_IN']);
  });

  test('of two calls at once both see the proof, and one grant is left', async () => {
    const { backend, signIn, code } = await withOpenCode();
    const judged = await Promise.all([signIn.judge({ code }), signIn.judge({ code })]);
    expect(judged).toEqual([true, true]);
    expect((await backend.account()).grants).toHaveLength(1);
    expect((await backend.account()).wrongAnswers).toMatchObject({ count: 0 });
  });

  test('does not pass beside a wrong one that was counted first in the round', async () => {
    const { backend, signIn, code } = await withOpenCode();
    const judged = await Promise.all([signIn.judge({ code: wrong(code) }), signIn.judge({ code })]);
    expect(judged).toEqual([false, false]);
    expect((await backend.account()).grants).toBeUndefined();
  });

  test('at its very end has expired', async () => {
    const { backend, signIn, code } = await withOpenCode();
    backend.clock.pass(300_000);
    expect(await signIn.answer({ code })).toBe(false);
    expect(signIn.parameters).toMatchObject({ reason: 'CODE_EXPIRED', attemptsLeft: '5' });
  });

  test('a millisecond before its end passes', async () => {
    const { backend, signIn, code } = await withOpenCode();
    backend.clock.pass(299_999);
    expect(await signIn.answer({ code })).toBe(true);
  });

  test('does not pass another flow of the same account', async () => {
    const { backend, code } = await withOpenCode();
    const other = await SignIn.afterPassword(backend);
    await other.answer({ factor: 'EMAIL' });
    expect(
      await other.answer({ code: backend.email.lastCode() === code ? wrong(code) : code }),
    ).toBe(false);
    expect(other.parameters).toMatchObject({ reason: 'CODE_MISMATCH' });
  });

  test.each([
    ['was reset', { status: 'RESET' }],
    ['was disabled', { status: 'DISABLED' }],
    ['has a new epoch', { epoch: 2 }],
  ] as const)('does not pass an account that %s after the challenge', async (_what, more) => {
    const { backend, signIn, code } = await withOpenCode();
    await backend.alter('account-1', more);
    expect(await signIn.judge({ code })).toBe(false);
    expect((await backend.account()).grants).toBeUndefined();
  });

  test('does not pass an account that was revoked between the count and the proof', async () => {
    const { backend, signIn, code } = await withOpenCode();
    backend.database.beforeCommit = async () => {
      backend.database.beforeCommit = () => backend.alter('account-1', { epoch: 2 });
    };
    // The race is set before the count's commit, and strikes before the proof's.
    expect(await signIn.judge({ code })).toBe(false);
    expect((await backend.account()).epoch).toBe(2);
  });

  test('passes where staff unlock the account between the count and the proof', async () => {
    const { backend, signIn, code } = await withOpenCode();
    backend.database.beforeCommit = async () => {
      backend.database.beforeCommit = () =>
        backend.alter('account-1', { wrongAnswers: undefined, failuresInARow: 0 });
    };
    expect(await signIn.answer({ code })).toBe(true);
    expect(await backend.account()).not.toHaveProperty('wrongAnswers');
    expect((await backend.account()).grants).toHaveLength(1);
  });

  test('proves nothing in a flow that was closed by a revocation', async () => {
    const { backend, signIn, code } = await withOpenCode();
    await backend.alter('account-1', { epoch: 2 });
    await signIn.answer({ code });
    expect(signIn.parameters).toMatchObject({ reason: 'CODE_EXPIRED', attemptsLeft: '0' });
    expect(await signIn.answer({ code })).toBe(false);
    expect(signIn.next).toMatchObject({ next: 'FAIL' });
    expect((await backend.account()).grants).toBeUndefined();
  });
});

describe('a wrong code', () => {
  test('is counted on the code and on the account, and recorded', async () => {
    const { backend, signIn, code } = await withOpenCode();
    expect(await signIn.answer({ code: wrong(code) })).toBe(false);
    expect(signIn.parameters).toMatchObject({ reason: 'CODE_MISMATCH', attemptsLeft: '4' });
    expect(await backend.account()).toMatchObject({
      failuresInARow: 1,
      wrongAnswers: { count: 1, endsAt: backend.now() + HOUR },
    });
    expect(backend.trail().at(-1)).toMatchObject({
      event: 'CODE_REFUSED',
      outcome: 'CODE_MISMATCH',
      loginMethod: 'PHONE',
    });
  });

  test('is counted once however often Cognito repeats it', async () => {
    const { backend, signIn, code } = await withOpenCode();
    const given = { code: wrong(code) };
    await Promise.all([signIn.judge(given), signIn.judge(given), signIn.judge(given)]);
    expect(await backend.account()).toMatchObject({ failuresInARow: 1 });
    expect(backend.eventNames()).toEqual(['CODE_SENT', 'CODE_REFUSED']);
  });

  test('of the fifth time kills the code, the right one too, until a resend', async () => {
    const { backend, signIn, code } = await withOpenCode();
    for (let time = 1; time <= 5; time += 1) await signIn.answer({ code: wrong(code) });
    expect(signIn.parameters).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS', attemptsLeft: '0' });
    expect(await signIn.answer({ code })).toBe(false);
    backend.clock.pass(15_000);
    await signIn.answer({ resend: true });
    expect(await signIn.answer({ code: backend.text.lastCode() })).toBe(true);
  });

  test.each(['12345', '1234567', '12345a', '１２３４５６', 123456, ''])(
    'that is not six ASCII digits (%p) is invalid and counts no attempt',
    async (given) => {
      const { backend, signIn } = await withOpenCode();
      await signIn.answer({ code: given });
      expect(signIn.parameters).toMatchObject({ reason: 'ANSWER_INVALID', attemptsLeft: '5' });
      expect((await backend.account()).failuresInARow).toBeUndefined();
    },
  );

  test('that is the last of the hour locks the account and is recorded as that, once', async () => {
    const { backend, signIn, code } = await withOpenCode({ limits: { wrongAnswersPerHour: 2 } });
    await signIn.answer({ code: wrong(code) });
    await signIn.answer({ code: wrong(code) });
    expect(signIn.parameters).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS', attemptsLeft: '0' });
    expect(await signIn.answer({ code })).toBe(false);
    expect(signIn.next).toMatchObject({ next: 'FAIL' });
    const locked = backend.trail().filter(({ event }) => event === 'ACCOUNT_LOCKED');
    expect(locked).toMatchObject([{ outcome: 'SIGN_IN', actor: 'SELF' }]);
  });

  test('that is the last in a row locks the account beyond the hour', async () => {
    const { backend, signIn, code } = await withOpenCode(
      { limits: { wrongAnswersInARow: 10 } },
      anAccount({ failuresInARow: 9 }),
    );
    await signIn.answer({ code: wrong(code) });
    backend.clock.pass(25 * HOUR);
    const { parameters } = await SignIn.afterPassword(backend);
    expect(parameters).toMatchObject({ reason: 'ACCOUNT_LOCKED' });
  });

  test('opens a new window when the hour of the first one has passed', async () => {
    const { backend, signIn, code } = await withOpenCode(
      {},
      anAccount({ wrongAnswers: { endsAt: 1, count: 19 }, failuresInARow: 19 }),
    );
    await signIn.answer({ code: wrong(code) });
    expect(await backend.account()).toMatchObject({
      failuresInARow: 20,
      wrongAnswers: { count: 1, endsAt: backend.now() + HOUR },
    });
  });

  test('of parallel flows is counted each time', async () => {
    const backend = new Backend();
    await backend.has(anEmailUser());
    const flows: SignIn[] = [];
    for (let opened = 1; opened <= 5; opened += 1) {
      const signIn = await SignIn.afterPassword(backend);
      await signIn.answer({ factor: 'EMAIL' });
      flows.push(signIn);
    }
    await Promise.all(flows.map((signIn) => signIn.judge({ code: '000000' })));
    expect(await backend.account()).toMatchObject({ wrongAnswers: { count: 5 } });
  });

  test('of parallel flows never goes beyond what the hour allows', async () => {
    const backend = new Backend({ limits: { wrongAnswersPerHour: 3 } });
    await backend.has(anEmailUser());
    const flows: SignIn[] = [];
    for (let opened = 1; opened <= 6; opened += 1) {
      const signIn = await SignIn.afterPassword(backend);
      await signIn.answer({ factor: 'EMAIL' });
      flows.push(signIn);
    }
    await Promise.all(flows.map((signIn) => signIn.judge({ code: '000000' })));
    expect(await backend.account()).toMatchObject({ wrongAnswers: { count: 3 } });
    const locked = backend.eventNames().filter((event) => event === 'ACCOUNT_LOCKED');
    expect(locked).toHaveLength(1);
  });
});

describe('a code, when something fails', () => {
  /** The account's 19th wrong answer came from another flow; the next one locks. */
  async function beforeLock() {
    const found = await withOpenCode();
    const wrongAnswers = { endsAt: found.backend.now() + HOUR, count: 19 };
    await found.backend.alter('account-1', { wrongAnswers });
    return found;
  }

  test.each([
    ['at once', 0],
    ['after its end', 300_000],
  ])('locks the account and records that at the repeat, %s', async (_when, ms) => {
    const { backend, signIn, code } = await beforeLock();
    const given = { code: wrong(code) };
    backend.database.failNext('commit', { after: 2 });
    await expect(signIn.judge(given)).rejects.toMatchObject({ name: 'StoreUnavailable' });
    backend.clock.pass(ms);
    expect(await signIn.judge(given)).toBe(false);
    expect(await signIn.judge(given)).toBe(false);
    expect(await backend.account()).toMatchObject({ wrongAnswers: { count: 20 } });
    expect(backend.eventNames()).toEqual(['CODE_SENT', 'CODE_REFUSED', 'ACCOUNT_LOCKED']);
  });

  test('is not counted where the count cannot be written, and the same answer passes then', async () => {
    const { backend, signIn, code } = await withOpenCode();
    backend.database.failNext('commit');
    await expect(signIn.judge({ code })).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect((await backend.account()).failuresInARow).toBeUndefined();
    expect(await signIn.judge({ code })).toBe(true);
  });

  test('is counted once where the answer of the count was lost', async () => {
    const { backend, signIn, code } = await withOpenCode();
    backend.database.failNext('commit', { afterEffect: true });
    await expect(signIn.judge({ code: wrong(code) })).rejects.toMatchObject({
      name: 'StoreUnavailable',
    });
    expect(await signIn.judge({ code: wrong(code) })).toBe(false);
    expect(await backend.account()).toMatchObject({ failuresInARow: 1 });
  });

  test('passes at the repeat where no MAC could be made, and is counted once', async () => {
    const { backend, signIn, code } = await withOpenCode();
    backend.mac.failNext('mac');
    await expect(signIn.judge({ code })).rejects.toMatchObject({ name: 'CodeMacUnavailable' });
    expect(await backend.account()).toMatchObject({ wrongAnswers: { count: 1 } });
    expect(await signIn.judge({ code })).toBe(true);
    expect(await backend.account()).toMatchObject({ wrongAnswers: { count: 0 } });
  });

  test('is never proven without its grant, whichever call of the database fails', async () => {
    for (let calls = 0; calls < 3; calls += 1)
      for (const afterEffect of [false, true]) {
        const { backend, signIn, code } = await withOpenCode();
        backend.database.failAfter(calls, { afterEffect });
        await signIn.judge({ code }).catch(() => undefined);
        backend.database.mend();
        expect(await signIn.judge({ code })).toBe(true);
        expect((await backend.account()).grants).toHaveLength(1);
        expect(backend.eventNames()).toEqual(['CODE_SENT', 'FACTOR_PASSED', 'SIGNED_IN']);
      }
  });
});

describe('the factor of a flow', () => {
  test('that is switched voids the code that came before', async () => {
    const { signIn, code, backend } = await withOpenCode();
    await signIn.answer({ factor: 'EMAIL' });
    expect(await signIn.answer({ code })).toBe(false);
    expect(await signIn.answer({ code: backend.email.lastCode() })).toBe(true);
    expect(await signIn.tokens()).toMatchObject({ issued: { login_method: 'EMAIL' } });
  });

  test('may be changed 24 times, and the 26th round ends the flow', async () => {
    const { signIn, backend } = await withOpenCode({ limits: { emailSendsPerQuarterHour: 50 } });
    for (let round = 2; round <= 25; round += 1) await signIn.answer({ code: '12' });
    expect(signIn.next).toEqual({ next: 'CUSTOM_CHALLENGE' });
    await signIn.answer({ code: '12' });
    expect(signIn.next).toEqual({ next: 'FAIL', why: 'TOO_MANY_ROUNDS' });
    expect(backend.eventNames()).toEqual(['CODE_SENT']);
  });
});
