import { beforeEach, describe, expect, test } from '@jest/globals';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { ADA, PAT, wrongCode } from './portal-stack.ts';

const NEW_EMAIL = 'pat.new@cedargrove.example';
const NEW_PHONE = '+12025550177';

const portal = openPortal();
let pat: PortalVisitor;

async function signIn(visitor: PortalVisitor, { email, phone }: typeof PAT): Promise<void> {
  await visitor.goTo('/');
  await visitor.provePassword(email, 'PHONE');
  await visitor.enterCode(await visitor.codeAfter('Send Code', phone));
  await visitor.sees(/^Welcome/);
}

beforeEach(async () => {
  await portal.reset();
  pat = await portal.visit();
  await signIn(pat, PAT);
});

async function open(row: string): Promise<void> {
  await pat.goTo('/account');
  await pat.sees('My account');
  await pat.follow(row);
}

describe('a change of the address', () => {
  test('is pending until the code is right, and can be undone from the former mailbox', async () => {
    await open('Change: Email address');
    await pat.sees('Change your email address');
    await pat.keepScreenshot('change-email');
    await pat.fill('New email address', 'nonsense');
    await pat.press('Send Verification Code');
    await pat.seesNotice('Enter an email address');
    await pat.fill('New email address', NEW_EMAIL);
    const code = await pat.codeAfter('Send Verification Code', NEW_EMAIL);
    await pat.sees('Enter the code from your email');
    await pat.enterCode(wrongCode(code));
    await pat.seesNotice('The code is not right');
    await pat.page.getByText('4 attempts left').waitFor();
    await pat.page.reload();
    await pat.sees('Enter the code from your email');
    await pat.enterCode(code);
    await pat.seesNotice(`Your email address is now ${NEW_EMAIL}.`);
    await pat.sees('My account');

    const notice = await portal.stack.messageWith(PAT.email, /undo-email#/);
    const link = /http\S+\/undo-email#[A-Za-z0-9_-]+/.exec(notice)?.[0] ?? '';
    const owner = await portal.visit();
    await owner.goTo(link);
    await owner.sees('Undo the change of your email address');
    await owner.keepScreenshot('undo-email');
    expect(owner.page.url()).not.toContain('#');
    await pat.goTo('/home');
    await pat.sees('Welcome, Pat');
    await owner.press('Undo the change');
    await owner.sees('The change is undone');
    await pat.goTo('/account');
    await pat.sees(/You were signed out|Login options/);
    await owner.goTo(link);
    await owner.press('Undo the change');
    await owner.sees('This link has expired or has been used');
    await owner.goTo('/undo-email');
    await owner.sees('This link is not complete');
    await portal.moveClock(901);
    await signIn(owner, PAT);
  });

  test('to one that is taken is refused once its code is right, and begins again', async () => {
    await open('Change: Email address');
    await pat.fill('New email address', ADA.email);
    const code = await pat.codeAfter('Send Verification Code', ADA.email);
    await pat.enterCode(code);
    await pat.seesNotice('This email address belongs to another login.');
    await pat.sees('Change your email address');
    expect(await pat.page.getByLabel('New email address').inputValue()).toBe(ADA.email);
  });

  test('can be corrected or given up, and is not shown to another person in the same tab', async () => {
    await open('Change: Email address');
    await pat.fill('New email address', NEW_EMAIL);
    await pat.codeAfter('Send Verification Code', NEW_EMAIL);
    await pat.press('Use another address');
    await pat.sees('Change your email address');
    await portal.moveClock(16);
    await pat.fill('New email address', 'pat.other@cedargrove.example');
    await pat.codeAfter('Send Verification Code', 'pat.other@cedargrove.example');
    await pat.press('Sign out');
    await signIn(pat, ADA);
    await open('Change: Email address');
    await pat.sees('Change your email address');
  });
});

test('the account is in Spanish, too', async () => {
  await pat.goTo('/account');
  await pat.press(/^Español/);
  await pat.sees('Mi cuenta');
  await pat.page.getByText('0 llaves de acceso').waitFor();
  for (const [row, heading] of [
    ['Cambiar: Correo electrónico', 'Cambie su correo electrónico'],
    ['Cambiar: Teléfono', 'Su número de teléfono'],
    ['Cambiar: Idioma', 'Idioma'],
    ['Cambiar: Contraseña', 'Cambie su contraseña'],
    ['Administrar: Llaves de acceso', 'Llaves de acceso'],
    ['Administrar: Códigos de recuperación', 'Códigos de recuperación'],
    ['Administrar: Dispositivos recordados', 'Seguridad y dispositivos'],
    ['Ver: Actividad reciente', 'Actividad reciente'],
  ] as const) {
    await pat.follow(row);
    await pat.sees(heading);
    expect(await pat.page.locator('main').innerText()).not.toMatch(
      /\b(Back to|Please|Enter|[a-z]+\.[a-z]+[A-Z]\w+)\b/,
    );
    await pat.follow('Volver a mi cuenta');
  }
});

describe('a change of the phone', () => {
  test('takes effect once a text message is confirmed', async () => {
    await open('Change: Phone');
    await pat.sees('Your phone number');
    await pat.keepScreenshot('change-phone');
    await pat.fill('Phone number', '202 555 01');
    await pat.press('Send Code');
    await pat.seesNotice('This is not a valid direct line');
    await pat.fill('Phone number', '202 555 0177');
    const code = await pat.codeAfter('Send Code', NEW_PHONE);
    await pat.sees('Enter the code from your phone');
    await pat.enterCode(wrongCode(code));
    await pat.seesNotice('The code is not right');
    await pat.page.reload();
    await pat.page.getByText('***-***-0177').waitFor();
    await pat.enterCode(code);
    await pat.seesNotice('Your phone number is now ***-***-0177.');
  });

  test('works by a call, too, and a rejected one changes nothing', async () => {
    await open('Change: Phone');
    await pat.fill('Phone number', '202 555 0177');
    await pat.press('Call Me');
    await pat.sees('Answer the call');
    await portal.stack.answerCall(NEW_PHONE, '#');
    await pat.seesNotice('Your phone number is now ***-***-0177.');
    await pat.follow('Change: Phone');
    await pat.fill('Phone number', '202 555 0178');
    await pat.press('Call Me');
    await pat.sees('Answer the call');
    await portal.stack.answerCall('+12025550178', '9');
    await pat.sees('The call was rejected');
    await pat.goTo('/account');
    await pat.page.getByText('***-***-0177').waitFor();
  });

  test('that removes it leaves codes by e-mail, and one can be added again', async () => {
    await open('Change: Phone');
    await pat.press('Remove phone number');
    await pat.sees('Your phone number');
    await pat.page.getByRole('dialog').getByRole('button', { name: 'Remove phone number' }).click();
    await pat.seesNotice('Your phone number is removed.');
    await pat.page.getByText('No phone number').waitFor();
    await pat.follow('Add: Phone');
    await pat.sees('Your phone number');
    expect(await pat.page.getByRole('button', { name: 'Remove phone number' }).count()).toBe(0);
    await pat.fill('Phone number', '202 555 0177');
    await pat.enterCode(await pat.codeAfter('Send Code', NEW_PHONE));
    await pat.seesNotice('Your phone number is now ***-***-0177.');
  });
});
