import { describe, expect, test } from '@jest/globals';
import { Backend } from '../../../fakes/backend.ts';
import { anAccount } from '../../../fakes/builders.ts';
import { SignIn } from './sign-in.ts';

async function asking(factor: 'EMAIL' | 'SMS' | 'CALL', language?: 'en' | 'es'): Promise<Backend> {
  const backend = new Backend();
  await backend.has(anAccount({ language }));
  const signIn = await SignIn.afterPassword(backend);
  await signIn.answer({ factor });
  return backend;
}

describe('the language of a sign-in is that of the account', () => {
  test('in a code by e-mail', async () => {
    const { email } = await asking('EMAIL', 'es');
    expect(email.sent[0]?.email.text).toContain('Vence en 30 segundos.');
    expect(email.sent[0]?.email.html).toContain('<html lang="es">');
  });

  test('in a code by text message', async () => {
    const { text } = await asking('SMS', 'es');
    expect(text.sent[0]?.text).toContain('para entrar en su cuenta');
  });

  test('in a call', async () => {
    const { telephony } = await asking('CALL', 'es');
    expect(telephony.started[0]?.attributes).toMatchObject({
      language: 'es',
      promptText: expect.stringContaining('presione la tecla numeral'),
    });
  });

  test('or English where none was chosen', async () => {
    const { email } = await asking('EMAIL');
    expect(email.sent[0]?.email.text).toContain('It expires in 30 seconds.');
    const { telephony } = await asking('CALL');
    expect(telephony.started[0]?.attributes).toMatchObject({ language: 'en' });
  });
});
