import { describe, expect, test } from '@jest/globals';
import { SignIn } from '../../packages/auth-client/src/sign-in.ts';
import {
  ACCEPT_TERMS,
  browser,
  challenge,
  CHOOSE_FACTOR,
  CONFIRM_CALL,
  enterCode,
  fault,
  memoryStorage,
  PROVE_DEVICE,
  tokens,
} from './fakes.ts';

const EMAIL = 'pat@cedargrove.example';
const phone = { email: EMAIL, loginMethod: 'PHONE', remember: false } as const;
const remembering = { ...phone, remember: true } as const;

describe('a sign-in with a password', () => {
  test('proceeds from the password through the factor and the terms to tokens', async () => {
    const { deps, steps } = browser([CHOOSE_FACTOR, enterCode(), ACCEPT_TERMS, tokens]);
    const signIn = SignIn.open(deps, phone);
    expect(await signIn.withPassword('secret')).toMatchObject({
      kind: 'CHALLENGE',
      email: EMAIL,
      loginMethod: 'PHONE',
      challenge: { challenge: 'CHOOSE_FACTOR', factors: 'SMS,CALL,EMAIL' },
    });
    expect(await signIn.chooseFactor('SMS')).toMatchObject({
      challenge: { challenge: 'ENTER_CODE', attemptsLeft: '5' },
    });
    expect(await signIn.enterCode('123456')).toMatchObject({
      challenge: { challenge: 'ACCEPT_TERMS', termsVersion: '2026-10' },
    });
    expect(await signIn.acceptTerms('2026-10')).toEqual({
      kind: 'SIGNED_IN',
      loginMethod: 'PHONE',
    });
    expect(steps).toEqual([
      { step: 'password', given: 'secret' },
      { step: 'answer', given: { factor: 'SMS' } },
      { step: 'answer', given: { code: '123456' } },
      { step: 'answer', given: { acceptTerms: '2026-10' } },
    ]);
  });

  test('opens the flow for the e-mail address', () => {
    const { deps, opened } = browser([]);
    SignIn.open(deps, phone);
    expect(opened).toEqual([[EMAIL, undefined]]);
  });

  test('can be verified by a call', async () => {
    const { deps, steps } = browser([CHOOSE_FACTOR, CONFIRM_CALL, tokens]);
    const signIn = SignIn.open(deps, phone);
    await signIn.withPassword('secret');
    expect(await signIn.chooseFactor('CALL')).toMatchObject({
      challenge: { challenge: 'CONFIRM_CALL', callId: 'A'.repeat(22) },
    });
    expect(await signIn.confirmCall()).toMatchObject({ kind: 'SIGNED_IN' });
    expect(steps.at(-1)).toEqual({ step: 'answer', given: { call: 'CONFIRMED' } });
  });

  test('can have its code sent again', async () => {
    const { deps, steps } = browser([CHOOSE_FACTOR, enterCode(), enterCode()]);
    const signIn = SignIn.open(deps, phone);
    await signIn.withPassword('secret');
    await signIn.chooseFactor('SMS');
    await signIn.resend();
    expect(steps.at(-1)).toEqual({ step: 'answer', given: { resend: true } });
  });

  test.each([
    'CODE_MISMATCH',
    'CODE_EXPIRED',
    'TOO_MANY_ATTEMPTS',
    'RESEND_TOO_SOON',
    'SEND_LIMIT',
    'DELIVERY_FAILED',
    'ANSWER_INVALID',
    'CALL_IN_PROGRESS',
  ])('shows the challenge again with the refusal %s', async (reason) => {
    const { deps } = browser([
      CHOOSE_FACTOR,
      enterCode(),
      enterCode({ reason, attemptsLeft: '4' }),
    ]);
    const signIn = SignIn.open(deps, phone);
    await signIn.withPassword('secret');
    await signIn.chooseFactor('SMS');
    expect(await signIn.enterCode('000000')).toMatchObject({
      kind: 'CHALLENGE',
      challenge: { challenge: 'ENTER_CODE', attemptsLeft: '4' },
      refusal: { code: reason },
    });
  });

  test('shows a challenge without a refusal if it has no reason', async () => {
    const { deps } = browser([CHOOSE_FACTOR]);
    const state = await SignIn.open(deps, phone).withPassword('secret');
    expect(state).toHaveProperty('refusal', undefined);
  });

  test.each(['ENROLLING', 'RESET', 'DISABLED'])(
    'shows an account that is %s as an incomplete registration',
    async (status) => {
      const { deps } = browser([challenge({ challenge: 'REGISTRATION_INCOMPLETE', status })]);
      expect(await SignIn.open(deps, phone).withPassword('secret')).toMatchObject({
        kind: 'CHALLENGE',
        challenge: { challenge: 'REGISTRATION_INCOMPLETE', status },
      });
    },
  );

  test('ends if Cognito asks for a device after a password', async () => {
    const { deps } = browser([PROVE_DEVICE]);
    expect(await SignIn.open(deps, phone).withPassword('secret')).toMatchObject({
      kind: 'ENDED',
      refusal: { code: 'SIGN_IN_ENDED' },
    });
  });
});

describe('the refusals of Cognito', () => {
  test.each([
    ['NotAuthorizedException', 'Incorrect username or password.', 'SIGN_IN_REFUSED'],
    ['NotAuthorizedException', 'Password attempts exceeded', 'SIGN_IN_PAUSED'],
    ['UserNotFoundException', 'User does not exist.', 'SIGN_IN_REFUSED'],
    ['NetworkError', 'Network error', 'UNREACHABLE'],
    ['InternalErrorException', '', 'UNREACHABLE'],
    ['InternalFailure', '', 'UNREACHABLE'],
    ['UnexpectedLambdaException', '', 'UNREACHABLE'],
    ['UserLambdaValidationException', 'Please try again.', 'UNREACHABLE'],
    ['TooManyRequestsException', '', 'RATE_LIMITED'],
    ['LimitExceededException', '', 'RATE_LIMITED'],
    ['ForbiddenException', 'Request blocked by WAF', 'RATE_LIMITED'],
    ['ResourceNotFoundException', '', 'UNREACHABLE'],
    ['', '', 'UNREACHABLE'],
  ])('%s "%s" ends a password attempt with %s', async (code, message, refusal) => {
    const { deps } = browser([fault(code, message)]);
    expect(await SignIn.open(deps, phone).withPassword('wrong')).toEqual({
      kind: 'ENDED',
      email: EMAIL,
      loginMethod: 'PHONE',
      refusal: { code: refusal, attemptId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
  });

  test('name the attempt by which support finds it, the same after a reload', async () => {
    const { deps } = browser([CHOOSE_FACTOR, fault('NetworkError')]);
    await SignIn.open(deps, phone).withPassword('secret');
    const { attemptId } = deps.saved.read() ?? {};
    const resumed = SignIn.resume(deps)?.signIn;
    expect(await resumed?.chooseFactor('SMS')).toMatchObject({
      refusal: { code: 'UNREACHABLE', attemptId },
    });
  });

  test.each(['NotAuthorizedException', 'UserLambdaValidationException', 'AliasExistsException'])(
    '%s ends a sign-in that has shown a challenge',
    async (code) => {
      const { deps } = browser([CHOOSE_FACTOR, fault(code)]);
      const signIn = SignIn.open(deps, phone);
      await signIn.withPassword('secret');
      expect(await signIn.chooseFactor('SMS')).toMatchObject({
        kind: 'ENDED',
        refusal: { code: 'SIGN_IN_ENDED' },
      });
      expect(deps.saved.read()).toBeUndefined();
    },
  );

  test.each([
    ['NetworkError', 'UNREACHABLE'],
    ['InternalErrorException', 'UNREACHABLE'],
    ['TooManyRequestsException', 'RATE_LIMITED'],
  ])(
    '%s leaves the challenge open with %s, and the step can be repeated',
    async (code, refusal) => {
      const { deps, steps } = browser([CHOOSE_FACTOR, enterCode(), fault(code), tokens]);
      const signIn = SignIn.open(deps, phone);
      await signIn.withPassword('secret');
      await signIn.chooseFactor('SMS');
      expect(await signIn.enterCode('123456')).toMatchObject({
        kind: 'CHALLENGE',
        challenge: { challenge: 'ENTER_CODE' },
        refusal: { code: refusal },
      });
      expect(await signIn.enterCode('123456')).toMatchObject({ kind: 'SIGNED_IN' });
      expect(steps.slice(-2)).toEqual([
        { step: 'answer', given: { code: '123456' } },
        { step: 'answer', given: { code: '123456' } },
      ]);
    },
  );
});

describe('a reload', () => {
  test('resumes the challenge that was shown, with the session of Cognito', async () => {
    const storage = memoryStorage();
    const before = browser([CHOOSE_FACTOR, enterCode()], { storage });
    const signIn = SignIn.open(before.deps, remembering);
    await signIn.withPassword('secret');
    await signIn.chooseFactor('SMS');
    const after = browser([tokens], { storage });
    const resumed = SignIn.resume(after.deps);
    expect(resumed?.state).toMatchObject({
      kind: 'CHALLENGE',
      email: EMAIL,
      loginMethod: 'PHONE',
      challenge: { challenge: 'ENTER_CODE', destination: '***-***-0143' },
    });
    expect(after.opened).toEqual([['cognito-username', expect.stringMatching(/^session-/)]]);
    expect(await resumed?.signIn.enterCode('123456')).toMatchObject({ kind: 'SIGNED_IN' });
  });

  test('keeps the wish to be remembered', async () => {
    const storage = memoryStorage();
    const before = browser([CHOOSE_FACTOR, enterCode()], { storage });
    const signIn = SignIn.open(before.deps, remembering);
    await signIn.withPassword('secret');
    await signIn.chooseFactor('SMS');
    const after = browser([tokens], { storage });
    await SignIn.resume(after.deps)?.signIn.enterCode('123456');
    expect(after.device()).toMatchObject({ deviceId: 'new-device', email: EMAIL });
  });

  test('resumes nothing before a challenge was shown', () => {
    expect(SignIn.resume(browser([]).deps)).toBeUndefined();
  });

  test('resumes nothing after the sign-in', async () => {
    const { deps } = browser([CHOOSE_FACTOR, enterCode(), tokens]);
    const signIn = SignIn.open(deps, phone);
    await signIn.withPassword('secret');
    await signIn.chooseFactor('SMS');
    await signIn.enterCode('123456');
    expect(SignIn.resume(deps)).toBeUndefined();
  });

  test('does not keep the password, a code or a proof in the storage', async () => {
    const { deps, storage } = browser([CHOOSE_FACTOR, enterCode(), enterCode()]);
    const signIn = SignIn.open(deps, phone);
    await signIn.withPassword('Correct-Horse-9-Battery');
    await signIn.chooseFactor('SMS');
    await signIn.enterCode('918273');
    const text = Array.from({ length: storage.length }, (_, index) =>
      storage.getItem(storage.key(index) ?? ''),
    ).join('\n');
    expect(text).not.toContain('Correct-Horse-9-Battery');
    expect(text).not.toContain('918273');
  });
});

describe('a sign-in with a ticket', () => {
  test('needs no password', async () => {
    const { deps, steps } = browser([PROVE_DEVICE, tokens]);
    expect(await SignIn.open(deps, phone).withTicket('ticket')).toEqual({
      kind: 'SIGNED_IN',
      loginMethod: 'PHONE',
    });
    expect(steps).toEqual([{ step: 'begin' }, { step: 'answer', given: { ticket: 'ticket' } }]);
  });

  test('leads to the terms of a person who has not accepted them', async () => {
    const { deps } = browser([PROVE_DEVICE, ACCEPT_TERMS]);
    expect(await SignIn.open(deps, phone).withTicket('ticket')).toMatchObject({
      challenge: { challenge: 'ACCEPT_TERMS' },
    });
  });

  test('remembers the device for the chosen login method', async () => {
    const { deps, device } = browser([PROVE_DEVICE, tokens]);
    await SignIn.open(deps, remembering).withTicket('ticket');
    expect(device()).toMatchObject({ deviceId: 'new-device', loginMethod: 'PHONE' });
  });

  test('ends with TICKET_INVALID if the ticket is refused, and keeps nothing', async () => {
    const { deps, device } = browser([PROVE_DEVICE, fault('NotAuthorizedException')]);
    expect(await SignIn.open(deps, remembering).withTicket('old')).toMatchObject({
      kind: 'ENDED',
      refusal: { code: 'TICKET_INVALID' },
    });
    expect(device()).toBeUndefined();
  });

  test.each([
    ['NetworkError', 'UNREACHABLE'],
    ['TooManyRequestsException', 'RATE_LIMITED'],
  ])('reports %s as %s, because the ticket may still be valid', async (code, refusal) => {
    const { deps } = browser([fault(code)]);
    expect(await SignIn.open(deps, phone).withTicket('ticket')).toMatchObject({
      kind: 'ENDED',
      refusal: { code: refusal },
    });
  });
});

describe('a locked account', () => {
  test('is shown with the end of the lock', async () => {
    const locked = challenge({
      challenge: 'CHOOSE_FACTOR',
      factors: 'EMAIL',
      maskedEmail: 'p***@cedargrove.example',
      reason: 'ACCOUNT_LOCKED',
      lockedUntil: '2026-01-01T01:00:00.000Z',
    });
    const { deps } = browser([locked]);
    expect(await SignIn.open(deps, phone).withPassword('secret')).toMatchObject({
      challenge: { lockedUntil: '2026-01-01T01:00:00.000Z' },
      refusal: { code: 'ACCOUNT_LOCKED' },
    });
  });
});
