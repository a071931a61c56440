import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { claimsOf, Employee, HANA, OLGA, WALT } from '../clients/employee.ts';
import { Machine } from '../clients/machine.ts';

let machine: Machine;
let employee: Employee;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());
beforeEach(() => {
  employee = new Employee(machine);
});

const desk = (token: string) =>
  machine.api('GET', '/help-desk/users?username=pphone', undefined, token);

describe('an employee', () => {
  test('of the help desk signs in at the identity provider and uses the help desk', async () => {
    const tokens = await employee.signIn(HANA);
    expect(claimsOf(tokens.access_token)).toMatchObject({
      employee_id: 'e-1001',
      employee_name: 'Hana Helpdesk',
      help_desk: true,
      token_use: 'access',
      scope: expect.stringContaining('portal-auth/help-desk'),
    });
    expect(claimsOf(tokens.access_token).scope).not.toContain('aws.cognito.signin.user.admin');
    expect((await desk(tokens.access_token)).body.users).toMatchObject([{ username: 'pphone' }]);
  });

  test("has an ID token of the employees' pool, for its client and this sign-in", async () => {
    const { id_token: token } = await employee.signIn(HANA);
    const { issuer, clientId } = employee.employees;
    const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: clientId,
      currentDate: new Date(await machine.now()),
    });
    expect(payload).toMatchObject({ nonce: employee.nonce, email: HANA });
    expect(issuer).not.toContain(machine.outputs.userPoolId);
  });

  test('who is not in the group signs in and opens nothing of the help desk', async () => {
    const { access_token: token } = await employee.signIn(WALT);
    expect(claimsOf(token).help_desk).toBe(false);
    expect(await desk(token)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  });

  test('with an address of another domain comes back with an error, and without a code', async () => {
    const back = await employee.comeBack(OLGA);
    expect(back.get('code')).toBeNull();
    expect(back.get('error')).toBe('invalid_request');
    expect(back.get('state')).toBe(employee.state);
  });

  test('who cancels comes back with access_denied', async () => {
    const back = await employee.comeBack('CANCEL');
    expect(Object.fromEntries(back)).toMatchObject({
      error: 'access_denied',
      state: employee.state,
    });
  });

  test('signs in again without a form while a session lasts, and not after signing out', async () => {
    const { redirectUri } = employee.employees;
    await employee.signIn(HANA);
    expect((await employee.begin()).href).toMatch(redirectUri);
    await employee.signOut();
    expect((await employee.begin()).pathname).toMatch(/^\/interaction\//);
  });

  test('signs in by the form each time where the portal asks for that', async () => {
    await employee.signIn(HANA);
    expect((await employee.begin({ prompt: 'login' })).pathname).toMatch(/^\/interaction\//);
  });
});

describe('the tokens', () => {
  test('last 15 minutes, and are refreshed for an hour', async () => {
    const { refresh_token: token, expires_in: life } = await employee.signIn(HANA);
    expect(life).toBe(900);
    await machine.advance(3_000);
    const { status, body } = await employee.refresh(token);
    expect(status).toBe(200);
    const { access_token: fresh } = body as { access_token: string };
    expect(claimsOf(fresh).scope).toEqual(expect.stringContaining('portal-auth/help-desk'));
    expect((await desk(fresh)).status).toBe(200);
    await machine.advance(700);
    expect(await employee.refresh(token)).toMatchObject({ body: { error: 'invalid_grant' } });
  });

  test('are revoked', async () => {
    const { refresh_token: token } = await employee.signIn(HANA);
    const { domain, clientId } = employee.employees;
    const revoked = await fetch(`${domain}/oauth2/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: clientId, token }),
    });
    expect(revoked.status).toBe(200);
    expect(await employee.refresh(token)).toMatchObject({ body: { error: 'invalid_grant' } });
  });

  test('show who is signed in', async () => {
    const { access_token: token } = await employee.signIn(HANA);
    const response = await fetch(`${employee.employees.domain}/oauth2/userInfo`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await response.json()).toMatchObject({ email: HANA, name: 'Hana Helpdesk' });
  });
});

describe('an attack on the sign-in', () => {
  test('a code is for the browser that has the verifier, and once', async () => {
    const code = (await employee.comeBack(HANA)).get('code') ?? '';
    const wrong = { code_verifier: 'x'.repeat(43) };
    expect(await employee.exchange(code, wrong)).toMatchObject({
      body: { error: 'invalid_grant' },
    });
    expect(await employee.exchange(code)).toMatchObject({ body: { error: 'invalid_grant' } });
    const again = (await employee.comeBack(HANA)).get('code') ?? '';
    expect((await employee.exchange(again)).status).toBe(200);
    expect(await employee.exchange(again)).toMatchObject({ body: { error: 'invalid_grant' } });
  });

  test.each([
    [{ redirect_uri: 'https://evil.example/employees/signed-in' }, 'redirect_mismatch'],
    [{ client_id: 'another-client' }, 'Client does not exist'],
  ])('%j leads nowhere', async (asked, why) => {
    await expect(employee.begin(asked)).rejects.toThrow(why);
  });

  test.each([
    [{ response_type: 'token' }, 'unauthorized_client'],
    [{ scope: 'openid aws.cognito.signin.user.admin' }, 'invalid_scope'],
    [{ code_challenge_method: 'plain' }, 'invalid_request'],
    [{ identity_provider: 'COGNITO' }, 'invalid_request'],
  ])('%j is refused', async (asked, error) => {
    expect((await employee.begin(asked)).searchParams.get('error')).toBe(error);
  });

  test("the identity provider's answer is for a sign-in that was begun here, once", async () => {
    const { domain } = employee.employees;
    for (const state of ['', 'forged'])
      await expect(
        employee.follow(`${domain}/oauth2/idpresponse?code=x&state=${state}`),
      ).rejects.toThrow('Invalid state');
  });

  test("no operation of Cognito's API signs an employee in", async () => {
    const { clientId: ClientId } = employee.employees;
    const call = async (operation: string, input: object) => {
      const response = await fetch(machine.stack.endpoint, {
        method: 'POST',
        headers: {
          'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
          'content-type': 'application/x-amz-json-1.1',
        },
        body: JSON.stringify(input),
      });
      return response.status;
    };
    for (const AuthFlow of ['CUSTOM_AUTH', 'USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'USER_AUTH'])
      expect(
        await call('InitiateAuth', {
          ClientId,
          AuthFlow,
          AuthParameters: { USERNAME: HANA, PASSWORD: 'any', SRP_A: 'ff' },
        }),
      ).toBe(400);
    const names = { ClientId, Username: HANA, Password: 'Correct-Horse-9-Battery' };
    expect(await call('SignUp', names)).toBe(400);
    expect(await call('ForgotPassword', { ClientId, Username: HANA })).toBe(400);
  });
});
