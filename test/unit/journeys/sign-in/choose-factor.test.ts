import { describe, expect, test } from '@jest/globals';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount, anEmailUser, anEnrolling, HOUR, MINUTE } from '../../../fakes/builders.ts';
import { SignIn } from './sign-in.ts';
import { WrittenLines } from '../../../fakes/written-lines.ts';

describe('the first challenge after a password', () => {
  test('offers a phone user texts, calls and e-mail, masked', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const { parameters } = await SignIn.afterPassword(backend);
    expect(parameters).toEqual({
      challenge: 'CHOOSE_FACTOR',
      factors: 'SMS,CALL,EMAIL',
      maskedPhone: '***-***-0143',
      maskedEmail: 'p***@cedargrove.example',
    });
  });

  test('offers no call where the stage has no Connect', async () => {
    const backend = new Backend({ connect: undefined });
    await backend.has(anAccount());
    const { parameters } = await SignIn.afterPassword(backend);
    expect(parameters).toMatchObject({ factors: 'SMS,EMAIL' });
  });

  test('offers an e-mail user e-mail only, and shows no phone', async () => {
    const backend = new Backend();
    await backend.has(anEmailUser());
    const { parameters } = await SignIn.afterPassword(backend);
    expect(parameters).toEqual({
      challenge: 'CHOOSE_FACTOR',
      factors: 'EMAIL',
      maskedEmail: 'p***@cedargrove.example',
    });
  });

  test.each([
    ['ENROLLING', 'ENROLLING'],
    ['RESET', 'RESET'],
    ['DISABLED', 'DISABLED'],
  ] as const)('names an account that is %s and ends with any answer', async (status, shown) => {
    const backend = new Backend();
    await backend.has(anEnrolling({ status }));
    const signIn = await SignIn.afterPassword(backend);
    expect(signIn.parameters).toEqual({ challenge: 'REGISTRATION_INCOMPLETE', status: shown });
    expect(await signIn.answer({ factor: 'SMS' })).toBe(false);
    expect(signIn.next).toMatchObject({ next: 'FAIL' });
  });

  test('writes and sends nothing, so Cognito may ask for it twice', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const before = backend.database.calls.length;
    const signIn = await SignIn.afterPassword(backend);
    await signIn.show();
    expect(backend.database.calls.slice(before)).toEqual(['read', 'read']);
    expect(backend.database.all('challenges')).toEqual([]);
  });

  test('is an error where Cognito has an account that the table does not have', async () => {
    const backend = new Backend();
    await expect(SignIn.afterPassword(backend)).rejects.toThrow('Restore the item');
  });

  test('is an outage while the table cannot be read', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    backend.database.failNext('read');
    await expect(SignIn.afterPassword(backend)).rejects.toMatchObject({ name: 'StoreUnavailable' });
  });
});

describe('a factor that is chosen', () => {
  test('by text sends one code to the number on file', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    expect(await signIn.answer({ factor: 'SMS' })).toBe(false);
    expect(signIn.parameters).toEqual({
      challenge: 'ENTER_CODE',
      factor: 'SMS',
      destination: '***-***-0143',
      attemptsLeft: '5',
      expiresAt: '2026-10-05T12:05:00.000Z',
      resendAt: '2026-10-05T12:00:15.000Z',
    });
    expect(backend.text.sent.map(({ to, purpose }) => [to, purpose])).toEqual([
      ['+12025550143', 'SIGN_IN'],
    ]);
    expect(backend.trail()).toMatchObject([
      { event: 'CODE_SENT', outcome: 'SMS', actor: 'SELF', flowId: signIn.flowId },
    ]);
  });

  test('by e-mail sends one code to the verified address, for 30 seconds', async () => {
    const backend = new Backend();
    await backend.has(anEmailUser());
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ factor: 'EMAIL' });
    expect(signIn.parameters).toMatchObject({
      challenge: 'ENTER_CODE',
      factor: 'EMAIL',
      destination: 'p***@cedargrove.example',
      expiresAt: '2026-10-05T12:00:30.000Z',
    });
    expect(backend.email.sent.map(({ to }) => to)).toEqual(['pat@cedargrove.example']);
  });

  test('is stored without the code that it sent', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ factor: 'SMS' });
    const stored = JSON.stringify(backend.database.all('challenges'));
    expect(stored).toContain(signIn.flowId);
    expect(stored).not.toContain(backend.text.lastCode());
  });

  test.each([
    ['a factor that the account lacks', { factor: 'SMS' }],
    ['a factor that does not exist', { factor: 'FAX' }],
    ['a code, where none is open', { code: '123456' }],
    ['a resend, where nothing was sent', { resend: true }],
    ['an unknown member', { factor: 'EMAIL', more: 1 }],
    ['something that is not JSON', 'EMAIL'],
    ['more than 4096 characters', `{"factor":"EMAIL"}${' '.repeat(4_096)}`],
    [
      'a device key that is not a point of the curve',
      {
        ticket: 't'.repeat(43),
        rememberDevice: {
          publicKey: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) },
        },
      },
    ],
  ])('as %s is refused as invalid, and nothing is sent', async (_what, given) => {
    const backend = new Backend();
    await backend.has(anEmailUser());
    const signIn = await SignIn.afterPassword(backend);
    expect(await signIn.answer(given)).toBe(false);
    expect(signIn.parameters).toMatchObject({
      challenge: 'CHOOSE_FACTOR',
      reason: 'ANSWER_INVALID',
    });
    expect(backend.email.sent).toEqual([]);
  });

  test('may be sent once where create runs twice for the round', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ factor: 'SMS' });
    const first = signIn.shown;
    const repeat = await signIn.show();
    expect(repeat).toEqual(first);
    expect(backend.text.sent).toHaveLength(1);
  });

  test('is sent once where two creates of the round run at once, and both show the same', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    signIn.settle(await signIn.judge({ factor: 'SMS' }));
    const [one, other] = await Promise.all([signIn.show(), signIn.show()]);
    expect(backend.text.sent).toHaveLength(1);
    expect(one).toEqual(other);
  });

  test('stays unsent and open to another try where the message is not taken', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    backend.text.failNext('send');
    await signIn.answer({ factor: 'SMS' });
    expect(signIn.parameters).toMatchObject({
      challenge: 'CHOOSE_FACTOR',
      reason: 'DELIVERY_FAILED',
    });
    expect(backend.trail()).toMatchObject([
      { event: 'CODE_SENT', outcome: 'SMS' },
      { event: 'CODE_SENT', outcome: 'DELIVERY_FAILED' },
    ]);
    await signIn.answer({ factor: 'SMS' });
    expect(signIn.parameters).toMatchObject({ challenge: 'ENTER_CODE', attemptsLeft: '5' });
    expect(signIn.parameters).not.toHaveProperty('reason');
  });

  test('shows a repeat of a failed send the same failure, and sends nothing', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    backend.text.failNext('send');
    await signIn.answer({ factor: 'SMS' });
    const repeat = await signIn.show();
    expect(repeat.parameters).toMatchObject({ reason: 'DELIVERY_FAILED' });
    expect(backend.text.calls).toHaveLength(1);
  });

  test('keeps the former code, and its attempts, where the next send fails', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ factor: 'SMS' });
    const code = backend.text.lastCode();
    backend.email.failNext('send');
    await signIn.answer({ factor: 'EMAIL' });
    expect(signIn.parameters).toMatchObject({ factor: 'SMS', reason: 'DELIVERY_FAILED' });
    expect(await signIn.answer({ code })).toBe(true);
  });

  test('is an outage, with nothing sent, where no MAC can be made', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    backend.mac.failNext('mac');
    await expect(signIn.answer({ factor: 'SMS' })).rejects.toMatchObject({
      name: 'CodeMacUnavailable',
    });
    expect(backend.text.sent).toEqual([]);
    await signIn.show();
    expect(signIn.parameters).toMatchObject({ challenge: 'ENTER_CODE', factor: 'SMS' });
  });

  test('is an outage, with nothing sent, where the claim is not written; a repeat sends', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    signIn.settle(await signIn.judge({ factor: 'SMS' }));
    backend.database.failNext('commit');
    await expect(signIn.show()).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(backend.text.sent).toEqual([]);
    const shown = await signIn.show();
    expect(shown.parameters).toMatchObject({ challenge: 'ENTER_CODE' });
    expect(backend.text.sent).toHaveLength(1);
  });
});

describe('a resend', () => {
  test('before 15 seconds is refused, and the open code still passes', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ factor: 'SMS' });
    backend.clock.pass(14_999);
    await signIn.answer({ resend: true });
    expect(signIn.parameters).toMatchObject({ reason: 'RESEND_TOO_SOON', attemptsLeft: '5' });
    expect(await signIn.answer({ code: backend.text.lastCode() })).toBe(true);
  });

  test('after 15 seconds kills the code before it and has five attempts of its own', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ factor: 'SMS' });
    const first = backend.text.lastCode();
    await signIn.answer({ code: '000000' });
    backend.clock.pass(15_000);
    await signIn.answer({ resend: true });
    expect(signIn.parameters).toMatchObject({ attemptsLeft: '5' });
    await signIn.answer({ code: first });
    expect(signIn.parameters).toMatchObject({ reason: 'CODE_MISMATCH', attemptsLeft: '4' });
    expect(await signIn.answer({ code: backend.text.lastCode() })).toBe(true);
  });

  test('of another factor may go out at once', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ factor: 'SMS' });
    await signIn.answer({ factor: 'EMAIL' });
    expect(signIn.parameters).toMatchObject({ factor: 'EMAIL' });
    expect(signIn.parameters).not.toHaveProperty('reason');
  });

  test('beyond the limit of the number is refused, in every flow of the account', async () => {
    const backend = new Backend({ limits: { phoneSendsPerQuarterHour: 1 } });
    await backend.has(anAccount());
    const first = await SignIn.afterPassword(backend);
    await first.answer({ factor: 'SMS' });
    const second = await SignIn.afterPassword(backend);
    await second.answer({ factor: 'SMS' });
    expect(second.parameters).toMatchObject({ challenge: 'CHOOSE_FACTOR', reason: 'SEND_LIMIT' });
    expect(backend.text.sent).toHaveLength(1);
    backend.clock.pass(15 * MINUTE);
    await second.answer({ factor: 'SMS' });
    expect(second.parameters).toMatchObject({ challenge: 'ENTER_CODE' });
  });

  test('beyond the breaker of the stage is refused, and logged for the alarm', async () => {
    const backend = new Backend({ limits: { dailyTextBreaker: 1 } });
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ factor: 'SMS' });
    backend.clock.pass(15_000);
    const lines = new WrittenLines();
    await signIn.answer({ resend: true });
    expect(lines.codes()).toContain('BREAKER_OPEN');
    lines.release();
    expect(signIn.parameters).toMatchObject({ factor: 'SMS', reason: 'SEND_LIMIT' });
    await signIn.answer({ factor: 'EMAIL' });
    expect(signIn.parameters).toMatchObject({ factor: 'EMAIL' });
  });

  test('is refused for an account that was reset while the code was prepared', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    signIn.settle(await signIn.judge({ factor: 'SMS' }));
    backend.database.beforeCommit = () => backend.alter('account-1', { epoch: 2 });
    const shown = await signIn.show();
    expect(shown.stamp.wrong).toBe('END');
    expect(shown.parameters).toMatchObject({ reason: 'CODE_EXPIRED' });
    expect(backend.text.sent).toEqual([]);
  });

  test('is refused for an account that was disabled meanwhile', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    signIn.settle(await signIn.judge({ factor: 'SMS' }));
    backend.database.beforeCommit = () => backend.alter('account-1', { status: 'DISABLED' });
    const shown = await signIn.show();
    expect(shown.parameters).toEqual({ challenge: 'REGISTRATION_INCOMPLETE', status: 'DISABLED' });
    expect(backend.text.sent).toEqual([]);
  });
});

describe('a flow that cannot go on', () => {
  test('is closed once the account has a new epoch', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ factor: 'SMS' });
    const code = backend.text.lastCode();
    await backend.alter('account-1', { epoch: 2 });
    expect(await signIn.answer({ code })).toBe(false);
    expect(signIn.parameters).toMatchObject({ reason: 'CODE_EXPIRED', attemptsLeft: '0' });
    await signIn.answer({ code });
    expect(signIn.next).toMatchObject({ next: 'FAIL' });
  });

  test('is an error where its record is gone', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    signIn.settle(false);
    await expect(signIn.show()).rejects.toThrow('is gone');
  });

  test('is waited for by a repeat while its send is under way, and no longer than it takes', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ factor: 'SMS' });
    const before = backend.clock.time;
    await signIn.show();
    expect(backend.clock.time - before).toBe(2_200);
  });

  test('learns by a repeat that the send which it waited for has failed', async () => {
    const backend = new Backend();
    await backend.has(anAccount());
    const signIn = await SignIn.afterPassword(backend);
    signIn.settle(await signIn.judge({ factor: 'SMS' }));
    backend.text.failNext('send');
    // The repeat comes while the first one sends.
    const first = signIn.show();
    const repeat = signIn.show();
    await expect(first).resolves.toMatchObject({ parameters: { reason: 'DELIVERY_FAILED' } });
    await expect(repeat).resolves.toMatchObject({ parameters: { reason: 'DELIVERY_FAILED' } });
    expect(backend.text.calls).toHaveLength(1);
  });
});

describe('a locked account', () => {
  const inWindow = { endsAt: Date.parse('2026-10-05T12:30:00.000Z'), count: 20 };

  test('is shown when the lock ends, and any answer but a ticket ends the flow', async () => {
    const backend = new Backend();
    await backend.has(anAccount({ wrongAnswers: inWindow }));
    const signIn = await SignIn.afterPassword(backend);
    expect(signIn.parameters).toMatchObject({
      challenge: 'CHOOSE_FACTOR',
      reason: 'ACCOUNT_LOCKED',
      lockedUntil: '2026-10-05T12:30:00.000Z',
    });
    await signIn.answer({ factor: 'SMS' });
    expect(signIn.next).toMatchObject({ next: 'FAIL' });
    expect(backend.text.sent).toEqual([]);
  });

  test('is shown no end where only a reset ends the lock', async () => {
    const backend = new Backend();
    await backend.has(anAccount({ failuresInARow: 100 }));
    const { parameters } = await SignIn.afterPassword(backend);
    expect(parameters).toMatchObject({ reason: 'ACCOUNT_LOCKED' });
    expect(parameters).not.toHaveProperty('lockedUntil');
  });

  test('still signs in by a ticket', async () => {
    const backend = new Backend();
    const account = await backend.has(anAccount({ failuresInARow: 100 }));
    const ticket = 't'.repeat(43);
    await backend.write(
      backend.tickets.issue(ticket, { ...account, loginMethod: 'PHONE' }, backend.now()),
    );
    const signIn = await SignIn.afterPassword(backend);
    expect(await signIn.answer({ ticket })).toBe(true);
    expect(signIn.next).toEqual({ next: 'TOKENS' });
  });

  test('is open again when the hour has passed', async () => {
    const backend = new Backend();
    await backend.has(anAccount({ wrongAnswers: inWindow }));
    backend.clock.pass(HOUR / 2);
    const { parameters } = await SignIn.afterPassword(backend);
    expect(parameters).not.toHaveProperty('reason');
  });
});
