import { describe, expect, test } from '@jest/globals';
import { confirm, HANA, signInAs } from './employee.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { axeFindings, DESKTOP, overflow, PHONE } from './visitor.ts';

/** Each address, and the heading that it shows. */
const PAGES = [
  ['/employees', 'Welcome, Hana Helpdesk'],
  ['/help-desk', 'Find a person'],
  ['/help-desk/users/pphone', 'Pat Phone'],
  ['/help-desk/users/mchen', 'M. Chen'],
  ['/help-desk/providers', 'Providers and registration codes'],
  ['/help-desk/providers/1234567893', 'Cedar Grove Family Medicine'],
  ['/help-desk/providers/1992999825', 'Provider 1992999825'],
  ['/help-desk/approvals', 'Approvals'],
  ['/employees/signed-in', 'Welcome, Hana Helpdesk'],
  ['/employees/signed-out', 'You are signed out'],
] as const;

async function isWhole(visitor: PortalVisitor, path: string): Promise<void> {
  expect([path, await overflow(visitor.page)]).toEqual([path, 0]);
  expect([path, await axeFindings(visitor.page)]).toEqual([path, []]);
}

describe('the pages of employees', () => {
  const portal = openPortal();

  test.each([
    ['390 pixels', PHONE],
    ['1280 pixels', DESKTOP],
    ['320 pixels', { width: 320, height: 640 }],
  ])('fit at %s, and axe finds nothing', async (_width, viewport) => {
    const visitor = await portal.visit({ viewport });
    await signInAs(visitor, HANA);
    for (const [path, heading] of PAGES) {
      await visitor.goTo(path);
      await visitor.page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await visitor.page.locator('.pa-skeleton').waitFor({ state: 'detached' });
      await isWhole(visitor, path);
    }
    await visitor.goTo('/help-desk/users/pphone');
    await visitor.press('Reset the registration');
    await visitor.page.getByRole('dialog').waitFor();
    await isWhole(visitor, 'the dialog');
  });

  test('are in Spanish where the browser is, whatever the service says in English', async () => {
    const visitor = await portal.visit({ locale: 'es-US', viewport: PHONE });
    await visitor.goTo('/');
    await visitor.follow('ACCEDER');
    await visitor.fill('E-mail address', HANA);
    await visitor.press('Sign in');
    await visitor.sees('Le damos la bienvenida, Hana Helpdesk');
    for (const [path] of PAGES) {
      await visitor.goTo(path);
      await visitor.page.getByRole('heading', { level: 1 }).waitFor();
      await visitor.page.locator('.pa-skeleton').waitFor({ state: 'detached' });
      await isWhole(visitor, path);
      expect([path, await visitor.page.locator('main').innerText()]).toEqual([
        path,
        expect.not.stringMatching(/\b(the|person|mailed|Enter|[a-z]+\.[a-z]+[A-Z]\w+)\b/),
      ]);
    }
    await visitor.goTo('/help-desk/users/eemail');
    await visitor.press('Desactivar');
    await visitor.page.getByRole('dialog').getByLabel('Motivo').fill('Ya no trabaja allí');
    await visitor.page.getByRole('dialog').getByRole('button', { name: 'Desactivar' }).click();
    await visitor.seesNotice('Se desactivó a Erin Email.');
    await visitor.press(/^English/);
    await visitor.page.getByText('Disabled; nothing of the account works.').waitFor();
    await visitor.press('Enable');
    await confirm(visitor, 'Enable', 'Is back');
    await visitor.seesNotice('Erin Email is enabled.');
  });

  test('are reached by keyboard alone, with the focus on each new heading', async () => {
    const visitor = await portal.visit();
    await signInAs(visitor, HANA);
    const { keyboard } = visitor.page;
    await visitor.page.getByRole('link', { name: 'Find people' }).focus();
    await keyboard.press('Enter');
    await visitor.sees('Find a person');
    const focused = () => visitor.page.evaluate(() => document.activeElement?.textContent);
    expect(await focused()).toBe('Find a person');
    await visitor.page.getByLabel('Username', { exact: true }).focus();
    await keyboard.type('pphone');
    await keyboard.press('Enter');
    await visitor.page.getByRole('link', { name: /Pat Phone/ }).focus();
    await keyboard.press('Enter');
    await visitor.sees('Pat Phone');
    await visitor.page.getByRole('button', { name: 'Disable' }).focus();
    await keyboard.press('Enter');
    await visitor.page.getByRole('dialog').waitFor();
    await keyboard.press('Escape');
    await visitor.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused()).toBe('Disable');
  });
});
