import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Machine } from '../clients/machine.ts';
import { assume, runOps, runOpsAs, THESE_DAYS } from '../clients/operator.ts';
import { CEDAR, Registrant } from '../clients/registrant.ts';

let machine: Machine;
let folder: string;
beforeAll(async () => {
  machine = await Machine.boot();
  folder = await mkdtemp(join(tmpdir(), 'portal-auth-imports-'));
});
afterAll(async () => {
  await machine.stop();
  await rm(folder, { recursive: true });
});

const ops = (...args: string[]) => runOps(machine, ...args);
const HASH = '$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK';
const HEADER = 'username,firstName,lastName,npi,passwordHash,email,role';

async function hostile(name: string): Promise<string> {
  const copy = join(folder, name);
  await copyFile(resolve('test/hostile-imports', name), copy);
  return copy;
}

async function file(name: string, ...lines: string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, lines.join('\n'));
  return path;
}

/** The result of every row, as `line outcome detail`. */
async function results(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8');
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [number, , outcome, ...detail] = line.split(',');
      return [number, outcome, detail.join(',').replaceAll('"', '')].join(' ').trim();
    });
}

async function show(username: string): Promise<Record<string, unknown>> {
  return JSON.parse((await ops('users', 'show', username)).out) as Record<string, unknown>;
}

const nothing = expect.stringMatching('');

describe('an import of a file that', () => {
  test.each<[what: string, name: string, code: number, rows: unknown[]]>([
    ['has a byte order mark', 'byte-order-mark.csv', 0, ['2 written', '3 written']],
    ['has the headers of another portal', 'header-aliases.csv', 0, ['2 written']],
    [
      'has two usernames that differ by case',
      'same-but-for-case.csv',
      3,
      ['2 written', expect.stringMatching(/^3 refused username: is the same as in line 2/)],
    ],
    [
      'has a stray quote',
      'stray-quote.csv',
      3,
      ['2 written', expect.stringMatching(/^3 refused has a stray quote/), '4 written'],
    ],
    [
      'has a quote that is not closed',
      'unclosed-quote.csv',
      3,
      ['2 written', '3 refused has a quote that is opened and not closed', '4 written'],
    ],
    [
      'has odd lines of JSON',
      'odd-lines.jsonl',
      3,
      ['1 written', '2 written', '3 written', '4 written', '5 refused is not a JSON object'],
    ],
    ['is called .ndjson', 'one.ndjson', 0, ['1 written']],
    ['is UTF-16', 'utf16.csv', 0, ['2 written']],
    ['is UTF-16 without a mark', 'utf16-no-bom.csv', 0, ['2 written']],
    ['comes from a spreadsheet', 'excel.csv', 0, ['2 written']],
    [
      'has odd rows',
      'odd-rows.csv',
      3,
      [
        expect.stringMatching(/^2 refused lastName: Too big/),
        '3 refused has 10 fields, and the header has 8',
        expect.stringMatching(/^4 refused lastName: contains U\+FFFD/),
        expect.stringMatching(/^5 refused firstName: contains characters/),
        expect.stringMatching(/^7 refused passwordHash: has an unknown format/),
        expect.stringMatching(/^8 refused npi: has a wrong check digit/),
        expect.stringMatching(/^9 refused email: is required without a passwordHash/),
        '10 written',
      ],
    ],
    [
      'has no header that fits',
      'wrong-header.csv',
      3,
      [
        expect.stringMatching(
          /^1 refused The header lacks lastName, npi; has unknown columns: nickname/,
        ),
      ],
    ],
  ])('%s', async (_what, name, code, rows) => {
    const copy = await hostile(name);
    expect(await ops('accounts', 'import', copy)).toMatchObject({ code, out: nothing });
    expect(await results(`${copy}.result.csv`)).toEqual(rows);
  });

  test('is Windows-1252 is refused by its line, and written with its encoding', async () => {
    const copy = await hostile('windows-1252.csv');
    expect((await ops('accounts', 'import', copy)).code).toBe(3);
    expect(await results(`${copy}.result.csv`)).toEqual([
      expect.stringMatching(/^2 refused is not UTF-8/),
    ]);
    expect((await ops('accounts', 'import', copy, '--encoding', 'windows-1252')).code).toBe(0);
    expect(await results(`${copy}.result-2.csv`)).toEqual(['2 written']);
    expect(await show('cp-jose')).toMatchObject({ firstName: 'José', lastName: 'Núñez' });
  });

  test('has a row of 70,000 characters loses only that row', async () => {
    const rows = await file(
      'long.csv',
      HEADER,
      `long-1,A,${'x'.repeat(70_000)},${CEDAR.npi},${HASH},,`,
      `long-2,A,B,${CEDAR.npi},${HASH},,`,
    );
    expect((await ops('accounts', 'import', rows)).code).toBe(3);
    expect(await results(`${rows}.result.csv`)).toEqual([
      '2 refused is longer than 65536 bytes',
      '3 written',
    ]);
  });

  test('does not exist, or has an encoding that does not, is wrong usage', async () => {
    const rows = await file('one.csv', HEADER);
    expect((await ops('accounts', 'import', join(folder, 'none.csv'))).code).toBe(2);
    expect((await ops('accounts', 'import', rows, '--encoding', 'klingon')).code).toBe(2);
    expect((await ops('accounts', 'import', rows, '--parallel', '0')).code).toBe(2);
  });
});

describe('a second import', () => {
  const row = (lastName: string, more = ',') =>
    `twice-1,Ada,${lastName},${CEDAR.npi},${HASH}${more},`;

  test('finds rows the same, or says what differs, and updates them if it may', async () => {
    const first = await file('first.csv', HEADER, row('One', ',one@cedargrove.example'));
    expect((await ops('accounts', 'import', first)).code).toBe(0);
    expect(await ops('accounts', 'import', first)).toMatchObject({
      code: 0,
      out: expect.stringContaining('0 written, 1 same, 0 different, 0 refused'),
    });
    const second = await file('second.csv', HEADER, row('Two', ',two@cedargrove.example'));
    expect((await ops('accounts', 'import', second)).code).toBe(3);
    expect(await results(`${second}.result.csv`)).toEqual(['2 different lastName, email']);
    expect(await show('twice-1')).toMatchObject({ lastName: 'One' });
    const dry = await ops('accounts', 'import', second, '--update', '--dry-run');
    expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('1 would be written') });
    expect(await show('twice-1')).toMatchObject({ lastName: 'One' });
    expect((await ops('accounts', 'import', second, '--update')).code).toBe(0);
    expect(await show('twice-1')).toMatchObject({ lastName: 'Two' });
    expect((await ops('users', 'find', '--name', 'Ada Two')).out).toContain('twice-1');
    expect((await ops('users', 'find', '--name', 'One')).code).toBe(1);
    expect((await ops('users', 'find', '--email', 'two@cedargrove.example')).code).toBe(0);
  });

  test('keeps the language of each person, which an update may change until they register', async () => {
    const header = 'username,firstName,lastName,npi,email,Locale';
    const person = (name: string, language: string) =>
      `${name},Ada,Lang,${CEDAR.npi},${name}@cedargrove.example,${language}`;
    const rows = ['lang-1', 'lang-2', 'lang-3'] as const;
    const first = await file(
      ...(['languages.csv', header] as const),
      ...rows.map((name, index) => person(name, ['es-US', '', 'French'][index] ?? '')),
    );
    expect((await ops('accounts', 'import', first)).code).toBe(3);
    expect(await results(`${first}.result.csv`)).toEqual([
      '2 written',
      '3 written',
      '4 refused language: must be en or es',
    ]);
    expect(await show('lang-1')).toMatchObject({ language: 'es' });
    expect(await show('lang-2')).not.toHaveProperty('language');
    expect((await ops('users', 'explain', 'lang-1')).out).toContain('Language of messages: es');
    expect((await ops('users', 'explain', 'lang-2')).out).toContain('Language of messages: en');
    const second = await file('languages-2.csv', header, person('lang-1', 'EN'));
    expect((await ops('accounts', 'import', second)).code).toBe(3);
    expect(await results(`${second}.result.csv`)).toEqual(['2 different language']);
    expect((await ops('accounts', 'import', second, '--update')).code).toBe(0);
    expect(await show('lang-1')).toMatchObject({ language: 'en' });
  });

  test('takes no username of another person', async () => {
    const rows = await file('thief.csv', HEADER, `pphone,No,Thief,${CEDAR.npi},${HASH},,`);
    expect((await ops('accounts', 'import', rows)).code).toBe(3);
    expect(await results(`${rows}.result.csv`)).toEqual([
      '2 refused username: belongs to another account',
    ]);
  });

  test('prints its totals as one JSON value', async () => {
    const rows = await file('json.csv', HEADER, `json-1,A,B,${CEDAR.npi},${HASH},,`, 'x');
    const { out, code } = await ops('accounts', 'import', rows, '--json');
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({
      read: 2,
      written: 1,
      same: 0,
      different: 0,
      refused: 1,
      dryRun: false,
      resultFile: `${rows}.result.csv`,
    });
  });
});

describe('a username of a former portal', () => {
  test('opens the portal login, in any case, and belongs to one account', async () => {
    const copy = await hostile('legacy.csv');
    expect((await ops('accounts', 'import', copy)).code).toBe(3);
    expect(await results(`${copy}.result.csv`)).toEqual([
      '2 written',
      '3 written',
      expect.stringMatching(/^4 refused legacyUsername: is the same as in line 3/),
    ]);
    const open = async (username: string, password = 'U*U*') =>
      (await new Registrant(machine).open({ username, password })).status;
    expect(await open("cedar\\o'old+1")).toBe(201);
    expect(await open("CEDAR\\O'Old+1")).toBe(201);
    expect(await open('legacy-1')).toBe(201);
    expect(await open('Ted.Old@former.example')).toBe(201);
    expect(await open('ted.old@former.example', 'wrong')).toBe(401);
  });
});

describe('an import of registration codes', () => {
  test('says which were revoked, and records each code that it brings', async () => {
    const rows = await file(
      'codes.csv',
      'NPI,Registration Code,Role,Provider',
      '1003000126,NEWC-5555-6666,Admin,New Clinic',
      '1003000126,NEWC-7777-8888,,Other Name',
    );
    expect((await ops('codes', 'import', rows)).code).toBe(3);
    expect(await results(`${rows}.result.csv`)).toEqual([
      '2 written',
      expect.stringMatching(/^3 different providerName/),
    ]);
    const code = ['--npi', '1003000126', '--code', 'NEWC-5555-6666'];
    expect((await ops('codes', 'revoke', ...code, '--reason', 'lost')).code).toBe(0);
    expect((await ops('codes', 'import', rows)).code).toBe(3);
    expect(await results(`${rows}.result-2.csv`)).toEqual([
      '2 refused code: was revoked; issue another one',
      expect.stringMatching(/^3 different/),
    ]);
    const exported = (await ops('audit', 'export', ...THESE_DAYS)).out;
    const issued = exported
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .find(({ accountId }) => accountId === 'PROVIDER#1003000126');
    expect(issued).toMatchObject({
      event: 'CODES_ISSUED',
      actor: 'OPERATOR',
      reason: `import of ${rows}`,
      operator: expect.stringContaining(':user/operator'),
    });
  });
});

describe('the metric of rows', () => {
  interface Metric {
    namespace: string;
    dimensions: { Kind: string; Outcome: string };
    points: { sum: number }[];
  }
  const rows = async () =>
    Object.fromEntries(
      ((await machine.local('GET', 'metrics?name=ImportRows')) as Metric[]).map(
        ({ namespace, dimensions: { Kind, Outcome }, points }) => [
          `${namespace} ${Kind} ${Outcome}`,
          points.reduce((sum, one) => sum + one.sum, 0),
        ],
      ),
    );
  const imported = () =>
    file(
      'measured.csv',
      HEADER,
      `mone,Mo,One,${CEDAR.npi},${HASH},,`,
      `mtwo,Mo,Two,${CEDAR.npi},${HASH},,`,
      `mbad,Mo,Bad,1,${HASH},,`,
    );

  test('counts what became of them in the namespace of the stage, and nothing of a dry run', async () => {
    await machine.reset();
    await ops('accounts', 'import', await imported(), '--dry-run');
    expect(await rows()).toEqual({});
    const keys = await assume(machine, 'OperatorRoleArn');
    const { err } = await runOpsAs(keys, machine, 'accounts', 'import', await imported());
    expect(err).not.toContain('ImportRows');
    const space = 'PortalAuth/PortalAuth-local ACCOUNTS';
    expect(await rows()).toEqual({ [`${space} WRITTEN`]: 2, [`${space} REFUSED`]: 1 });
  });

  test('may be written by the operator in that namespace only, and by no other role', async () => {
    const write = async (role: Parameters<typeof assume>[1], Namespace: string) => {
      const { endpoint, outputs } = machine.stack;
      const credentials = await assume(machine, role);
      const client = new CloudWatchClient({ endpoint, region: outputs.region, credentials });
      const MetricData = [{ MetricName: 'ImportRows', Value: 1 }];
      return client.send(new PutMetricDataCommand({ Namespace, MetricData }));
    };
    const own = 'PortalAuth/PortalAuth-local';
    const denied = { name: 'AccessDeniedException' };
    await expect(write('OperatorRoleArn', 'AWS/SNS')).rejects.toMatchObject(denied);
    await expect(write('OperatorReadOnlyRoleArn', own)).rejects.toMatchObject(denied);
    await write('OperatorRoleArn', own);
  });

  test('that cannot be written does not fail the import', async () => {
    await machine.fault({ service: 'cloudwatch', times: 9, error: 'InternalServiceFault' });
    const { code, err } = await ops('accounts', 'import', await imported());
    await machine.clearFaults();
    expect(code).toBe(3);
    expect(err).toContain('The metric ImportRows was not written');
  });
});
