import { describe, expect, test } from '@jest/globals';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount, anEmailUser, MINUTE } from '../../../fakes/builders.ts';
import { deviceKey } from './device-key.ts';
import { SignIn } from './sign-in.ts';

const TICKET = 't'.repeat(43);

/** An account with a ticket that was issued a moment ago. */
async function withTicket(more: Parameters<typeof anAccount>[0] = {}) {
  const backend = new Backend();
  const account = await backend.has(anAccount(more));
  const holder = { ...account, loginMethod: account.method ?? ('PHONE' as const) };
  await backend.write(backend.tickets.issue(TICKET, holder, backend.now()));
  return backend;
}

describe('a ticket', () => {
  test('signs in without a password, as the method of the account', async () => {
    const backend = await withTicket();
    const signIn = await SignIn.withoutPassword(backend);
    expect(await signIn.answer({ ticket: TICKET })).toBe(true);
    expect(await signIn.tokens()).toMatchObject({ issued: { login_method: 'PHONE' } });
    expect(backend.eventNames()).toEqual(['TICKET_USED', 'SIGNED_IN']);
  });

  test('signs in after a password too', async () => {
    const backend = await withTicket();
    const signIn = await SignIn.afterPassword(backend);
    expect(await signIn.answer({ ticket: TICKET })).toBe(true);
    expect(signIn.next).toEqual({ next: 'TOKENS' });
  });

  test('may have the browser remembered', async () => {
    const backend = await withTicket();
    const { jwk } = deviceKey();
    const signIn = await SignIn.withoutPassword(backend);
    await signIn.answer({ ticket: TICKET, rememberDevice: { publicKey: jwk } });
    expect(backend.database.all('rememberedDevices')).toHaveLength(1);
  });

  test('passes once: another sign-in with it ends', async () => {
    const backend = await withTicket();
    const first = await SignIn.withoutPassword(backend);
    await first.answer({ ticket: TICKET });
    const second = await SignIn.withoutPassword(backend);
    expect(await second.answer({ ticket: TICKET })).toBe(false);
    expect(second.next).toMatchObject({ next: 'FAIL' });
  });

  test('passes one of fifty sign-ins at once', async () => {
    const backend = await withTicket();
    const flows = await Promise.all(
      Array.from({ length: 50 }, () => SignIn.withoutPassword(backend)),
    );
    const judged = await Promise.all(flows.map((flow) => flow.judge({ ticket: TICKET })));
    expect(judged.filter(Boolean)).toHaveLength(1);
    expect((await backend.account()).grants).toHaveLength(1);
  });

  test('has the same outcome for a repeat of the same answer', async () => {
    const backend = await withTicket();
    const signIn = await SignIn.withoutPassword(backend);
    backend.database.failNext('commit', { afterEffect: true });
    await expect(signIn.judge({ ticket: TICKET })).rejects.toMatchObject({
      name: 'StoreUnavailable',
    });
    expect(await signIn.judge({ ticket: TICKET })).toBe(true);
  });

  test('after five minutes has ended; after a password the choice comes back', async () => {
    const backend = await withTicket();
    backend.clock.pass(5 * MINUTE);
    const signIn = await SignIn.afterPassword(backend);
    await signIn.answer({ ticket: TICKET });
    expect(signIn.parameters).toMatchObject({
      challenge: 'CHOOSE_FACTOR',
      reason: 'TICKET_INVALID',
    });
  });

  test('from before a revocation is invalid', async () => {
    const backend = await withTicket();
    await backend.alter('account-1', { epoch: 2 });
    const signIn = await SignIn.withoutPassword(backend);
    expect(await signIn.answer({ ticket: TICKET })).toBe(false);
  });

  test('of another account passes nobody', async () => {
    const backend = await withTicket();
    await backend.has(
      anEmailUser({ accountId: 'account-2', username: 'other', email: 'o@cedargrove.example' }),
    );
    const signIn = await SignIn.withoutPassword(backend, 'account-2');
    expect(await signIn.answer({ ticket: TICKET })).toBe(false);
  });
});

describe('the terms in force', () => {
  const outdated = { acceptedTermsVersion: '2026-09' };

  /** Proven by a ticket, with the terms still to accept. */
  async function atTerms() {
    const backend = await withTicket(outdated);
    const signIn = await SignIn.withoutPassword(backend);
    await signIn.answer({ ticket: TICKET });
    return { backend, signIn };
  }

  test('are shown after the proof, with the address of their text', async () => {
    const { signIn } = await atTerms();
    expect(signIn.next).toEqual({ next: 'CUSTOM_CHALLENGE' });
    expect(signIn.parameters).toEqual({
      challenge: 'ACCEPT_TERMS',
      termsVersion: '2026-10',
      termsUrl: 'https://api.example/terms/current',
    });
  });

  test('yield no tokens before they are accepted', async () => {
    const { backend, signIn } = await atTerms();
    expect(await signIn.tokens()).toEqual({ refused: 'NO_GRANT' });
    expect(backend.eventNames()).toEqual(['TICKET_USED']);
  });

  test('lead to tokens once accepted, and the acceptance is kept', async () => {
    const { backend, signIn } = await atTerms();
    expect(await signIn.answer({ acceptTerms: '2026-10' })).toBe(true);
    expect(await signIn.tokens()).toMatchObject({ issued: { login_method: 'PHONE' } });
    expect(backend.database.all('termsAcceptances')).toEqual([
      {
        accountId: 'account-1',
        version: '2026-10',
        sha256: 'a'.repeat(64),
        acceptedAt: backend.now(),
        loginMethod: 'PHONE',
        flowId: signIn.flowId,
      },
    ]);
    expect(await backend.account()).toMatchObject({ acceptedTermsVersion: '2026-10' });
    expect(backend.eventNames()).toEqual(['TICKET_USED', 'TERMS_ACCEPTED', 'SIGNED_IN']);
  });

  test('of another version are outdated', async () => {
    const { signIn } = await atTerms();
    expect(await signIn.answer({ acceptTerms: '2026-09' })).toBe(false);
    expect(signIn.parameters).toMatchObject({
      challenge: 'ACCEPT_TERMS',
      reason: 'TERMS_OUTDATED',
    });
    expect(await signIn.answer({ acceptTerms: '2026-10' })).toBe(true);
  });

  test('that a new version replaces are accepted once more where the answer is repeated', async () => {
    const { backend, signIn } = await atTerms();
    expect(await signIn.judge({ acceptTerms: '2026-10' })).toBe(true);
    backend.settings.terms.version = '2026-11';
    expect(await signIn.judge({ acceptTerms: '2026-10' })).toBe(true);
    expect((await backend.account()).grants).toHaveLength(1);
  });

  test('are shown again for an answer of no form', async () => {
    const { signIn } = await atTerms();
    await signIn.answer({ accept: true });
    expect(signIn.parameters).toMatchObject({
      challenge: 'ACCEPT_TERMS',
      reason: 'ANSWER_INVALID',
    });
  });

  test('are accepted once by two answers at once', async () => {
    const { backend, signIn } = await atTerms();
    const given = { acceptTerms: '2026-10' };
    expect(await Promise.all([signIn.judge(given), signIn.judge(given)])).toEqual([true, true]);
    expect((await backend.account()).grants).toHaveLength(1);
    expect(backend.database.all('termsAcceptances')).toHaveLength(1);
  });

  test('are accepted at the repeat where any call of the database fails', async () => {
    for (let calls = 0; calls < 3; calls += 1)
      for (const afterEffect of [false, true]) {
        const { backend, signIn } = await atTerms();
        backend.database.failAfter(calls, { afterEffect });
        await expect(signIn.judge({ acceptTerms: '2026-10' })).rejects.toMatchObject({
          name: 'StoreUnavailable',
        });
        expect(await signIn.judge({ acceptTerms: '2026-10' })).toBe(true);
        expect((await backend.account()).grants).toHaveLength(1);
      }
  });

  test('are not accepted for an account that was reset meanwhile', async () => {
    const { backend, signIn } = await atTerms();
    await backend.alter('account-1', { status: 'RESET', epoch: 2 });
    expect(await signIn.answer({ acceptTerms: '2026-10' })).toBe(false);
    expect(signIn.parameters).toMatchObject({ challenge: 'REGISTRATION_INCOMPLETE' });
    expect(backend.database.all('termsAcceptances')).toEqual([]);
  });

  test('that the account accepted in another flow meanwhile are accepted without a second record', async () => {
    const { backend, signIn } = await atTerms();
    const [write] = await backend.acceptances.writesOnce({
      accountId: 'account-1',
      version: '2026-10',
      sha256: '',
      acceptedAt: 1,
      loginMethod: 'EMAIL',
      flowId: 'another',
    });
    await backend.write(...(write === undefined ? [] : [write]));
    expect(await signIn.answer({ acceptTerms: '2026-10' })).toBe(true);
    expect(backend.database.all('termsAcceptances')).toMatchObject([{ flowId: 'another' }]);
  });
});
