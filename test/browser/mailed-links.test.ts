import { beforeEach, describe, expect, test } from '@jest/globals';
import { heldBack } from './held-back.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { RESEND_AFTER_SECONDS } from './portal-stack.ts';
import { DESKTOP, PHONE } from './visitor.ts';

const EMAIL = 'jrivera@cedargrove.example';

const portal = openPortal();
beforeEach(async () => portal.reset());

async function linkBy(visitor: PortalVisitor, since?: string): Promise<string> {
  await visitor.goTo('/registration-error');
  await visitor.page.locator('#field-username').fill('jrivera');
  await visitor.page.locator('button[type=submit]').click();
  return await portal.stack.newLink(EMAIL, since);
}

describe.each([
  ['a desktop', DESKTOP],
  ['a phone', PHONE],
])('on %s, a mailed link', (_what, viewport) => {
  test('shows whose it is, is not spent by that, and goes on in another tab', async () => {
    const visitor = await portal.visit({ viewport });
    const link = await linkBy(visitor);
    const scanner = await portal.visit({ viewport });
    await scanner.goTo(link);
    await scanner.sees('Complete your registration');
    await scanner.page.getByText('j***@cedargrove.example').waitFor();
    expect(scanner.page.url()).not.toContain('#');
    await visitor.goTo(link);
    await visitor.sees('Complete your registration');
    await visitor.page.getByText('jrivera', { exact: true }).waitFor();
    await visitor.keepScreenshot('mailed-link');
    await visitor.press('Continue');
    await visitor.sees('Login method');
    await visitor.press('EMAIL');
    await visitor.sees('Your work email address');
    const tab = await visitor.context.newPage();
    await tab.goto(link);
    await tab.getByRole('heading', { level: 1, name: 'Your work email address' }).waitFor();
    await scanner.press('Continue');
    await scanner.sees('This link has expired or has been used');
  });
});

test('a newer link that is pasted where an old one is open is read, and leaves no trace', async () => {
  const visitor = await portal.visit();
  await visitor.goTo(`/register#${'x'.repeat(43)}`);
  await visitor.sees('This link has expired or has been used');
  const other = await portal.visit();
  const link = await linkBy(other);
  await visitor.goTo(link);
  await visitor.sees('Complete your registration');
  expect(visitor.page.url()).not.toContain('#');
});

test('a link that is opened while an older one is still looked at opens its own registration', async () => {
  const visitor = await portal.visit();
  const kept = () =>
    visitor.page.evaluate(() => sessionStorage.getItem('portal-auth.mfa-registration'));
  const link = await linkBy(visitor);
  await visitor.openLink(link);
  await visitor.sees('Login method');
  const older = await kept();
  await portal.moveClock(RESEND_AFTER_SECONDS);
  const newer = await linkBy(await portal.visit(), link);
  const { isAsked, letGo } = await heldBack(visitor.page, '**/mfa-registrations/current');
  await visitor.goTo(link);
  await isAsked;
  await visitor.goTo(newer);
  await visitor.page.getByText('jrivera', { exact: true }).waitFor();
  await letGo();
  expect(new URL(visitor.page.url()).pathname).toBe('/register');
  await visitor.press('Continue');
  await visitor.sees('Login method');
  expect(await kept()).not.toBe(older);
});

test('a mailed link speaks Spanish', async () => {
  const visitor = await portal.visit({ locale: 'es-US' });
  await visitor.goTo(await linkBy(visitor));
  await visitor.sees('Complete su registro');
  await visitor.press('Continuar');
  await visitor.sees('Método de acceso');
  await visitor.press('Cancelar');
  await visitor.sees('Opciones de acceso');
});
