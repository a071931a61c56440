import { describe, expect, test } from '@jest/globals';
import { confirm, HANA, HUGO, openPerson, signInAs, WALT } from './employee.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { ADA } from './portal-stack.ts';

const portal = openPortal();

/** Answers the next requests of a route with a problem. */
async function refuse(visitor: PortalVisitor, route: string, status: number, code: string) {
  await visitor.page.route(route, (intercepted) =>
    intercepted.request().method() === 'OPTIONS'
      ? intercepted.continue()
      : intercepted.fulfill({
          status,
          contentType: 'application/problem+json',
          headers: { 'access-control-allow-origin': portal.stack.portalUrl },
          json: { type: 'about:blank', title: code, status, code, detail: '', requestId: 'r-7' },
        }),
  );
}

describe('an act that is refused', () => {
  test('because a colleague was faster says so, and shows how things are now', async () => {
    const [hana, hugo] = [await portal.visit(), await portal.visit()];
    await signInAs(hana, HANA);
    await signInAs(hugo, HUGO);
    await openPerson(hana, 'eemail', 'Erin Email');
    await openPerson(hugo, 'eemail', 'Erin Email');
    await hugo.press('Disable');
    await confirm(hugo, 'Disable', 'Left the practice');
    await hugo.seesNotice('Erin Email is disabled.');
    await hana.press('Reset the registration');
    const dialog = hana.page.getByRole('dialog');
    for (const check of await dialog.locator('.usa-checkbox__label').all()) await check.click();
    await confirm(hana, 'Reset the registration', 'Lost the phone');
    await hana.seesNotice('This account is disabled.');
    await hana.press('Cancel');
    await hana.page.reload();
    await hana.page.getByText('Disabled; nothing of the account works.').waitFor();
    await hana.press('Enable');
    await confirm(hana, 'Enable', 'Was a mistake');
    await hana.seesNotice('Erin Email is enabled.');
  });

  test.each([
    [409, 'STEP_OUT_OF_ORDER', 'This cannot be done as things are now.'],
    [409, 'ALREADY_REGISTERED', 'This person is registered.'],
    [429, 'RATE_LIMITED', 'You have reached the number of looks or changes'],
    [403, 'FORBIDDEN', 'Only the help desk’s group may do this'],
    [503, 'UNAVAILABLE', 'The service is not available right now'],
  ])('with %i %s keeps the dialog and what was typed', async (status, code, words) => {
    const visitor = await portal.visit();
    await signInAs(visitor, HANA);
    await openPerson(visitor, 'eemail', 'Erin Email');
    await refuse(visitor, '**/help-desk/users/eemail/unlock', status, code);
    await visitor.press('Unlock');
    await confirm(visitor, 'Unlock', 'Called back');
    await visitor.seesNotice(words);
    const dialog = visitor.page.getByRole('dialog');
    await dialog.getByText('Details for support').click();
    await dialog.getByText('r-7').waitFor();
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('Called back');
    await visitor.page.unroute('**/help-desk/users/eemail/unlock');
    await dialog.getByRole('button', { name: 'Unlock' }).click();
    await visitor.seesNotice('Erin Email is unlocked.');
  });

  test('because the connection is lost is repeated with one effect', async () => {
    const visitor = await portal.visit();
    await signInAs(visitor, HANA);
    await openPerson(visitor, 'jrivera', 'J. Rivera');
    await visitor.press('Disable');
    await visitor.context.setOffline(true);
    await confirm(visitor, 'Disable', 'Left the practice');
    await visitor.seesNotice('We could not reach the service');
    await visitor.context.setOffline(false);
    await confirm(visitor, 'Disable', 'Left the practice');
    await visitor.seesNotice('J. Rivera is disabled.');
  });
});

test('a person whom nobody knows has a page that leads on', async () => {
  const visitor = await portal.visit();
  await signInAs(visitor, HANA);
  await visitor.goTo('/help-desk/users/nobody-here');
  await visitor.seesNotice('There is nothing here, or not any more');
  await visitor.sees('nobody-here');
  await visitor.follow('Find another person');
  await visitor.sees('Find a person');
});

describe('a browser that pretends', () => {
  /** Changes what the tab keeps of the employee. */
  const pretend = (visitor: PortalVisitor, change: object): Promise<void> =>
    visitor.page.evaluate((changed) => {
      const kept = JSON.parse(sessionStorage.getItem('portal-auth.employee') ?? '{}') as {
        claims: object;
      };
      const { claims, ...others } = changed as { claims?: object };
      const written = { ...kept, ...others, claims: { ...kept.claims, ...claims } };
      sessionStorage.setItem('portal-auth.employee', JSON.stringify(written));
    }, change);

  test('to be in the group is shown nothing, because the backend reads the token', async () => {
    const visitor = await portal.visit();
    await signInAs(visitor, WALT);
    await pretend(visitor, { claims: { help_desk: true } });
    for (const path of ['/help-desk/users/pphone', '/help-desk/approvals']) {
      await visitor.goTo(path);
      await visitor.seesNotice('Only the help desk’s group may do this');
      expect(await visitor.page.locator('main').innerText()).not.toContain('Pat Phone');
    }
  });

  test('that a provider’s token is an employee’s is signed out', async () => {
    const visitor = await portal.visit();
    await visitor.goTo('/');
    await visitor.provePassword(ADA.email, 'PHONE');
    await visitor.enterCode(await visitor.codeAfter('Send Code', ADA.phone));
    await visitor.sees('Welcome, Ada');
    const tokens = await visitor.page.evaluate(() => {
      const keys = Object.keys(sessionStorage);
      const value = (ending: string): string =>
        sessionStorage.getItem(keys.find((key) => key.endsWith(ending)) ?? '') ?? '';
      return { accessToken: value('.accessToken'), refreshToken: value('.refreshToken') };
    });
    expect(tokens.accessToken).toMatch(/^eyJ/);
    const claims = { help_desk: true, employee_name: 'Eve' };
    const times = { expiresAt: Date.now() + 600_000, signedInAt: Date.now() };
    await pretend(visitor, { ...tokens, ...times, idToken: '', claims });
    await visitor.goTo('/help-desk/approvals');
    await visitor.seesNotice('Your session has ended.');
    await visitor.goTo('/help-desk/approvals');
    await visitor.sees('Sign in as an employee');
  });
});
