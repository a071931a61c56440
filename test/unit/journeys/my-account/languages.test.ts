import { describe, expect, test } from '@jest/globals';
import { TokenFlowsStore } from '../../../../lambdas/capabilities/token-flows/token-flows.store.ts';
import type { PhoneChange } from '../../../../lambdas/journeys/my-account/change.rules.ts';
import { changePhone } from '../../../../lambdas/journeys/my-account/change-phone.ts';
import { chooseLanguage, meOf } from '../../../../lambdas/journeys/my-account/me.ts';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount, SOURCE } from '../../../fakes/builders.ts';

async function signedIn(language?: 'en' | 'es') {
  const backend = new Backend();
  const account = await backend.has(anAccount({ language }));
  const { devices, pool } = backend;
  return { backend, account, deps: { ...backend.shared, devices, pool } };
}

describe('choosing a language', () => {
  test('keeps it on the account and records it', async () => {
    const { backend, account, deps } = await signedIn();
    expect(meOf(account)).not.toHaveProperty('language');
    expect(await chooseLanguage(deps, account, 'es')).toMatchObject({ language: 'es' });
    expect(await backend.account()).toMatchObject({ language: 'es', epoch: 1 });
    expect(backend.trail()).toMatchObject([
      { event: 'LANGUAGE_CHANGED', outcome: 'ES', actor: 'SELF' },
    ]);
  });

  test('that is chosen already writes nothing', async () => {
    const { backend, account, deps } = await signedIn('es');
    backend.database.failNext('commit');
    expect(await chooseLanguage(deps, account, 'es')).toMatchObject({ language: 'es' });
    expect(backend.trail()).toEqual([]);
  });

  test('is refused to a session that ended meanwhile, and changes nothing', async () => {
    const { backend, account, deps } = await signedIn('en');
    await backend.alter('account-1', { epoch: 2 });
    expect(await chooseLanguage(deps, account, 'es')).toEqual({ refused: 'TOKEN_INVALID' });
    expect(await backend.account()).toMatchObject({ language: 'en' });
    expect(backend.trail()).toEqual([]);
  });

  test('is an outage while the database does not answer', async () => {
    const { backend, account, deps } = await signedIn('en');
    backend.database.failNext('commit');
    await expect(chooseLanguage(deps, account, 'es')).rejects.toMatchObject({
      name: 'StoreUnavailable',
    });
    expect(await backend.account()).toMatchObject({ language: 'en' });
  });
});

describe('the code of a change', () => {
  const changing = async (onAccount?: 'en' | 'es', ofPage?: 'en' | 'es') => {
    const { backend, account } = await signedIn(onAccount);
    const { settings, database } = backend;
    const flows = new TokenFlowsStore<PhoneChange>(database, 'flows');
    const deps = { ...backend.shared, settings, flows };
    const asker = { account, source: SOURCE, language: ofPage };
    await changePhone(deps, asker, { phoneNumber: '(202) 555-0177', channel: 'SMS' });
    return backend.text.sent[0]?.text;
  };

  test('comes in the language that its owner chose', async () => {
    expect(await changing('es', 'en')).toContain('para verificar este teléfono');
  });

  test('comes in that of the page where none was chosen', async () => {
    expect(await changing(undefined, 'es')).toContain('para verificar este teléfono');
    expect(await changing()).toContain('is your verification code');
  });
});
