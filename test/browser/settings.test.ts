import { describe, expect, test } from '@jest/globals';
import { authenticatorOf } from './authenticator.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { signInByText, withoutAutofill } from './passkey-owner.ts';
import { ADA, PAT } from './portal-stack.ts';
import { overflow } from './visitor.ts';

describe('a stack whose employees sign in elsewhere, with calls and remembered devices', () => {
  const settings = {
    allowedCountries: ['US', 'MX'],
    workforceLoginUrl: 'https://workforce.example/sign-in',
  };
  const portal = openPortal(settings, ['workforce']);

  test('leads employees to their own login', async () => {
    const visitor = await portal.visit();
    await visitor.page.route('https://workforce.example/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>Employees</h1>' }),
    );
    await visitor.goTo('/');
    await visitor.follow('LOGIN');
    await visitor.page.getByRole('heading', { name: 'Employees' }).waitFor();
    expect(visitor.page.url()).toBe('https://workforce.example/sign-in');
    for (const path of ['/employees', '/employees/signed-in', '/help-desk']) {
      await visitor.goTo(path);
      await visitor.sees('This page does not exist');
    }
  });

  test('accepts phones of every allowed country', async () => {
    const visitor = await portal.visit();
    await visitor.goTo('/first-login');
    await visitor.fill('Username', 'jrivera');
    await visitor.fill('Password', 'Portal-Pass-2024');
    await visitor.press('Login');
    await visitor.press('PHONE');
    await visitor.verifyEmail('jrivera@cedargrove.example');
    await visitor.createPassword('four plain unlike words');
    await visitor.sees('Your phone number');
    await visitor.page.getByLabel('Country code').selectOption('Mexico (+52)');
    await visitor.fill('Phone number', '55 1234 5678');
    await visitor.enterCode(await visitor.codeAfter('Send Code', '+525512345678'));
    await visitor.sees('Terms of Use Agreement');
  });
});

describe('a stack whose calls ask for two digits, and whose administrators need passkeys', () => {
  const portal = openPortal({ voiceConfirmation: 'MATCH', passkeys: { requiredForAdmins: true } });

  test('leads an administrator to a passkey, which then signs in', async () => {
    const ada = await portal.visit();
    await authenticatorOf(ada);
    await withoutAutofill(ada);
    await signInByText(ada, ADA);
    await ada.goTo('/setup/users');
    await ada.seesNotice('Administrators of this portal need a passkey');
    await ada.sees('Manage users');
    await ada.follow('Create a passkey');
    await ada.sees('Passkeys');
    await ada.press('Add a passkey');
    await ada.seesNotice('is added');
    await ada.goTo('/setup/users');
    await ada.page.getByText('5 users').waitFor();
    await ada.press('Sign out');
    await ada.sees('You are signed out');
    await ada.goTo('/');
    await ada.provePassword(ADA.email, 'PHONE');
    await ada.page.getByText('Administrators of this portal sign in with their passkey').waitFor();
    await ada.sees('Use your passkey');
    await ada.keepScreenshot('passkey-only');
    await ada.press('Continue with passkey');
    await ada.sees(/^Welcome/);
  });

  test('shows the digits, which confirm the call', async () => {
    const visitor = await portal.visit();
    await visitor.goTo('/');
    await visitor.provePassword(PAT.email, 'PHONE');
    await visitor.press('Call Me');
    await visitor.sees('Answer the call');
    await visitor.page.getByText('Type these two digits on your phone, then press #').waitFor();
    await visitor.keepScreenshot('call-match');
    await portal.stack.answerCall(PAT.phone, `${await digitsOf(visitor)}#`);
    await visitor.sees('Welcome, Pat');
  });

  test('shows them in Spanish, too, and in a password reset', async () => {
    const visitor = await portal.visit({ locale: 'es-US', viewport: { width: 320, height: 640 } });
    await visitor.goTo('/password-reset');
    await visitor.fill('Correo electrónico', PAT.email);
    await visitor.press('Enviar código de verificación');
    await visitor.fill('Código de verificación', await portal.stack.newCode(PAT.email));
    await visitor.press('Verificar código');
    await visitor.press('Continuar');
    await visitor.press('Llamarme');
    await visitor.sees('Conteste la llamada');
    await visitor.page.getByText('Marque estos dos dígitos en su teléfono y presione #').waitFor();
    expect(await overflow(visitor.page)).toBe(0);
    await portal.stack.answerCall(PAT.phone, `${await digitsOf(visitor)}#`);
    await visitor.page.getByRole('heading', { level: 1, name: /contraseña/ }).waitFor();
    await visitor.page.locator('#field-password').fill('password');
    await visitor.seesNotice('Seguridad de la contraseña: Demasiado fácil de adivinar');
  });
});

async function digitsOf({ page }: PortalVisitor): Promise<string> {
  return await page.locator('.pa-match__digits [aria-hidden]').innerText();
}

describe('a stack without them', () => {
  const portal = openPortal({ rememberDeviceHours: 0, linkLife: 300 }, [
    'connect',
    'workforce',
    'workforceLoginUrl',
    'workforceEmailDomains',
  ]);

  test('offers none of them, and shows its own times', async () => {
    const visitor = await portal.visit();
    await visitor.goTo('/');
    await visitor.sees('Login options');
    expect(await visitor.page.getByRole('link', { name: 'LOGIN', exact: true }).count()).toBe(0);
    expect(await visitor.page.getByLabel('Remember Me').count()).toBe(0);
    await visitor.page.getByText('We text you a code.', { exact: true }).waitFor();
    await visitor.goTo('/provider-registration');
    await visitor.fill(/NPI/, '1234567893');
    await visitor.fill('Registration code', 'CEDAR-7K4M-92QX');
    await visitor.press('Next');
    await visitor.fill('Username', 'nora');
    await visitor.fill('First name', 'Nora');
    await visitor.fill('Last name', 'Niles');
    await visitor.fill('Work email address', 'nora@cedargrove.example');
    await visitor.fill('Phone number', '202 555 0188');
    await visitor.press('Next');
    await visitor.sees('Registration is complete');
    await visitor.page.getByText('within 5 minutes').waitFor();
    await visitor.openLink(await portal.stack.newLink('nora@cedargrove.example'));
    await visitor.press('PHONE');
    await visitor.verifyEmail('nora@cedargrove.example');
    await visitor.createPassword('four plain unlike words');
    await visitor.page.getByRole('button', { name: 'Send Code' }).waitFor();
    expect(await visitor.page.getByRole('button', { name: 'Call Me' }).count()).toBe(0);
    await visitor.fill('Phone number', '202 555 0188');
    await visitor.codeAfter('Send Code', '+12025550188');
    await visitor.sees('Enter the code from your phone');
    expect(await visitor.page.getByRole('button', { name: 'Call me instead' }).count()).toBe(0);
  });
});
