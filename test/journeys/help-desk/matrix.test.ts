/** Route × role × pool: who opens what, with tokens of each pool at the routes of the other. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROUTE_LIST } from '../../../contract/routes.ts';
import { Employee, HANA, WALT } from '../clients/employee.ts';
import { ADA, LEE, Machine, PASSWORD, PAT } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';

let machine: Machine;
/** Access tokens, and ID tokens where a test says so. */
const tokens: Record<string, string> = {};
beforeAll(async () => {
  machine = await Machine.boot();
  const [pat, ada, lee] = [
    await new PortalUser(machine, PAT.email).signIn(PASSWORD, 'SMS', PAT.phone),
    await new PortalUser(machine, ADA.email).signIn(PASSWORD, 'SMS', ADA.phone),
    await new PortalUser(machine, LEE.email).signIn(PASSWORD, 'EMAIL', LEE.email),
  ];
  const hana = await new Employee(machine).signIn(HANA);
  const walt = await new Employee(machine).signIn(WALT);
  Object.assign(tokens, {
    standard: pat.AccessToken,
    admin: ada.AccessToken,
    otherAdmin: lee.AccessToken,
    helpDesk: hana.access_token,
    employee: walt.access_token,
    helpDeskId: hana.id_token,
  });
});
afterAll(async () => machine.stop());

const BODIES: Record<string, unknown> = {
  resetPerson: { reason: 'asked by phone' },
  setPersonStatus: { status: 'ENABLED', reason: 'asked by phone' },
  correctPersonEmail: { email: 'new@cedargrove.example', reason: 'asked by phone' },
  resendPersonLink: { reason: 'asked by phone' },
  unlockPerson: { reason: 'asked by phone' },
  decideApproval: { decision: 'DENIED' },
  issueRegistrationCodes: { count: 1, role: 'STANDARD', reason: 'asked by phone' },
  setUserStatus: { status: 'ENABLED' },
  correctUserEmail: { email: 'new@cedargrove.example' },
  resetRegistration: {},
};
const QUERIES: Record<string, string> = {
  findPeople: '?username=eemail',
  revokeRegistrationCode: '?reason=asked+by+phone',
};

const addressOf = (path: string, name: string) =>
  path
    .replace('{username}', 'eemail')
    .replace('{npi}', '1234567893')
    .replace('{codeId}', 'no-such-code')
    .replace('{approvalId}', 'no-such-approval')
    .replace('{deviceId}', 'no-such-device') + (QUERIES[name] ?? '');

const ofAccess = (...wanted: string[]) =>
  ROUTE_LIST.filter(({ access }) => wanted.includes(access)).map(
    ({ method, path, name }) => [method, path, name] as const,
  );

const answer = async (method: string, path: string, name: string, token?: string) =>
  machine.api(method, addressOf(path, name), BODIES[name], token);

describe('the help desk’s routes', () => {
  test.each(ofAccess('HELP_DESK'))('%s %s takes the help desk only', async (method, path, name) => {
    expect(await answer(method, path, name, tokens.employee)).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    });
    for (const caller of ['standard', 'admin', 'otherAdmin', 'helpDeskId', 'nobody'])
      expect(await answer(method, path, name, tokens[caller])).toMatchObject({
        status: 401,
        body: { code: 'TOKEN_INVALID' },
      });
    expect([401, 403, 500, 503]).not.toContain(
      (await answer(method, path, name, tokens.helpDesk)).status,
    );
  });
});

describe('the routes of providers’ people', () => {
  test.each(ofAccess('USER', 'ADMIN'))('%s %s takes no employee', async (method, path, name) => {
    for (const caller of ['helpDesk', 'employee', 'helpDeskId'])
      expect(await answer(method, path, name, tokens[caller])).toMatchObject({
        status: 401,
        body: { code: 'TOKEN_INVALID' },
      });
  });
});

describe('a person whom a path names', () => {
  const paths = ofAccess('HELP_DESK').filter(([, path]) => path.includes('{username}'));

  test.each(paths)('%s %s is not found where nobody has the name', async (method, path, name) => {
    for (const username of ['nobody-here', '..%2Fpphone', 'x', '%00', 'pphone%00'])
      expect(
        await machine.api(
          method,
          path.replace('{username}', username),
          BODIES[name],
          tokens.helpDesk,
        ),
      ).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });
});
