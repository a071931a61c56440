import { describe, expect, test } from '@jest/globals';
import { employeesOf, goToProvider, HANA, OLGA, signInAs, signInThere, WALT } from './employee.ts';
import { openPortal } from './open-portal.ts';
import { overflow, PHONE } from './visitor.ts';

const portal = openPortal();

test('an employee of the help desk signs in, and neither code nor state stay anywhere', async () => {
  const visitor = await portal.visit();
  await signInAs(visitor, HANA);
  await visitor.sees('Welcome, Hana Helpdesk');
  await visitor.page.getByText(`You are signed in as ${HANA}.`).waitFor();
  await visitor.keepScreenshot('employees-home');
  expect(visitor.page.url()).toBe(`${portal.stack.portalUrl}/employees`);
  const { local, session } = await visitor.page.evaluate(() => ({
    local: JSON.stringify(localStorage),
    session: Object.keys(sessionStorage),
  }));
  expect(local).not.toMatch(/eyJ|code|state/);
  expect(session.filter((key) => key.startsWith('portal-auth.employee'))).toEqual([
    'portal-auth.employee',
  ]);
});

test('the request has a PKCE challenge, a state and a nonce, and no secret', async () => {
  const visitor = await portal.visit();
  const asked = visitor.page.waitForRequest((request) => request.url().includes('/authorize?'));
  await goToProvider(visitor);
  const { searchParams } = new URL((await asked).url());
  expect(Object.fromEntries(searchParams)).toEqual({
    client_id: expect.any(String),
    redirect_uri: `${portal.stack.portalUrl}/employees/signed-in`,
    response_type: 'code',
    scope: 'openid email profile',
    identity_provider: 'workforce',
    state: expect.stringMatching(/^[0-9a-f]{32}$/),
    nonce: expect.any(String),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  });
});

test('an employee outside the group learns whom to ask, and sees no help desk', async () => {
  const visitor = await portal.visit({ viewport: PHONE });
  await signInAs(visitor, WALT);
  await visitor.seesNotice('You are not in the help desk’s group');
  await visitor.page.getByText('ask whoever manages the groups').waitFor();
  await visitor.keepScreenshot('employees-no-help-desk');
  expect(await overflow(visitor.page)).toBe(0);
  expect(await visitor.page.getByRole('link', { name: 'Approvals' }).count()).toBe(0);
  for (const path of ['/help-desk', '/help-desk/users/pphone', '/help-desk/approvals']) {
    await visitor.goTo(path);
    await visitor.sees('Welcome, Walt Worker');
    expect(visitor.page.url()).toBe(`${portal.stack.portalUrl}/employees`);
  }
});

test('who has joined the group signs out and in again, and has the help desk', async () => {
  const visitor = await portal.visit();
  const { identityProvider } = await employeesOf(portal.stack);
  await signInAs(visitor, WALT);
  const move = (helpDesk: string) =>
    fetch(`${identityProvider}/_local/people`, {
      method: 'POST',
      body: new URLSearchParams({ email: WALT, helpDesk }),
    });
  await move('true');
  await visitor.page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
  await visitor.sees('You are signed out');
  await visitor.follow('Sign in again');
  await visitor.page.getByRole('link', { name: 'Approvals', exact: true }).first().waitFor();
  await move('false');
});

describe('a sign-in that fails', () => {
  test('says that it was cancelled, and begins again', async () => {
    const visitor = await portal.visit();
    await goToProvider(visitor);
    await visitor.follow('Cancel');
    await visitor.sees('The sign-in was cancelled');
    await visitor.keepScreenshot('employees-cancelled');
    expect(visitor.page.url()).toBe(`${portal.stack.portalUrl}/employees/signed-in`);
    await visitor.follow('Sign in again');
    await signInThere(visitor, HANA);
    await visitor.sees('Welcome, Hana Helpdesk');
  });

  test('of an address elsewhere offers another account, at a provider that is still signed in', async () => {
    const visitor = await portal.visit();
    await goToProvider(visitor);
    await signInThere(visitor, OLGA);
    await visitor.sees('This account cannot be used here');
    await visitor.follow('Use another account');
    await signInThere(visitor, HANA);
    await visitor.sees('Welcome, Hana Helpdesk');
  });

  test('with a state of another tab, or none, uses nothing and begins again', async () => {
    const visitor = await portal.visit();
    const exchanged: string[] = [];
    visitor.page.on('request', (request) => {
      if (request.url().endsWith('/oauth2/token') && request.method() === 'POST')
        exchanged.push(request.url());
    });
    for (const query of [
      '?code=stolen&state=unknown',
      '?code=stolen',
      '?error=access_denied',
      '',
    ]) {
      await visitor.goTo(`/employees/signed-in${query}`);
      await visitor.sees('The sign-in has expired');
      expect(visitor.page.url()).toBe(`${portal.stack.portalUrl}/employees/signed-in`);
    }
    expect(exchanged).toEqual([]);
    await visitor.follow('Sign in again');
    await signInThere(visitor, HANA);
    await visitor.sees('Welcome, Hana Helpdesk');
  });

  test('because its code is too old begins again', async () => {
    const visitor = await portal.visit();
    const [held] = await Promise.all([
      new Promise<() => Promise<void>>((resolve) => {
        void visitor.page.route('**/oauth2/token', (route) =>
          route.request().method() === 'POST'
            ? resolve(() => route.continue())
            : void route.continue(),
        );
      }),
      goToProvider(visitor).then(() => signInThere(visitor, HANA)),
    ]);
    await portal.moveClock(301);
    await held();
    await visitor.sees('The sign-in has expired');
  });

  test('with tokens of another nonce or issuer is not used', async () => {
    const visitor = await portal.visit();
    const { domain } = await employeesOf(portal.stack);
    const answerWith = async (changed: object): Promise<void> => {
      await visitor.page.unroute(`${domain}/oauth2/token`);
      await visitor.page.route(`${domain}/oauth2/token`, async (route) => {
        if (route.request().method() !== 'POST') return void (await route.continue());
        const response = await route.fetch();
        const body = (await response.json()) as { id_token: string };
        await route.fulfill({ response, json: { ...body, id_token: altered(body, changed) } });
      });
    };
    const isRefused = async (): Promise<void> => {
      await visitor.sees('The sign-in could not be verified');
      const kept = await visitor.page.evaluate(() => Object.keys(sessionStorage));
      expect(kept.filter((key) => key.startsWith('portal-auth.employee'))).toEqual([]);
    };
    await answerWith({ nonce: 'another' });
    await goToProvider(visitor);
    await signInThere(visitor, HANA);
    await isRefused();
    for (const changed of [{ iss: 'https://elsewhere.example' }, { aud: 'another' }]) {
      await answerWith(changed);
      await visitor.goTo('/employees/sign-in');
      await isRefused();
    }
  });

  test('because nothing answers says so, before it leaves and after it came back', async () => {
    const visitor = await portal.visit();
    const { domain } = await employeesOf(portal.stack);
    const token = `${domain}/oauth2/token`;
    await visitor.page.route(token, (route) => route.abort());
    await visitor.goTo('/');
    await visitor.follow('LOGIN');
    await visitor.sees('The sign-in for employees does not answer');
    await visitor.seesNotice('We could not reach the service');
    await visitor.page.unroute(token);
    await visitor.page.route(token, (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({ status: 503, body: 'down' })
        : route.continue(),
    );
    await visitor.press('Try again');
    await signInThere(visitor, HANA);
    await visitor.sees('The sign-in could not be completed');
    await visitor.page.unroute(token);
    await visitor.follow('Sign in again');
    await visitor.sees('Welcome, Hana Helpdesk');
  });

  test('at the identity provider says whose failure it is', async () => {
    const visitor = await portal.visit();
    const { domain } = await employeesOf(portal.stack);
    await visitor.page.route(`${domain}/oauth2/authorize**`, (route) => {
      const { searchParams } = new URL(route.request().url());
      const back = new URL(searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('error', 'invalid_request');
      back.searchParams.set('error_description', 'workforce Error - 500 server_error');
      back.searchParams.set('state', searchParams.get('state') ?? '');
      return route.fulfill({ status: 302, headers: { location: back.href } });
    });
    await visitor.goTo('/employees/sign-in');
    await visitor.sees('Your organization’s sign-in failed');
  });
});

/** The ID token with other claims: its signature is not what keeps a foreign one out here. */
function altered({ id_token: token }: { id_token: string }, change: object): string {
  const [head, claims = '', signature] = token.split('.');
  const read = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as object;
  const written = Buffer.from(JSON.stringify({ ...read, ...change })).toString('base64url');
  return [head, written, signature].join('.');
}
