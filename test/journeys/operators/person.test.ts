import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { Authenticator } from '../clients/authenticator.ts';
import { Employee, HANA } from '../clients/employee.ts';
import { ADA, ERIN, eventually, LEE, Machine, PASSWORD } from '../clients/machine.ts';
import { runOps } from '../clients/operator.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { Registrant } from '../clients/registrant.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());

const ops = (...args: string[]) => runOps(machine, ...args);
const WHY = ['--reason', 'called back'];
const json = async (...args: string[]) => JSON.parse((await ops(...args, '--json')).out);

describe('a portal login that wrong passwords have closed for an hour', () => {
  const open = async (username: string, password: string) =>
    (await new Registrant(machine).open({ username, password })).status;

  async function close(username: string, password: string): Promise<void> {
    for (let attempt = 0; attempt < 10; attempt += 1)
      expect(await open(username, 'wrong')).toBe(401);
    expect(await open(username, password)).toBe(429);
  }
  const lock = {
    lock: 'HOUR_OF_PORTAL_PASSWORDS',
    until: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
  };

  test('is explained with its end, and opened by an operator', async () => {
    await close('jrivera', 'Portal-Pass-2024');
    expect(await json('users', 'explain', 'jrivera')).toMatchObject({
      locks: [lock],
      steps: ['WAIT_OR_UNLOCK', 'FORMER_PORTAL_LOGIN', 'MAIL_LINK'],
    });
    const { out } = await ops('users', 'explain', 'jrivera');
    expect(out).toMatch(/10 wrong portal passwords within an hour from one source\. Until \d{4}-/);
    expect((await ops('users', 'unlock', 'jrivera', ...WHY)).code).toBe(0);
    expect((await json('users', 'explain', 'jrivera')).locks).toEqual([]);
    expect(await open('jrivera', 'Portal-Pass-2024')).toBe(201);
  });

  test('is explained to the help desk, which opens it', async () => {
    await close('mchen', 'Portal-Pass-2025');
    const { access_token: token } = await new Employee(machine).signIn(HANA);
    const path = '/help-desk/users/mchen';
    const explained = await machine.api('GET', `${path}/explanation`, undefined, token);
    expect(explained.body).toMatchObject({ locks: [lock], acts: ['UNLOCK', 'EMAIL'] });
    const why = { reason: 'called back' };
    expect((await machine.api('POST', `${path}/unlock`, why, token)).status).toBe(204);
    expect(await open('mchen', 'Portal-Pass-2025')).toBe(201);
  });
});

describe('a link that was mailed a moment ago', () => {
  const linksTo = async (to: string) =>
    (await machine.messages(to)).filter(({ text }) => text.includes('/register#')).length;
  const linksArrive = (to: string, count: number) =>
    eventually(async () => ((await linksTo(to)) === count ? true : undefined), 'the link');

  test('keeps none back that an act makes needed, and is named where it still works', async () => {
    const reset = async () => json('users', 'reset', 'aadmin', ...WHY);
    expect(await reset()).toEqual({ username: 'aadmin', status: 'RESET', link: 'QUEUED' });
    await linksArrive(ADA.email, 1);
    expect(await reset()).toMatchObject({ link: 'TOO_SOON' });
    expect((await ops('users', 'reset', 'aadmin', ...WHY)).out).toContain('still works');
    const moved = 'moved@cedargrove.example';
    expect((await ops('users', 'set-email', 'aadmin', moved, ...WHY)).code).toBe(0);
    await linksArrive(moved, 1);
    expect(await linksTo(ADA.email)).toBe(1);
  });
});

describe('all that is held of a person', () => {
  async function withEverything(email: string): Promise<void> {
    const user = new PortalUser(machine, email);
    const { AccessToken: token } = await user.signIn(PASSWORD, 'EMAIL', email);
    const authenticator = new Authenticator();
    const { body: options } = await machine.api('POST', '/me/passkeys/options', {}, token);
    const here = { origin: machine.outputs.portalUrl, rpId: 'localhost' };
    const credential = authenticator.create(options, here);
    await machine.api(
      'POST',
      '/me/passkeys',
      { name: 'Desk', credential },
      { token, headers: { 'idempotency-key': 'desk' } },
    );
    await machine.api('POST', '/me/recovery-codes', {}, token);
    await machine.api('POST', '/me/email', { email: 'next@cedargrove.example' }, token);
    await machine.api('PUT', '/me/language', { language: 'es' }, token);
  }

  test('is exported, with secrets named and not shown', async () => {
    await withEverything(ERIN.email);
    const held = await json('users', 'export', 'eemail');
    expect(held).toMatchObject({
      account: {
        username: 'eemail',
        language: 'es',
        addressOnRecord: ERIN.email,
        heldAsSecrets: expect.arrayContaining(['recoveryCodes', 'emailChange']),
      },
      recoveryCodes: { unused: 10 },
      cognito: { UserStatus: 'CONFIRMED' },
      passkeys: [{ name: 'Desk' }],
      openFlows: [{ kind: 'EMAIL_CHANGE', email: 'next@cedargrove.example' }],
      events: expect.arrayContaining([expect.objectContaining({ event: 'PASSKEY_ADDED' })]),
    });
    const [flow] = held.openFlows;
    for (const secret of ['tokenHash', 'open', 'lastRequest'])
      expect(flow).not.toHaveProperty(secret);
    expect(held.account).not.toHaveProperty('recoveryCodes');
    expect(held.passkeys[0]).not.toHaveProperty('registeredWith');
  });

  test('is gone after erasing, from every table but the trail and the accepted terms', async () => {
    await withEverything(LEE.email);
    const { accountId } = await json('users', 'show', 'ladmin');
    expect((await ops('users', 'erase', 'ladmin', '--yes', ...WHY)).code).toBe(0);
    const { endpoint, outputs, operatorCredentials: credentials } = machine.stack;
    const client = DynamoDBDocumentClient.from(
      new DynamoDBClient({ endpoint, region: outputs.region, credentials }),
    );
    const [holding, addressed]: [string[], string[]] = [[], []];
    for (const [name, TableName] of Object.entries(outputs.tables)) {
      const { Items = [] } = await client.send(new ScanCommand({ TableName }));
      const text = JSON.stringify(Items);
      if (text.includes(LEE.email)) addressed.push(name);
      if (text.includes(accountId)) holding.push(name);
    }
    // The username's own item remembers that it was given. Sign-ins and challenges of passkeys go
    // within the hour.
    expect(addressed).toEqual(['Challenges']);
    const kept = ['Accounts', 'AuditEvents', 'TermsAcceptances'];
    expect(holding.sort()).toEqual([...kept, 'Challenges', 'Flows'].sort());
  });
});
