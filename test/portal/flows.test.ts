import { describe, expect, test } from '@jest/globals';
import {
  createMfaRegistration,
  createPasswordReset,
  createProviderRegistration,
} from '../../packages/auth-client/src/flows.ts';
import { createLinkShelf } from '../../packages/auth-client/src/link-shelf.ts';
import { keptIn } from '../../packages/auth-client/src/tab-storage.ts';
import { fakeApi, memoryStorage } from './fakes.ts';

const EMAIL = 'pat@cedargrove.example';
/** An "é" of two characters, which NFC composes to one. */
const DECOMPOSED = 'cafe\u0301-racer-9';
const COMPOSED = 'caf\u00e9-racer-9';

type Answers = Parameters<typeof fakeApi>[0];

function registration(answers: Answers, storage = memoryStorage(), lasting = memoryStorage()) {
  const { call, calls } = fakeApi(answers);
  const flow = createMfaRegistration(
    call,
    keptIn(storage, 'flow'),
    createLinkShelf(() => lasting),
  );
  return { flow, calls, storage };
}
function reset(answers: Answers, storage = memoryStorage()) {
  const { call, calls } = fakeApi(answers);
  return { flow: createPasswordReset(call, keptIn(storage, 'flow')), calls, storage };
}
function signUp(answers: Answers, storage = memoryStorage()) {
  const { call, calls } = fakeApi(answers);
  return { flow: createProviderRegistration(call, keptIn(storage, 'flow')), calls, storage };
}

const opened = { flowToken: 'token', registration: { step: 'CHOOSE_METHOD' } };
const at = (step: string, more: object = {}) => ({ registration: { step }, ...more });

describe('an MFA registration', () => {
  test('is not open at first', () => {
    const { flow } = registration({});
    expect([flow.isOpen, flow.email]).toEqual([false, undefined]);
  });

  test('opens with the portal login, whose password is normalized', async () => {
    const { flow, calls } = registration({ openMfaRegistration: [opened] });
    expect(await flow.openByPortalLogin('jrivera', DECOMPOSED)).toEqual({
      ok: true,
      value: { state: { step: 'CHOOSE_METHOD' } },
    });
    expect(calls[0]?.body).toEqual({ username: 'jrivera', password: COMPOSED });
    expect(flow.isOpen).toBe(true);
  });

  test('opens with a mailed link', async () => {
    const { flow, calls } = registration({ openMfaRegistration: [opened] });
    await flow.openByLink('link-token');
    expect(calls[0]?.body).toEqual({ linkToken: 'link-token' });
    expect(flow.isOpen).toBe(true);
  });

  test('goes on by the same link in another tab of the browser, and by no other link', async () => {
    const lasting = memoryStorage();
    const first = registration({ openMfaRegistration: [opened] }, memoryStorage(), lasting);
    await first.flow.openByLink('link-token');
    expect(JSON.stringify(lasting.getItem('portal-auth.opened-by-link'))).not.toContain('token"');
    const answers = { getMfaRegistration: [at('VERIFY_EMAIL')] };
    const { flow, calls } = registration(answers, memoryStorage(), lasting);
    expect(await flow.resumeByLink('another-link')).toBe(false);
    expect(calls).toEqual([]);
    expect(await flow.resumeByLink('link-token')).toBe(true);
    expect(calls).toEqual([{ name: 'getMfaRegistration', token: 'token' }]);
    expect(flow.isOpen).toBe(true);
  });

  test.each<[string, 'FLOW_EXPIRED' | object]>([
    ['has ended', 'FLOW_EXPIRED'],
    ['is done', at('DONE')],
  ])('does not go on by a link whose registration %s', async (_what, answer) => {
    const lasting = memoryStorage();
    await registration({ openMfaRegistration: [opened] }, undefined, lasting).flow.openByLink('l');
    const { flow } = registration({ getMfaRegistration: [answer] }, undefined, lasting);
    expect(await flow.resumeByLink('l')).toBe(false);
    expect(flow.isOpen).toBe(false);
  });

  test('is not opened by the answer to a page that the person has left for another link', async () => {
    const lasting = memoryStorage();
    await registration({ openMfaRegistration: [opened] }, undefined, lasting).flow.openByLink('l');
    const kept = lasting.getItem('portal-auth.opened-by-link');
    const { flow } = registration(
      { getMfaRegistration: [at('CHOOSE_METHOD')], openMfaRegistration: [opened] },
      undefined,
      lasting,
    );
    const page = new AbortController();
    const answers = [flow.resumeByLink('l', page.signal), flow.openByLink('n', page.signal)];
    page.abort();
    expect((await Promise.all(answers))[0]).toBe(false);
    expect(flow.isOpen).toBe(false);
    expect(lasting.getItem('portal-auth.opened-by-link')).toBe(kept);
  });

  test('leaves nothing for the link once it is closed', async () => {
    const lasting = memoryStorage();
    const { flow } = registration({ openMfaRegistration: [opened] }, undefined, lasting);
    await flow.openByLink('l');
    flow.close();
    expect(lasting.length).toBe(0);
  });

  test.each(['CREDENTIALS_INVALID', 'LINK_INVALID', 'ALREADY_REGISTERED'] as const)(
    'stays closed after %s',
    async (code) => {
      const { flow } = registration({ openMfaRegistration: [code] });
      expect(await flow.openByLink('used')).toEqual({ ok: false, refusal: { code } });
      expect(flow.isOpen).toBe(false);
    },
  );

  test('sends its flow token with every step', async () => {
    const { flow, calls } = registration({
      openMfaRegistration: [opened],
      getMfaRegistration: [at('CHOOSE_METHOD')],
      chooseMethod: [at('ENTER_EMAIL')],
      enterEmail: [at('VERIFY_EMAIL')],
      verifyEmail: [at('SET_PASSWORD')],
      setPassword: [at('ENTER_PHONE')],
      enterPhone: [at('VERIFY_PHONE')],
      verifyPhone: [at('VERIFY_PHONE'), at('DONE', { ticket: 'ticket' })],
    });
    await flow.openByLink('link');
    await flow.current();
    await flow.chooseMethod('PHONE');
    await flow.enterEmail(EMAIL);
    await flow.verifyEmail('123456');
    await flow.setPassword(DECOMPOSED);
    await flow.phone.enter('+1 202 555 0143', 'SMS');
    await flow.phone.verify('654321');
    expect(await flow.phone.confirmCall()).toEqual({
      ok: true,
      value: { state: { step: 'DONE' }, ticket: 'ticket' },
    });
    expect(calls.slice(1).map(({ token }) => token)).toEqual(Array(8).fill('token'));
    expect(calls.slice(2).map(({ body }) => body)).toEqual([
      { method: 'PHONE' },
      { email: EMAIL },
      { code: '123456' },
      { password: COMPOSED },
      { phoneNumber: '+1 202 555 0143', channel: 'SMS' },
      { code: '654321' },
      { call: 'CONFIRMED' },
    ]);
  });

  test('survives a reload with the e-mail address as typed', async () => {
    const { flow, storage } = registration({
      openMfaRegistration: [opened],
      enterEmail: [at('VERIFY_EMAIL')],
    });
    await flow.openByLink('link');
    await flow.enterEmail(EMAIL);
    const { flow: reloaded, calls } = registration(
      { getMfaRegistration: [at('VERIFY_EMAIL')] },
      storage,
    );
    expect([reloaded.isOpen, reloaded.email]).toEqual([true, EMAIL]);
    expect(await reloaded.current()).toMatchObject({ value: { state: { step: 'VERIFY_EMAIL' } } });
    expect(calls[0]?.token).toBe('token');
  });

  test('does not keep an address that was refused', async () => {
    const { flow } = registration({
      openMfaRegistration: [opened],
      enterEmail: ['WORKFORCE_EMAIL'],
    });
    await flow.openByLink('link');
    await flow.enterEmail('a@workforce.example');
    expect(flow.email).toBeUndefined();
  });

  test('keeps the typed phone number for another text or call until a reload', async () => {
    const { flow, storage } = registration({
      openMfaRegistration: [opened],
      enterPhone: ['PHONE_INVALID', at('VERIFY_PHONE')],
    });
    expect(flow.phone.typed).toBeUndefined();
    await flow.openByLink('link');
    await flow.phone.enter('555', 'SMS');
    await flow.phone.enter('202 555 0143', 'CALL');
    expect(flow.phone.typed).toBe('202 555 0143');
    expect(registration({}, storage).flow.phone.typed).toBeUndefined();
  });

  test.each(['FLOW_EXPIRED', 'TOKEN_INVALID'] as const)('closes after %s', async (code) => {
    const { flow } = registration({ openMfaRegistration: [opened], verifyEmail: [code] });
    await flow.openByLink('link');
    expect(await flow.verifyEmail('123456')).toEqual({ ok: false, refusal: { code } });
    expect(flow.isOpen).toBe(false);
  });

  test.each(['CODE_MISMATCH', 'STEP_OUT_OF_ORDER', 'UNREACHABLE', 'RATE_LIMITED'] as const)(
    'stays open after %s',
    async (code) => {
      const { flow } = registration({ openMfaRegistration: [opened], verifyEmail: [code] });
      await flow.openByLink('link');
      await flow.verifyEmail('123456');
      expect(flow.isOpen).toBe(true);
    },
  );

  test('closes when the person leaves it', async () => {
    const { flow, storage } = registration({ openMfaRegistration: [opened] });
    await flow.openByLink('link');
    flow.close();
    expect([flow.isOpen, storage.length]).toEqual([false, 0]);
  });
});

describe('a password reset', () => {
  const started = { flowToken: 'token', reset: { step: 'VERIFY_EMAIL', maskedEmail: 'p***@…' } };
  const standing = (step: string, more: object = {}) => ({
    reset: { step, maskedEmail: 'p***@…' },
    ...more,
  });

  test('starts with the address and keeps it for the sign-in at its end', async () => {
    const { flow, calls } = reset({ startPasswordReset: [started] });
    expect(await flow.start(EMAIL)).toMatchObject({ value: { state: { step: 'VERIFY_EMAIL' } } });
    expect(calls).toEqual([{ name: 'startPasswordReset', body: { email: EMAIL } }]);
    expect([flow.isOpen, flow.email]).toEqual([true, EMAIL]);
  });

  test('stays closed if it cannot start', async () => {
    const { flow } = reset({ startPasswordReset: ['RATE_LIMITED'] });
    expect(await flow.start(EMAIL)).toEqual({ ok: false, refusal: { code: 'RATE_LIMITED' } });
    expect(flow.isOpen).toBe(false);
  });

  test('takes both factors and a normalized password, and ends with a ticket', async () => {
    const { flow, calls } = reset({
      startPasswordReset: [started],
      getPasswordReset: [standing('VERIFY_EMAIL')],
      resendResetEmail: [standing('VERIFY_EMAIL')],
      verifyResetEmail: [standing('CHOOSE_CHANNEL')],
      chooseResetChannel: [standing('VERIFY_PHONE')],
      verifyResetPhone: ['CODE_MISMATCH', standing('SET_PASSWORD')],
      resetPassword: [standing('DONE', { ticket: 'ticket' })],
    });
    await flow.start(EMAIL);
    await flow.current();
    await flow.resendEmail();
    await flow.verifyEmail('111111');
    await flow.chooseChannel('CALL');
    await flow.verifyPhone('222222');
    await flow.confirmCall();
    expect(await flow.setPassword(DECOMPOSED)).toMatchObject({
      value: { state: { step: 'DONE' }, ticket: 'ticket' },
    });
    expect(calls.slice(1).map(({ token }) => token)).toEqual(Array(7).fill('token'));
    expect(calls.slice(2).map(({ body }) => body)).toEqual([
      {},
      { code: '111111' },
      { channel: 'CALL' },
      { code: '222222' },
      { call: 'CONFIRMED' },
      { password: COMPOSED },
    ]);
  });

  test('survives a reload', async () => {
    const { flow, storage } = reset({ startPasswordReset: [started] });
    await flow.start(EMAIL);
    const { flow: reloaded } = reset({}, storage);
    expect([reloaded.isOpen, reloaded.email]).toEqual([true, EMAIL]);
  });

  test('closes when it has expired', async () => {
    const { flow } = reset({ startPasswordReset: [started], getPasswordReset: ['FLOW_EXPIRED'] });
    await flow.start(EMAIL);
    await flow.current();
    expect([flow.isOpen, flow.email]).toEqual([false, undefined]);
  });

  test('closes when the person leaves it', async () => {
    const { flow } = reset({ startPasswordReset: [started] });
    await flow.start(EMAIL);
    flow.close();
    expect(flow.isOpen).toBe(false);
  });
});

describe('a provider registration', () => {
  const provider = { npi: '1234567893', name: 'Cedar Grove' };
  const started = { flowToken: 'token', expiresAt: '2026-01-01T01:00:00.000Z', provider };
  const created = {
    username: 'pat',
    maskedEmail: 'p***@…',
    linkExpiresAt: '2026-01-01T00:20:00.000Z',
  };
  const details = {
    username: 'pat',
    firstName: 'Pat',
    lastName: 'Phone',
    email: EMAIL,
    phone: '202 555 0143',
  };

  test('has three states, which survive a reload', async () => {
    const storage = memoryStorage();
    const { flow } = signUp(
      { startProviderRegistration: [started], createAccount: [created] },
      storage,
    );
    expect(flow.standing).toEqual({});
    await flow.start('1234567893', 'CODE');
    expect(signUp({}, storage).flow.standing).toEqual({ started });
    await flow.createAccount(details);
    expect(signUp({}, storage).flow.standing).toEqual({
      started,
      created,
      email: details.email,
    });
  });

  test('sends NPI and code, then the details with the flow token', async () => {
    const { flow, calls } = signUp({
      startProviderRegistration: [started],
      createAccount: [created],
    });
    await flow.start('1234567893', 'CODE');
    await flow.createAccount(details);
    expect(calls).toEqual([
      {
        name: 'startProviderRegistration',
        body: { npi: '1234567893', registrationCode: 'CODE' },
      },
      { name: 'createAccount', token: 'token', body: details },
    ]);
  });

  test('shows the corrected address of the link', async () => {
    const corrected = { ...created, maskedEmail: 'q***@…' };
    const { flow, calls } = signUp({
      startProviderRegistration: [started],
      createAccount: [created],
      correctContactEmail: [corrected],
    });
    await flow.start('1234567893', 'CODE');
    await flow.createAccount(details);
    await flow.correctEmail('quinn@cedargrove.example');
    expect(flow.standing.created).toEqual(corrected);
    expect(calls.at(-1)).toMatchObject({ token: 'token' });
  });

  test('stays at its first state after a wrong code', async () => {
    const { flow } = signUp({ startProviderRegistration: ['REGISTRATION_CODE_INVALID'] });
    await flow.start('1234567893', 'WRONG');
    expect(flow.standing).toEqual({});
  });

  test.each(['USERNAME_TAKEN', 'REGISTRATION_CODE_INVALID', 'UNREACHABLE'] as const)(
    'keeps its state after %s',
    async (code) => {
      const { flow } = signUp({ startProviderRegistration: [started], createAccount: [code] });
      await flow.start('1234567893', 'CODE');
      await flow.createAccount(details);
      expect(flow.standing).toEqual({ started });
    },
  );

  test.each(['FLOW_EXPIRED', 'TOKEN_INVALID'] as const)('starts over after %s', async (code) => {
    const { flow } = signUp({ startProviderRegistration: [started], createAccount: [code] });
    await flow.start('1234567893', 'CODE');
    await flow.createAccount(details);
    expect(flow.standing).toEqual({});
  });
});
