import { beforeEach, describe, expect, test } from '@jest/globals';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { PAT } from './portal-stack.ts';
import { DESKTOP, overflow, PHONE } from './visitor.ts';

const portal = openPortal();
beforeEach(() => portal.reset());

/** The newest text message to Pat's phone has these words. */
const textSays = (words: RegExp) => portal.stack.messageWith(PAT.phone, words);

async function signIn(visitor: PortalVisitor): Promise<void> {
  await visitor.goTo('/');
  await visitor.provePassword(PAT.email, 'PHONE');
  await visitor.enterCode(await visitor.codeAfter('Send Code', PAT.phone));
  await visitor.sees(/^Welcome/);
}

/** As on a page in Spanish. @returns when the code has arrived, in a message with these words */
async function signInInSpanish(visitor: PortalVisitor, words: RegExp): Promise<void> {
  await visitor.goTo('/');
  await visitor.press('ACCEDER CON TELÉFONO');
  await visitor.fill('Correo electrónico', PAT.email);
  await visitor.fill('Contraseña', 'Correct-Horse-9-Battery');
  await visitor.press('Iniciar sesión');
  const code = await visitor.codeAfter('Enviar código', PAT.phone);
  await textSays(words);
  await visitor.fill('Código de verificación', code);
  await visitor.press('Verificar código');
  await visitor.sees(/Pat/);
}

describe.each([
  ['1280 pixels', DESKTOP],
  ['390 pixels', PHONE],
])('the choice under My account at %s', (_width, viewport) => {
  test('changes messages and the page, and fits', async () => {
    const pat = await portal.visit({ viewport });
    await signIn(pat);
    await pat.goTo('/account');
    await pat.sees('My account');
    await pat.follow('Change: Language');
    await pat.sees('Language');
    await pat.keepScreenshot('language');
    expect(await overflow(pat.page)).toBe(0);
    expect(await pat.page.getByRole('radio', { name: 'English' }).isChecked()).toBe(true);
    await pat.page.getByText('Español', { exact: true }).last().click();
    await pat.press('Save');
    await pat.sees('Mi cuenta');
    await pat.seesNotice('Su idioma está guardado.');
    expect(await overflow(pat.page)).toBe(0);
    await pat.follow('Cambiar: Idioma');
    await pat.sees('Idioma');
    expect(await pat.page.getByRole('radio', { name: 'Español' }).isChecked()).toBe(true);
    await pat.follow('Volver a mi cuenta');
    await pat.follow('Ver: Actividad reciente');
    await pat.page.getByText('Idioma de los mensajes cambiado (español)').waitFor();
  });
});

test('a choice that fails is reported, and stays chosen for another try', async () => {
  const pat = await portal.visit();
  await signIn(pat);
  await pat.goTo('/account/language');
  await pat.sees('Language');
  await pat.page.route('**/me/language', (route) => route.abort());
  await pat.page.getByText('Español', { exact: true }).last().click();
  await pat.press('Save');
  await pat.seesNotice('We could not reach the service.');
  expect(await pat.page.getByRole('radio', { name: 'Español' }).isChecked()).toBe(true);
  await pat.page.unroute('**/me/language');
  await pat.press('Save');
  await pat.sees('Mi cuenta');
});

describe('the switch of a page', () => {
  test('is kept for the messages of whoever is signed in', async () => {
    const pat = await portal.visit();
    await signIn(pat);
    const kept = pat.page.waitForResponse(/\/me\/language$/);
    await pat.press(/^Español/);
    expect((await kept).status()).toBe(200);
    await pat.goTo('/account');
    await pat.sees('Mi cuenta');
    await pat.press('Cerrar sesión');
    await portal.moveClock(61);
    await signInInSpanish(await portal.visit({ locale: 'es-US' }), /para entrar en su cuenta/);
  });

  test('changes the page all the same where keeping it fails', async () => {
    const pat = await portal.visit();
    await signIn(pat);
    await pat.page.route('**/me/language', (route) => route.abort());
    await pat.press(/^Español/);
    await pat.sees('Le damos la bienvenida, Pat');
    expect(await pat.page.getByRole('alert').count()).toBe(0);
    await pat.page.reload();
    await pat.sees('Le damos la bienvenida, Pat');
  });

  test('sends nothing for whoever is not signed in', async () => {
    const stranger = await portal.visit();
    const asked: string[] = [];
    stranger.page.on('request', (request) => asked.push(request.url()));
    await stranger.goTo('/');
    await stranger.sees('Login options');
    await stranger.press(/^Español/);
    await stranger.sees('Opciones de acceso');
    expect(asked.filter((url) => url.includes('/me'))).toEqual([]);
  });
});

test('whoever never chose a language gets messages in that of the page from then on', async () => {
  const pat = await portal.visit({ locale: 'es-US' });
  const kept = pat.page.waitForResponse(/\/me\/language$/);
  await signInInSpanish(pat, /is your sign-in code/);
  expect((await kept).status()).toBe(200);
  await portal.moveClock(61);
  await signInInSpanish(await portal.visit({ locale: 'es-US' }), /para entrar en su cuenta/);
});

test('a mail that a page asks for comes in its language', async () => {
  const pat = await portal.visit({ locale: 'es-US' });
  await pat.goTo('/password-reset');
  await pat.fill('Correo electrónico', PAT.email);
  await pat.page.locator('form button[type=submit]').click();
  await portal.stack.messageWith(PAT.email, /código para restablecer la contraseña/);
});

test('the terms are read in the language of the page, and say in which they are', async () => {
  const visitor = await portal.visit();
  await visitor.goTo('/terms');
  const text = visitor.page.locator('.pa-terms');
  await text.getByText('Unauthorized access to the portal is prohibited.').waitFor();
  expect(await text.getAttribute('lang')).toBe('en');
  await visitor.press(/^Español/);
  await text.getByText('El acceso no autorizado al portal está prohibido.').waitFor();
  expect(await text.getAttribute('lang')).toBe('es');
  await visitor.sees('Acuerdo de términos de uso');
});
