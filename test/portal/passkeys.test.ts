import { describe, expect, test } from '@jest/globals';
import { dropOthers } from '../../packages/auth-client/src/cognito.ts';
import { passkeyRequest, usernameIn } from '../../packages/auth-client/src/passkeys.ts';
import { accepted, refused } from '../../packages/auth-client/src/refusals.ts';
import { SignIn } from '../../packages/auth-client/src/sign-in.ts';
import type { PasskeyAssertion } from '../../packages/auth-client/src/wire.ts';
import {
  ACCEPT_TERMS,
  browser,
  challenge,
  fakeApi,
  fault,
  memoryStorage,
  PROVE_DEVICE,
  tokens,
} from './fakes.ts';

const USERNAME = '1f0c7a52-8a57-4a19-9f3c-0b3f9f0f7a11';
const base64url = (text: string) => Buffer.from(text).toString('base64url');
const assertion = (userHandle?: string): PasskeyAssertion => ({
  id: 'cGFzc2tleQ',
  rawId: 'cGFzc2tleQ',
  type: 'public-key',
  clientExtensionResults: {},
  response: {
    clientDataJSON: 'e30',
    authenticatorData: 'AA',
    signature: 'AA',
    ...(userHandle === undefined ? {} : { userHandle: base64url(userHandle) }),
  },
});
const nobodyYet = { email: '', loginMethod: 'PHONE', remember: false } as const;
const chooseFactor = (factors: string, more: Record<string, string> = {}) =>
  challenge({ challenge: 'CHOOSE_FACTOR', factors, maskedEmail: 'p***@x.example', ...more });
const USE_PASSKEY = challenge({ challenge: 'USE_PASSKEY', options: '{"challenge":"YQ"}' });

describe('a passkey before an address is typed', () => {
  test('is asked for over a challenge of the backend, for the stage’s relying party', async () => {
    const { call } = fakeApi({ startPasskeySignIn: [{ challenge: 'abc', expiresAt: 'soon' }] });
    expect(await passkeyRequest(call, { passkeyRpId: 'portal.example' })).toEqual(
      accepted({ challenge: 'abc', rpId: 'portal.example', userVerification: 'required' }),
    );
  });

  test('is asked for at the page’s own host name by default, and not without a challenge', async () => {
    const { call } = fakeApi({ startPasskeySignIn: [{ challenge: 'abc' }, 'RATE_LIMITED'] });
    expect(await passkeyRequest(call, {})).toEqual(
      accepted({ challenge: 'abc', userVerification: 'required' }),
    );
    expect(await passkeyRequest(call, {})).toEqual(refused('RATE_LIMITED'));
  });

  test('begins the sign-in with its user handle, and sends no wish about this browser', async () => {
    const { deps, steps, opened } = browser([PROVE_DEVICE, ACCEPT_TERMS, tokens]);
    const passkey = assertion(USERNAME);
    const signIn = SignIn.open(deps, nobodyYet, usernameIn(passkey));
    expect(await signIn.withPasskey(passkey)).toMatchObject({
      challenge: { challenge: 'ACCEPT_TERMS' },
    });
    expect(await signIn.acceptTerms('2026-10')).toMatchObject({ kind: 'SIGNED_IN' });
    expect(opened).toEqual([[USERNAME, undefined]]);
    expect(steps.slice(0, 2)).toEqual([{ step: 'begin' }, { step: 'answer', given: { passkey } }]);
  });

  test('reads handles beyond ASCII, and takes one without a handle for nobody’s', () => {
    expect(usernameIn(assertion('añadir–ÿ'))).toBe('añadir–ÿ');
    expect(usernameIn(assertion())).toBe('cGFzc2tleQ');
  });

  test.each([
    ['NotAuthorizedException', 'PASSKEY_REFUSED'],
    ['UserNotFoundException', 'PASSKEY_REFUSED'],
    ['NetworkError', 'UNREACHABLE'],
    ['TooManyRequestsException', 'RATE_LIMITED'],
  ])('that meets %s ends with %s', async (code, refusal) => {
    for (const outcomes of [[fault(code)], [PROVE_DEVICE, fault(code)]]) {
      const { deps } = browser(outcomes);
      const state = await SignIn.open(deps, nobodyYet).withPasskey(assertion(USERNAME));
      expect(state).toMatchObject({ kind: 'ENDED', refusal: { code: refusal } });
    }
  });
});

describe('a passkey after a password', () => {
  const phone = { email: 'pat@x.example', loginMethod: 'PHONE', remember: true } as const;

  test('is a factor that leaves the others to choose', async () => {
    const { deps, steps } = browser([
      chooseFactor('SMS,EMAIL,PASSKEY,RECOVERY_CODE'),
      USE_PASSKEY,
      challenge({ challenge: 'USE_PASSKEY', options: '{}', reason: 'PASSKEY_INVALID' }),
      tokens,
    ]);
    const signIn = SignIn.open(deps, phone);
    await signIn.withPassword('secret');
    expect(await signIn.chooseFactor('PASSKEY')).toMatchObject({
      challenge: { challenge: 'USE_PASSKEY' },
      factors: ['SMS', 'EMAIL', 'PASSKEY', 'RECOVERY_CODE'],
      choice: { challenge: 'CHOOSE_FACTOR', maskedEmail: 'p***@x.example' },
    });
    expect(SignIn.resume(deps)?.state).toMatchObject({
      challenge: { challenge: 'USE_PASSKEY' },
      choice: { challenge: 'CHOOSE_FACTOR', maskedEmail: 'p***@x.example' },
    });
    expect(await signIn.usePasskey(assertion(USERNAME))).toMatchObject({
      refusal: { code: 'PASSKEY_INVALID' },
    });
    expect(await signIn.usePasskey(assertion(USERNAME))).toMatchObject({ kind: 'SIGNED_IN' });
    expect(steps.at(-1)).toEqual({ step: 'answer', given: { passkey: assertion(USERNAME) } });
  });

  test('is all that a locked account has left, after a reload too', async () => {
    const storage = memoryStorage();
    const locked = chooseFactor('SMS,EMAIL,PASSKEY', { reason: 'ACCOUNT_LOCKED' });
    const before = browser([locked, USE_PASSKEY], { storage });
    const opened = SignIn.open(before.deps, phone);
    expect(await opened.withPassword('secret')).toMatchObject({ factors: ['PASSKEY'] });
    await opened.chooseFactor('PASSKEY');
    const after = SignIn.resume(browser([], { storage }).deps);
    expect(after?.state).toMatchObject({
      challenge: { challenge: 'USE_PASSKEY' },
      factors: ['PASSKEY'],
    });
  });
});

describe('a recovery code', () => {
  const ENTER = challenge({
    challenge: 'ENTER_CODE',
    factor: 'RECOVERY_CODE',
    attemptsLeft: '5',
  });

  test.each([
    ['SMS,EMAIL,RECOVERY_CODE', 'PHONE'],
    ['EMAIL,RECOVERY_CODE', 'EMAIL'],
  ])('of an account with %s remembers the browser with %s', async (factors, loginMethod) => {
    const { deps, device } = browser([chooseFactor(factors), ENTER, tokens]);
    const wishes = { email: 'pat@x.example', loginMethod: 'PHONE', remember: true } as const;
    const signIn = SignIn.open(deps, wishes);
    await signIn.withPassword('secret');
    await signIn.chooseFactor('RECOVERY_CODE');
    await signIn.enterCode('ABCD-EFGH-JKMN');
    expect(device()).toMatchObject({ loginMethod });
  });
});

test('a sign-in leaves the tokens of no other name in the tab', () => {
  const library = 'CognitoIdentityServiceProvider.client';
  const storage = memoryStorage({
    [`${library}.LastAuthUser`]: 'uuid',
    [`${library}.uuid.accessToken`]: 'new',
    [`${library}.pat@x.example.accessToken`]: 'old',
    [`${library}.pat@x.example.refreshToken`]: 'old',
    'portal-auth.clock': '0',
  });
  dropOthers({ getClientId: () => 'client' }, storage, 'uuid');
  expect(Array.from({ length: storage.length }, (_, index) => storage.key(index))).toEqual([
    `${library}.LastAuthUser`,
    `${library}.uuid.accessToken`,
    'portal-auth.clock',
  ]);
});
