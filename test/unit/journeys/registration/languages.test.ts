import { describe, expect, test } from '@jest/globals';
import type { Account } from '../../../../lambdas/capabilities/accounts/account.rules.ts';
import { registrationCodeMessage } from '../../../../lambdas/capabilities/providers/registration-code.rules.ts';
import { TokenFlowsStore } from '../../../../lambdas/capabilities/token-flows/token-flows.store.ts';
import {
  createAccount,
  openProviderFlow,
  startProviderRegistration,
} from '../../../../lambdas/journeys/registration/provider-registration.ts';
import type { ProviderFlow } from '../../../../lambdas/journeys/registration/registration.rules.ts';
import { requestLink } from '../../../../lambdas/journeys/registration/request-link.ts';
import { Backend } from '../../../fakes/backend.ts';
import {
  anEnrolling,
  anImported,
  anInvited,
  aReset,
  PROVIDER,
  SOURCE,
} from '../../../fakes/builders.ts';
import { Registrant } from './registrant.ts';

async function backendWith(account: Account): Promise<Backend> {
  const backend = new Backend();
  await backend.has(account);
  return backend;
}

const lastMail = ({ email }: Backend) => email.sent.at(-1)?.email.text;

describe('the language of a registration', () => {
  test('is that of the page that opens it, in its mails, texts and calls', async () => {
    const backend = await backendWith(anImported());
    const person = await Registrant.byLink(backend, 'account-1', 'es');
    await person.toPassword('PHONE');
    expect(lastMail(backend)).toContain('Su código de verificación');
    await person.setPassword();
    await person.enterPhone('SMS');
    expect(backend.text.sent.at(-1)?.text).toContain('para verificar este teléfono');
    backend.clock.pass(60_000);
    await person.enterPhone('CALL');
    const [call] = backend.telephony.started;
    expect(call?.attributes).toMatchObject({
      language: 'es',
      thanksText: expect.stringContaining('Gracias'),
    });
  });

  test('is kept on the account once it is complete', async () => {
    const backend = await backendWith(anImported());
    const person = await Registrant.byLink(backend, 'account-1', 'es');
    await person.toPassword('EMAIL');
    expect(await backend.account()).not.toHaveProperty('language');
    await person.setPassword();
    expect(await backend.account()).toMatchObject({ status: 'ACTIVE', language: 'es' });
  });

  test('is kept with the password where a phone is still to come', async () => {
    const backend = await backendWith(anImported());
    const person = await Registrant.byLink(backend, 'account-1', 'es');
    await person.toPhone();
    expect(await backend.account()).toMatchObject({ status: 'ENROLLING', language: 'es' });
  });

  test('follows the page that takes the latest step', async () => {
    const backend = await backendWith(anImported());
    const person = await Registrant.byLink(backend, 'account-1', 'en');
    await person.toPhone();
    person.language = 'es';
    await person.enterPhone('SMS');
    person.language = undefined;
    await person.verifyText();
    expect(await backend.account()).toMatchObject({ status: 'ACTIVE', language: 'es' });
  });

  test('is the one on the account where the page names none', async () => {
    const backend = await backendWith(anImported({ language: 'es' }));
    const person = await Registrant.byPassword(backend);
    await person.toPassword('EMAIL');
    expect(lastMail(backend)).toContain('Su código de verificación');
    await person.setPassword();
    expect(await backend.account()).toMatchObject({ language: 'es' });
  });

  test('is English where neither names one', async () => {
    const backend = await backendWith(anImported());
    const person = await Registrant.byPassword(backend);
    await person.toPassword('EMAIL');
    expect(lastMail(backend)).toContain('Your verification code');
    await person.setPassword();
    expect(await backend.account()).not.toHaveProperty('language');
  });

  test('leaves the former one with the former destinations', async () => {
    const backend = await backendWith(aReset({ language: 'en', formerLanguage: 'es' }));
    const person = await Registrant.byLink(backend, 'account-1', 'es');
    await person.toPassword('EMAIL');
    await person.setPassword();
    expect(await backend.account()).toMatchObject({ language: 'es', formerLanguage: 'en' });
  });

  test('forgets that of an earlier enrolment where there was none before this one', async () => {
    const backend = await backendWith(aReset({ formerLanguage: 'es' }));
    const person = await Registrant.byLink(backend, 'account-1', 'es');
    await person.toPassword('EMAIL');
    await person.setPassword();
    expect(await backend.account()).not.toHaveProperty('formerLanguage');
  });

  test('does not replace the former one where the registration is resumed', async () => {
    const backend = await backendWith(anEnrolling({ language: 'es', formerLanguage: 'en' }));
    const person = await Registrant.byLink(backend, 'account-1', 'es');
    await person.enterPhone('SMS');
    await person.verifyText();
    expect(await backend.account()).toMatchObject({ language: 'es', formerLanguage: 'en' });
  });
});

describe('the language of a new provider', () => {
  test('is that of the page that creates the account', async () => {
    const backend = new Backend();
    const { npi } = PROVIDER;
    const code = 'CEDAR-7K4M-92QX';
    const mac = await backend.mac.mac(registrationCodeMessage(npi, code));
    await backend.write(
      backend.codes.saveProvider(PROVIDER),
      backend.codes.issue({ npi, code: mac, role: 'STANDARD', issuedAt: 0 }),
    );
    const { codes, names, outbox, settings, database } = backend;
    const flows = new TokenFlowsStore<ProviderFlow>(database, 'flows');
    const deps = { ...backend.shared, flows, codes, names, outbox, settings };
    const started = await startProviderRegistration(deps, npi, code, SOURCE);
    if ('refused' in started) throw new Error(started.refused);
    const { flowToken: token } = started;
    const opened = await openProviderFlow(deps, { token, source: SOURCE, language: 'es' });
    if ('refused' in opened) throw new Error(opened.refused);
    await createAccount(deps, opened, {
      username: 'newuser',
      firstName: 'New',
      lastName: 'User',
      email: 'new@cedargrove.example',
      phone: '(202) 555-0199',
    });
    expect(await backend.accounts.byUsername('newuser')).toMatchObject({ language: 'es' });
  });
});

describe('the language of a link that somebody asks for', () => {
  const ask = async (language: 'en' | 'es' | undefined) => {
    const backend = await backendWith(anInvited());
    const { limits, outbox, settings, now } = backend;
    const deps = { limits, outbox, settings, now, isCognitoPassword: async () => false };
    await requestLink(deps, { username: 'pphone' }, { source: SOURCE, language });
    return backend.outbox.last();
  };

  test('goes to the worker with the request', async () => {
    expect(await ask('es')).toMatchObject({ kind: 'LINK_REQUEST', language: 'es' });
  });

  test('is absent where the page names none', async () => {
    expect(await ask(undefined)).not.toHaveProperty('language');
  });
});
