import { describe, expect, test } from '@jest/globals';
import { Backend } from '../../../fakes/backend.ts';
import { aCall, anAccount, HOUR, type SomeSettings } from '../../../fakes/builders.ts';
import { SignIn } from './sign-in.ts';

const CONFIRMED = { call: 'CONFIRMED' };

async function calling(some: SomeSettings = {}, more: Parameters<typeof anAccount>[0] = {}) {
  const backend = new Backend(some);
  await backend.has(anAccount(more));
  const signIn = await SignIn.afterPassword(backend);
  await signIn.answer({ factor: 'CALL' });
  return { backend, signIn };
}

describe('a call', () => {
  test('is placed to the number on file and shown with its end', async () => {
    const { backend, signIn } = await calling();
    const [call] = backend.telephony.started;
    expect(call).toMatchObject({ phone: '+12025550143', attributes: { mode: 'POUND' } });
    expect(signIn.parameters).toEqual({
      challenge: 'CONFIRM_CALL',
      callId: call?.attributes.challengeId,
      destination: '***-***-0143',
      expiresAt: '2026-10-05T12:02:00.000Z',
      resendAt: '2026-10-05T12:00:15.000Z',
    });
    expect(backend.eventNames()).toEqual(['CALL_PLACED']);
  });

  test('that was confirmed leads to tokens of the method PHONE', async () => {
    const { backend, signIn } = await calling();
    expect(await backend.press('CONFIRMED')).toBe('CONFIRMED');
    expect(await signIn.answer(CONFIRMED)).toBe(true);
    expect(await signIn.tokens()).toMatchObject({ issued: { login_method: 'PHONE' } });
    expect(backend.eventNames()).toEqual([
      'CALL_PLACED',
      'CALL_CONFIRMED',
      'FACTOR_PASSED',
      'SIGNED_IN',
    ]);
  });

  test('ends the series of wrong answers and keeps the count of the hour', async () => {
    const { backend, signIn } = await calling();
    const wrongAnswers = { endsAt: backend.now() + HOUR, count: 3 };
    await backend.alter('account-1', { failuresInARow: 3, wrongAnswers });
    await backend.press('CONFIRMED');
    await signIn.answer(CONFIRMED);
    expect(await backend.account()).toMatchObject({ failuresInARow: 0, wrongAnswers });
  });

  test('that was not confirmed is asked for again, and counts no wrong answer', async () => {
    const { backend, signIn } = await calling();
    expect(await signIn.answer(CONFIRMED)).toBe(false);
    expect(signIn.parameters).toMatchObject({
      challenge: 'CONFIRM_CALL',
      reason: 'CALL_NOT_CONFIRMED',
    });
    expect((await backend.account()).failuresInARow).toBeUndefined();
    await backend.press('CONFIRMED');
    expect(await signIn.answer(CONFIRMED)).toBe(true);
  });

  test('that was confirmed passes once, also for two answers at once', async () => {
    const { backend, signIn } = await calling();
    await backend.press('CONFIRMED');
    const judged = await Promise.all([signIn.judge(CONFIRMED), signIn.judge(CONFIRMED)]);
    expect(judged).toEqual([true, true]);
    expect((await backend.account()).grants).toHaveLength(1);
  });

  test('that was confirmed proves nothing after its end', async () => {
    const { backend, signIn } = await calling();
    await backend.press('CONFIRMED');
    backend.clock.pass(120_000);
    await signIn.answer(CONFIRMED);
    expect(signIn.parameters).toMatchObject({ reason: 'CALL_NOT_CONFIRMED' });
  });

  test('that was confirmed proves nothing once the account has a new epoch', async () => {
    const { backend, signIn } = await calling();
    await backend.press('CONFIRMED');
    await backend.alter('account-1', { epoch: 2 });
    expect(await signIn.answer(CONFIRMED)).toBe(false);
    expect(await signIn.answer(CONFIRMED)).toBe(false);
    expect(signIn.next).toMatchObject({ next: 'FAIL' });
  });

  test('that was confirmed proves nothing in a flow that a lock has closed', async () => {
    const { backend, signIn } = await calling();
    await backend.alter('account-1', { failuresInARow: 100 });
    await signIn.answer(CONFIRMED);
    expect(signIn.parameters).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });
    await backend.press('CONFIRMED');
    expect(await signIn.answer(CONFIRMED)).toBe(false);
    expect(signIn.next).toMatchObject({ next: 'FAIL' });
  });

  test('of another flow does not confirm this one', async () => {
    const { backend, signIn } = await calling();
    const other = aCall({ callId: 'o'.repeat(22), state: 'CONFIRMED', phone: '+12025550199' });
    await backend.write(...backend.calls.place(other, undefined));
    expect(await signIn.answer(CONFIRMED)).toBe(false);
  });

  test('is an outage while the calls cannot be read; the repeat passes', async () => {
    const { backend, signIn } = await calling();
    await backend.press('CONFIRMED');
    backend.database.failNext('read');
    await expect(signIn.judge(CONFIRMED)).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(await signIn.judge(CONFIRMED)).toBe(true);
  });

  test('is proven at the repeat where the answer of the commit was lost, with one grant', async () => {
    const { backend, signIn } = await calling();
    await backend.press('CONFIRMED');
    backend.database.failNext('commit', { afterEffect: true });
    await expect(signIn.judge(CONFIRMED)).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(await signIn.judge(CONFIRMED)).toBe(true);
    expect((await backend.account()).grants).toHaveLength(1);
  });

  test('that cannot be placed returns the choice of factors', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    backend.telephony.failNext('start');
    await signIn.answer({ factor: 'CALL' });
    expect(signIn.parameters).toMatchObject({
      challenge: 'CHOOSE_FACTOR',
      reason: 'DELIVERY_FAILED',
    });
  });

  test('takes no code as its answer', async () => {
    const { signIn } = await calling();
    await signIn.answer({ code: '123456' });
    expect(signIn.parameters).toMatchObject({
      challenge: 'CONFIRM_CALL',
      reason: 'ANSWER_INVALID',
    });
  });
});

describe('the live call of a number', () => {
  test('is replaced by its own flow: the former one fails and is hung up', async () => {
    const { backend, signIn } = await calling();
    backend.clock.pass(15_000);
    await signIn.answer({ resend: true });
    expect(signIn.parameters).toMatchObject({ challenge: 'CONFIRM_CALL' });
    expect(backend.telephony.started).toHaveLength(2);
    expect(backend.telephony.stopped).toEqual(['contact-1']);
    expect(await backend.press('CONFIRMED', 1)).toBe('REFUSED');
    expect(await backend.press('CONFIRMED', 2)).toBe('CONFIRMED');
  });

  test('refuses every other flow, and stays what it is', async () => {
    const { backend, signIn } = await calling();
    const other = await SignIn.afterPassword(backend);
    await other.answer({ factor: 'CALL' });
    expect(other.parameters).toMatchObject({
      challenge: 'CHOOSE_FACTOR',
      reason: 'CALL_IN_PROGRESS',
    });
    expect(backend.telephony.stopped).toEqual([]);
    expect(await backend.press('CONFIRMED')).toBe('CONFIRMED');
    expect(await signIn.answer(CONFIRMED)).toBe(true);
  });

  test('refuses no other flow after its end', async () => {
    const { backend } = await calling();
    backend.clock.pass(120_000);
    const other = await SignIn.afterPassword(backend);
    await other.answer({ factor: 'CALL' });
    expect(other.parameters).toMatchObject({ challenge: 'CONFIRM_CALL' });
  });

  test('is one, where two flows call at once', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const flows = await Promise.all([SignIn.afterPassword(backend), SignIn.afterPassword(backend)]);
    await Promise.all(flows.map((flow) => flow.answer({ factor: 'CALL' })));
    const shown = flows.map(({ parameters }) => parameters.challenge).sort();
    expect(shown).toEqual(['CHOOSE_FACTOR', 'CONFIRM_CALL']);
    expect(backend.telephony.started).toHaveLength(1);
  });

  test('is hung up where its flow switches to a text', async () => {
    const { backend, signIn } = await calling();
    await signIn.answer({ factor: 'SMS' });
    expect(backend.telephony.stopped).toEqual(['contact-1']);
    expect(await backend.press('CONFIRMED')).toBe('REFUSED');
  });

  const ITS_READ = { operation: 'read', after: 0 } as const;
  /** After that of the answer and that of the next challenge. */
  const ITS_COMMIT = { operation: 'commit', after: 2 } as const;
  test.each([
    ['ENTER_CODE', { factor: 'SMS' }, ITS_READ],
    ['ENTER_CODE', { factor: 'SMS' }, ITS_COMMIT],
    ['USE_PASSKEY', { factor: 'PASSKEY' }, ITS_READ],
    ['USE_PASSKEY', { factor: 'PASSKEY' }, ITS_COMMIT],
    ['CONFIRM_CALL', { resend: true }, ITS_COMMIT],
  ] as const)(
    'goes on where its flow shows %s for %j and its end fails: %j',
    async (challenge, answer, fault) => {
      const { backend, signIn } = await calling({}, { passkeyCount: 1 });
      backend.clock.pass(15_000);
      backend.database.failNext(fault.operation, fault);
      await signIn.answer(answer);
      expect(backend.database.mend()).toBe(0);
      expect(signIn.parameters).toMatchObject({ challenge });
      expect(signIn.parameters).not.toHaveProperty('reason');
      expect(backend.lines.codes()).toContain('CALL_NOT_STOPPED');
      await backend.press('CONFIRMED', 1);
      expect(await signIn.answer(CONFIRMED)).toBe(false);
    },
  );

  test('goes on where the text that would replace it is not taken', async () => {
    const { backend, signIn } = await calling();
    backend.text.failNext('send');
    await signIn.answer({ factor: 'SMS' });
    expect(signIn.parameters).toMatchObject({
      challenge: 'CONFIRM_CALL',
      reason: 'DELIVERY_FAILED',
    });
    await backend.press('CONFIRMED');
    expect(await signIn.answer(CONFIRMED)).toBe(true);
  });
});

describe('a callee who presses 9', () => {
  test('ends the flow, and no call is placed to the number for an hour', async () => {
    const { backend, signIn } = await calling();
    expect(await backend.press('DENIED')).toBe('DENIED');
    expect(await signIn.answer(CONFIRMED)).toBe(false);
    expect(signIn.parameters).toMatchObject({ reason: 'CALL_NOT_CONFIRMED' });
    await signIn.answer({ factor: 'SMS' });
    expect(signIn.next).toMatchObject({ next: 'FAIL' });
    const other = await SignIn.afterPassword(backend);
    await other.answer({ factor: 'CALL' });
    expect(other.parameters).toMatchObject({ reason: 'SEND_LIMIT' });
    backend.clock.pass(HOUR);
    await other.answer({ factor: 'CALL' });
    expect(other.parameters).toMatchObject({ challenge: 'CONFIRM_CALL' });
    expect(backend.eventNames()).toContain('CALL_DENIED');
  });

  /** 9 is pressed after the answer is stored, and before what it leads to is committed. */
  function pressNineMeanwhile(backend: Backend) {
    backend.database.beforeCommit = async () => {
      backend.database.beforeCommit = async () => {
        expect(await backend.press('DENIED')).toBe('DENIED');
      };
    };
  }

  test.each([
    ['another call', { resend: true }],
    ['an e-mail', { factor: 'EMAIL' }],
    ['a passkey', { factor: 'PASSKEY' }],
  ])('ends the flow also while it asks for %s', async (_what, answer) => {
    const { backend, signIn } = await calling({}, { passkeyCount: 1 });
    backend.clock.pass(15_000);
    pressNineMeanwhile(backend);
    await signIn.answer(answer);
    expect(signIn.parameters).toMatchObject({ reason: 'CALL_NOT_CONFIRMED' });
    expect(backend.telephony.started).toHaveLength(1);
    expect(backend.eventNames()).toEqual(['CALL_PLACED', 'CALL_DENIED']);
    await signIn.answer({ factor: 'SMS' });
    expect(signIn.next).toMatchObject({ next: 'FAIL' });
  });

  test('has no call placed by another flow that asks for one meanwhile', async () => {
    const { backend } = await calling();
    backend.clock.pass(120_000);
    const other = await SignIn.afterPassword(backend);
    pressNineMeanwhile(backend);
    await other.answer({ factor: 'CALL' });
    expect(other.parameters).toMatchObject({ reason: 'SEND_LIMIT' });
    expect(backend.telephony.started).toHaveLength(1);
  });

  test('ends the flow also on a call that it has just replaced', async () => {
    const { backend, signIn } = await calling();
    backend.clock.pass(15_000);
    await signIn.answer({ resend: true });
    expect(await backend.press('DENIED', 1)).toBe('DENIED');
    await backend.press('CONFIRMED', 2);
    expect(await signIn.answer(CONFIRMED)).toBe(false);
    expect(signIn.parameters).toMatchObject({ reason: 'CALL_NOT_CONFIRMED' });
    const other = await SignIn.afterPassword(backend);
    await other.answer({ factor: 'CALL' });
    expect(other.parameters).toMatchObject({ reason: 'SEND_LIMIT' });
  });

  test('stops no text to the same number', async () => {
    const { backend } = await calling();
    await backend.press('DENIED');
    const other = await SignIn.afterPassword(backend);
    await other.answer({ factor: 'SMS' });
    expect(other.parameters).toMatchObject({ challenge: 'ENTER_CODE' });
  });
});

describe('a call that speaks a code', () => {
  test('leads to the code of the call, and passes as PHONE', async () => {
    const { backend, signIn } = await calling({ voiceConfirmation: 'SPOKEN_CODE' });
    expect(signIn.parameters).toMatchObject({ challenge: 'ENTER_CODE', factor: 'CALL' });
    const spoken = /Your code is: ((?:\d, ){5}\d)/.exec(backend.telephony.lastSpeech())?.[1] ?? '';
    expect(await signIn.answer({ code: spoken.replaceAll(', ', '') })).toBe(true);
    expect(await signIn.tokens()).toMatchObject({ issued: { login_method: 'PHONE' } });
  });

  test('cannot be confirmed by #', async () => {
    const { backend } = await calling({ voiceConfirmation: 'SPOKEN_CODE' });
    expect(await backend.press('CONFIRMED')).toBe('REFUSED');
  });

  test('is hung up where its flow switches to a text', async () => {
    const { backend, signIn } = await calling({ voiceConfirmation: 'SPOKEN_CODE' });
    await signIn.answer({ factor: 'SMS' });
    expect(backend.telephony.stopped).toEqual(['contact-1']);
  });
});
