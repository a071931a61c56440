import { describe, expect, test } from '@jest/globals';
import { employeesOf, goToProvider, HANA, HUGO, signInAs, signInThere } from './employee.ts';
import { openPortal, type PortalVisitor } from './open-portal.ts';
import { ADA } from './portal-stack.ts';
import { until } from './until.ts';
import { DESKTOP, PHONE, type Visitor } from './visitor.ts';

const portal = openPortal();

const HOME = 'Welcome, Hana Helpdesk';

async function refreshTokenOf({ page }: Visitor): Promise<string | undefined> {
  const kept = await page.evaluate(() => sessionStorage.getItem('portal-auth.employee'));
  return (JSON.parse(kept ?? '{}') as { refreshToken?: string }).refreshToken;
}

/** Two tabs of one browser, each with a sign-in of its own. */
async function inTwoTabs(one: string, another: string): Promise<[PortalVisitor, Visitor]> {
  const visitor = await portal.visit();
  await goToProvider(visitor);
  const other = await visitor.anotherTab();
  await goToProvider(other);
  await signInThere(visitor, one);
  await visitor.sees(/^Welcome/);
  await signInThere(other, another);
  await other.sees(/^Welcome/);
  return [visitor, other];
}

async function refreshes(token = ''): Promise<boolean> {
  const outputs = (await portal.stack.local('GET', 'outputs')) as {
    employees: { domain: string; clientId: string };
  };
  const { domain, clientId } = outputs.employees;
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: clientId,
    refresh_token: token,
  });
  return (await fetch(`${domain}/oauth2/token`, { method: 'POST', body })).ok;
}

describe('signing out', () => {
  test('ends the session here, at the user pool, and at the provider on request', async () => {
    const visitor = await portal.visit();
    await signInAs(visitor, HANA);
    const token = await refreshTokenOf(visitor);
    expect(await refreshes(token)).toBe(true);
    const asked: string[] = [];
    visitor.page.on('request', (request) => asked.push(request.url()));
    await visitor.press('Sign out');
    await visitor.sees('You are signed out');
    await visitor.keepScreenshot('employees-signed-out');
    expect(asked.filter((url) => /\/logout\?|\/oauth2\/revoke$/.test(url))).toHaveLength(2);
    expect(asked.filter((url) => url.includes('eyJ') || url.includes(String(token)))).toEqual([]);
    expect(await refreshes(token)).toBe(false);
    await visitor.page.goBack();
    await visitor.page.getByText('Welcome').waitFor({ state: 'detached' });
    await visitor.goTo('/employees/signed-out');
    await visitor.follow('Sign out at your organization');
    await visitor.page.getByText('You are signed out.').waitFor();
    await goToProvider(visitor);
  });

  test('without an answer forgets the tokens, says what may be left, and goes on', async () => {
    const visitor = await portal.visit();
    const { domain } = await employeesOf(portal.stack);
    await signInAs(visitor, HANA);
    await visitor.page.route(`${domain}/oauth2/**`, (route) => route.abort());
    await visitor.press('Sign out');
    await visitor.seesNotice('this browser may still be signed in there');
    await visitor.sees('You are signed out');
    await visitor.press('Try again');
    await visitor.seesNotice('We could not reach the service');
    await visitor.page.unroute(`${domain}/oauth2/**`);
    await visitor.press('Try again');
    await visitor.page.getByText('may still be signed in there').waitFor({ state: 'detached' });
    await visitor.goTo('/employees');
    await visitor.sees('Sign in as an employee');
  });
});

describe('after a sign-in', () => {
  test('Back leads to the login options, and LOGIN to the home page without another sign-in', async () => {
    const visitor = await portal.visit();
    await signInAs(visitor, HANA);
    await visitor.page.goBack();
    await visitor.page.getByRole('heading', { name: 'Workforce' }).waitFor();
    await visitor.page.goBack();
    await visitor.sees('Login options');
    await visitor.follow('LOGIN');
    await visitor.sees(HOME);
  });

  test('the page that the provider leads back to, loaded once more, shows the home page', async () => {
    const visitor = await portal.visit();
    await goToProvider(visitor);
    const cameBack = visitor.page.waitForRequest(/signed-in\?/);
    await signInThere(visitor, HANA);
    await visitor.sees(HOME);
    for (const address of [(await cameBack).url(), '/employees/signed-in']) {
      await visitor.goTo(address);
      await visitor.sees(HOME);
      expect(visitor.page.url()).toBe(`${portal.stack.portalUrl}/employees`);
    }
  });

  test('a reload keeps it, and signing out reaches the other tabs of the employee at once', async () => {
    const [visitor, other] = await inTwoTabs(HANA, HANA);
    await visitor.page.reload();
    await visitor.sees(HOME);
    await visitor.follow('Find a person See why somebody cannot get in, and help.');
    await visitor.sees('Find a person');
    const token = await refreshTokenOf(visitor);
    await other.press('Sign out');
    await other.sees('You are signed out');
    await visitor.sees('You are signed out');
    expect(await refreshTokenOf(visitor)).toBeUndefined();
    await until('the revocation', async () => !(await refreshes(token)) || undefined);
    await visitor.page.goBack();
    await visitor.page.getByText('Welcome').waitFor({ state: 'detached' });
  });

  test('a session that has ended reaches the other tabs of the employee at once', async () => {
    const [visitor, other] = await inTwoTabs(HANA, HANA);
    await portal.moveClock(61 * 60);
    await other.goTo('/help-desk/approvals');
    await other.seesNotice('Your session has ended. Sign in again');
    await visitor.sees('You were signed out');
  });

  test('two employees in two tabs each have their own', async () => {
    const [hana, hugo] = await inTwoTabs(HANA, HUGO);
    await hugo.press('Sign out');
    await hugo.sees('You are signed out');
    await hana.follow('Approvals Decide what a colleague requested.');
    await hana.page.getByText('Nothing is waiting.').waitFor();
  });

  test('a link of a colleague leads on to its page', async () => {
    const visitor = await portal.visit();
    await visitor.goTo('/help-desk/approvals');
    await visitor.sees('Sign in as an employee');
    await visitor.follow('Sign in');
    await signInThere(visitor, HANA);
    await visitor.sees('Approvals');
  });
});

describe('the session', () => {
  test('is refreshed when its token has ended', async () => {
    const visitor = await portal.visit();
    await signInAs(visitor, HANA);
    await portal.moveClock(16 * 60);
    await visitor.goTo('/help-desk/approvals');
    await visitor.page.getByText('Nothing is waiting.').waitFor();
  });

  test('that the backend has ended says so, and a sign-in leads back to the page', async () => {
    const visitor = await portal.visit();
    await signInAs(visitor, HANA);
    await visitor.follow('Approvals Decide what a colleague requested.');
    await visitor.page.getByText('Nothing is waiting.').waitFor();
    await portal.moveClock(61 * 60);
    await visitor.press('Look again');
    await visitor.seesNotice('Your session has ended. Sign in again');
    await visitor.follow('Sign in again');
    // The provider's own session goes on, so that nothing is asked.
    await visitor.page.getByText('Nothing is waiting.').waitFor();
  });

  test.each([
    ['a desktop', DESKTOP],
    ['a phone', PHONE],
  ])('warns five minutes before its end, on %s', async (_what, viewport) => {
    const visitor = await portal.visit({ viewport });
    await signInAs(visitor, HANA);
    await visitor.page.clock.install();
    await visitor.goTo('/help-desk');
    await visitor.sees('Find a person');
    await visitor.page.clock.fastForward(56 * 60_000);
    await visitor.seesNotice('You will be signed out at');
    await visitor.page.clock.fastForward(5 * 60_000);
    await visitor.sees('You were signed out');
    await visitor.follow('Sign in again');
    await visitor.sees(HOME);
  });
});

describe('two kinds of sessions in one tab', () => {
  test('open nothing of each other', async () => {
    const visitor = await portal.visit();
    await visitor.goTo('/');
    await visitor.provePassword(ADA.email, 'PHONE');
    await visitor.enterCode(await visitor.codeAfter('Send Code', ADA.phone));
    await visitor.sees('Welcome, Ada');
    for (const path of ['/employees', '/help-desk', '/help-desk/users/pphone']) {
      await visitor.goTo(path);
      await visitor.sees('Sign in as an employee');
    }
    await visitor.press(/^Español/);
    await visitor.press(/^English/);
    await visitor.sees('Sign in as an employee');
    await signInAs(visitor, HANA);
    await visitor.press('Sign out');
    await visitor.sees('You are signed out');
    await visitor.goTo('/home');
    await visitor.sees('Welcome, Ada');
  });

  test('an employee is nobody on the pages of providers', async () => {
    const visitor = await portal.visit();
    await signInAs(visitor, HANA);
    for (const path of ['/home', '/account', '/setup/users']) {
      await visitor.goTo(path);
      await visitor.sees('Login options');
    }
  });
});
