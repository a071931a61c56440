import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { Employee, HANA } from '../clients/employee.ts';
import { ERIN, eventually, Machine, PASSWORD, PAT } from '../clients/machine.ts';
import { runOps, THESE_DAYS } from '../clients/operator.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { CEDAR, Registrant } from '../clients/registrant.ts';

let machine: Machine;
let folder: string;
beforeAll(async () => {
  machine = await Machine.boot();
  folder = await mkdtemp(join(tmpdir(), 'portal-auth-ops-'));
});
afterAll(async () => {
  await machine.stop();
  await rm(folder, { recursive: true });
});

const ops = (...args: string[]) => runOps(machine, ...args);
const WHY = ['--reason', 'asked by phone'];

async function file(name: string, ...lines: string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, lines.join('\n'));
  return path;
}

describe('codes', () => {
  test('an issued code is shown once, registers, and is invalid once revoked', async () => {
    const { code, out } = await ops(
      ...['codes', 'issue', '--npi', CEDAR.npi, '--count', '2', '--reason', 'new staff'],
    );
    const [first = '', second = ''] = out.trim().split('\n');
    expect(code).toBe(0);
    for (const one of [first, second])
      expect(one).toMatch(/^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}$/);
    expect(
      (await ops('codes', 'revoke', '--npi', CEDAR.npi, '--code', second.toLowerCase(), ...WHY))
        .code,
    ).toBe(0);
    const start = (registrationCode: string) =>
      machine.api('POST', '/provider-registrations', { npi: CEDAR.npi, registrationCode });
    expect((await start(first)).status).toBe(201);
    expect((await start(second)).status).toBe(403);
    expect((await ops('codes', 'revoke', '--npi', CEDAR.npi, '--code', second, ...WHY)).code).toBe(
      3,
    );
  });

  test('an import reports refused rows, and a dry run or a repeat changes nothing', async () => {
    const rows = await file(
      'codes.csv',
      'npi,code,role,providerName',
      '1003000126,NEWC-1111-2222,ADMIN,New Clinic',
      '1234567890,BAD-CHECK-DIGIT,,',
      '1245319599,short,,',
    );
    expect(await ops('codes', 'import', rows, '--dry-run')).toMatchObject({
      code: 3,
      out: expect.stringContaining('1 would be written'),
    });
    expect(
      (
        await machine.api('POST', '/provider-registrations', {
          npi: '1003000126',
          registrationCode: 'newc11112222',
        })
      ).status,
    ).toBe(403);
    expect(await ops('codes', 'import', rows)).toMatchObject({
      code: 3,
      out: expect.stringContaining('3 rows read, 1 written, 0 same, 0 different, 2 refused'),
    });
    expect(await readFile(`${rows}.result.csv`, 'utf8')).toMatch(
      /^3,,refused,npi: .*check digit.*\n4,,refused,code: /m,
    );
    expect(await ops('codes', 'import', rows)).toMatchObject({
      out: expect.stringContaining('0 written, 1 same'),
    });
    expect(
      (
        await machine.api('POST', '/provider-registrations', {
          npi: '1003000126',
          registrationCode: 'newc11112222',
        })
      ).status,
    ).toBe(201);
  });
});

describe('the address on record', () => {
  test('of a user who is not registered is corrected, and the link goes there', async () => {
    expect(
      await ops('users', 'set-email', 'mchen', 'M.Chen@cedargrove.example', ...WHY),
    ).toMatchObject({
      code: 0,
      out: expect.stringContaining('m***@cedargrove.example'),
    });
    expect(await machine.link('m.chen@cedargrove.example')).toBeDefined();
    const { out } = await ops('users', 'events', 'mchen');
    expect(out).toContain('CONTACT_EMAIL_CHANGED');
  });

  test('of a registered user stays, and what is not an address is refused', async () => {
    expect(
      (await ops('users', 'set-email', 'pphone', 'other@cedargrove.example', ...WHY)).code,
    ).toBe(3);
    expect((await ops('users', 'set-email', 'mchen', 'nowhere', ...WHY)).code).toBe(2);
    expect(
      (await ops('users', 'set-email', 'no-one-here', 'a@cedargrove.example', ...WHY)).code,
    ).toBe(1);
  });
});

describe('accounts', () => {
  test('imported users log in with their old password, for every format of its hash', async () => {
    const rows = await file(
      'accounts.jsonl',
      JSON.stringify({
        username: 'by-bcrypt',
        firstName: 'B',
        lastName: 'Crypt',
        npi: CEDAR.npi,
        passwordHash: '$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK',
      }),
      JSON.stringify({
        username: 'pphone',
        firstName: 'No',
        lastName: 'Thief',
        npi: CEDAR.npi,
        passwordHash: '$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK',
      }),
      JSON.stringify({
        username: 'no-hash',
        firstName: 'No',
        lastName: 'Hash',
        npi: CEDAR.npi,
        passwordHash: 'md5:1234',
      }),
      '{',
    );
    expect(await ops('accounts', 'import', rows)).toMatchObject({
      code: 3,
      out: expect.stringContaining('4 rows read, 1 written, 0 same, 0 different, 3 refused'),
    });
    expect(await ops('accounts', 'show', 'BY-bcrypt')).toMatchObject({
      code: 0,
      out: expect.stringContaining('"status": "IMPORTED"'),
    });
    expect(
      (await new Registrant(machine).open({ username: 'by-bcrypt', password: 'U*U' })).status,
    ).toBe(401);
    expect(
      (await new Registrant(machine).open({ username: 'by-bcrypt', password: 'U*U*' })).status,
    ).toBe(201);
  });
});

describe('users', () => {
  test('an operator resets, disables and makes admins of any provider', async () => {
    const { AccessToken } = await new PortalUser(machine, ERIN.email).signIn(
      PASSWORD,
      'EMAIL',
      ERIN.email,
    );
    expect((await ops('users', 'make-admin', 'eemail', ...WHY)).code).toBe(0);
    expect((await machine.api('GET', '/admin/users', undefined, AccessToken)).status).toBe(401);
    expect((await ops('users', 'reset', 'eemail', ...WHY)).code).toBe(0);
    expect(await ops('users', 'show', 'eemail')).toMatchObject({
      out: expect.stringContaining('"status": "RESET"'),
    });
    expect(await machine.link(ERIN.email)).toBeDefined();
    expect((await ops('users', 'show', 'nobody-here')).code).toBe(1);
  });

  test('wrong usage is exit code 2, an unreachable stage 1', async () => {
    expect((await ops('users', 'frobnicate', 'eemail')).code).toBe(2);
    expect((await ops('--stage', 'nowhere', 'users', 'show', 'eemail')).code).toBe(1);
  });
});

describe('the acts of an employee of the help desk', () => {
  test('are reported with whom they were about, and why', async () => {
    const { access_token: token } = await new Employee(machine).signIn(HANA);
    const why = { reason: 'called back' };
    await machine.api('GET', '/help-desk/users/ladmin', undefined, token);
    await machine.api('POST', '/help-desk/users/ladmin/unlock', why, token);
    const { code, out } = await ops('audit', 'who', '--employee', 'e-1001');
    expect(code).toBe(0);
    expect(out).toMatch(/ladmin {2}LOOKED_AT SHOWN/);
    expect(out).toMatch(/ladmin {2}ACCOUNT_UNLOCKED {2}called back/);
    const nobody = await ops('audit', 'who', '--employee', 'e-9999', ...THESE_DAYS);
    expect(nobody.out).toContain('Nothing in this time.');
    expect((await ops('audit', 'who')).code).not.toBe(0);
    expect((await ops('audit', 'who', 'ladmin', '--employee', 'e-1001')).code).not.toBe(0);
  });
});

describe('the audit trail', () => {
  test('is exported, and altered or missing rows are found against the archive', async () => {
    await new PortalUser(machine, PAT.email).signIn(PASSWORD, 'SMS', PAT.phone);
    await ops('users', 'make-admin', 'pphone', ...WHY);
    await ops('users', 'reset', 'pphone', ...WHY);
    await eventually(
      async () => ((await ops('audit', 'verify', ...THESE_DAYS)).code === 0 ? true : undefined),
      'the archive to catch up',
    );
    const exported = (await ops('audit', 'export', ...THESE_DAYS)).out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string });
    expect(exported.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['FACTOR_PASSED', 'ROLE_CHANGED', 'REGISTRATION_RESET']),
    );
    const { endpoint, outputs, operatorCredentials: credentials } = machine.stack;
    const client = DynamoDBDocumentClient.from(
      new DynamoDBClient({ endpoint, region: outputs.region, credentials }),
    );
    const TableName = outputs.tables.AuditEvents ?? '';
    const { Items: [one, two] = [] } = await client.send(new ScanCommand({ TableName }));
    const key = (item: Record<string, unknown> | undefined) => ({
      accountId: item?.accountId,
      eventId: item?.eventId,
    });
    await client.send(
      new UpdateCommand({
        TableName,
        Key: key(one),
        UpdateExpression: 'SET actor = :actor',
        ExpressionAttributeValues: { ':actor': 'SOMEBODY-ELSE' },
      }),
    );
    await client.send(new DeleteCommand({ TableName, Key: key(two) }));
    const { code, out } = await ops('audit', 'verify', ...THESE_DAYS);
    expect(code).toBe(3);
    expect(out).toContain('ALTERED');
    expect(out).toContain('MISSING');
    expect(out).toContain('2 faults found');
  });
});
