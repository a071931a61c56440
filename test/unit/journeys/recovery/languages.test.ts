import { describe, expect, test } from '@jest/globals';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount, SOURCE } from '../../../fakes/builders.ts';
import { work } from '../../../fakes/outbox-worker.ts';
import { EMAIL, Resetter } from './resetter.ts';

async function backendWith(language?: 'en' | 'es'): Promise<Backend> {
  const backend = new Backend();
  await backend.has(anAccount({ language }));
  return backend;
}

const subjects = ({ email }: Backend) => email.sent.map((message) => message.email.subject);

describe('the language of a password reset', () => {
  test('is that of its page, in the mail that the worker sends and on the phone', async () => {
    const backend = await backendWith('en');
    const person = await Resetter.start(backend, EMAIL, SOURCE, 'es');
    await person.proveEmail();
    expect(subjects(backend)).toEqual([expect.stringContaining('restablecer la contraseña')]);
    await person.choose('SMS');
    expect(backend.text.sent.at(-1)?.text).toContain('para cambiar su contraseña');
  });

  test('follows the page to the mail that is sent again', async () => {
    const backend = await backendWith();
    const person = await Resetter.start(backend, EMAIL, SOURCE, 'en');
    backend.clock.pass(60_000);
    person.language = 'es';
    await person.resend();
    await work(backend);
    expect(subjects(backend)).toEqual([expect.stringContaining('restablecer la contraseña')]);
  });

  test('is the one on the account where the page names none', async () => {
    const backend = await backendWith('es');
    const person = await Resetter.start(backend);
    await person.proveEmail();
    expect(subjects(backend)).toEqual([expect.stringContaining('restablecer la contraseña')]);
  });

  test('changes nothing of the account: whoever asks for a reset has proven nothing', async () => {
    const backend = await backendWith('en');
    const person = await Resetter.start(backend, EMAIL, SOURCE, 'es');
    await person.toPassword();
    await person.setPassword();
    expect(await backend.account()).toMatchObject({ epoch: 2, language: 'en' });
  });
});
