/** Sign-ins of one account that overlap: what a refresh may claim of each. */
import { describe, expect, test } from '@jest/globals';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount, HOUR, MINUTE } from '../../../fakes/builders.ts';
import { SignIn } from './sign-in.ts';

async function backendWith(more: Parameters<typeof anAccount>[0] = {}) {
  const backend = new Backend();
  await backend.has(anAccount(more));
  return backend;
}

async function askForText(backend: Backend) {
  const signIn = await SignIn.afterPassword(backend);
  await signIn.answer({ factor: 'SMS' });
  return { signIn, code: backend.text.lastCode() };
}

async function signInByEmail(backend: Backend) {
  const signIn = await SignIn.afterPassword(backend);
  await signIn.answer({ factor: 'EMAIL' });
  await signIn.answer({ code: backend.email.lastCode() });
  await signIn.tokens();
  return { signIn, factorAt: backend.now() / 1000 };
}

const claimed = (factorAt: number) => ({ issued: { factor_at: factorAt } });

describe('a refresh', () => {
  test('claims no later factor of a sign-in that had begun before its own', async () => {
    const backend = await backendWith();
    const other = await askForText(backend);
    const { signIn, factorAt } = await signInByEmail(backend);
    backend.clock.pass(4 * MINUTE);
    expect(await other.signIn.answer({ code: other.code })).toBe(true);
    expect(await signIn.tokens('REFRESH')).toMatchObject(claimed(factorAt));
  });

  test('claims the new factor where every earlier session has ended', async () => {
    const backend = await backendWith();
    await signInByEmail(backend);
    backend.clock.pass(4 * HOUR);
    const { signIn, factorAt } = await signInByEmail(backend);
    expect(await signIn.tokens('REFRESH')).toMatchObject(claimed(factorAt));
  });

  test('claims the factor of a session that began before its time was kept', async () => {
    const backend = await backendWith();
    const lastFactorAt = backend.now() - HOUR;
    await backend.alter('account-1', { lastFactorAt });
    const { signIn } = await signInByEmail(backend);
    expect(await signIn.tokens('REFRESH')).toMatchObject(claimed(lastFactorAt / 1000));
  });
});
