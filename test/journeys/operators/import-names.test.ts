import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually, Machine } from '../clients/machine.ts';
import { interruptOps, runOps } from '../clients/operator.ts';
import { CEDAR, details, LAKE, Registrant } from '../clients/registrant.ts';

let machine: Machine;
let folder: string;
beforeAll(async () => {
  machine = await Machine.boot();
  folder = await mkdtemp(join(tmpdir(), 'portal-auth-names-'));
});
afterAll(async () => {
  await machine.stop();
  await rm(folder, { recursive: true });
});

const ops = (...args: string[]) => runOps(machine, ...args);
const HASH = '$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK';
const HEADER = 'username,firstName,lastName,npi,passwordHash,legacyUsername';
const person = (username: string, legacy = '') =>
  `${username},Ada,Body,${CEDAR.npi},${HASH},${legacy}`;

async function imported(name: string, ...rows: string[]): Promise<string[]> {
  const file = join(folder, name);
  await writeFile(file, [HEADER, ...rows].join('\n'));
  await ops('accounts', 'import', file);
  const lines = (await readFile(`${file}.result.csv`, 'utf8')).trim().split('\n').slice(1);
  return lines.map((line) => line.split(',').slice(2).join(' ').replaceAll('"', '').trim());
}

describe('a name that opens the portal login belongs to one person', () => {
  test('in one file, in whichever column', async () => {
    expect(
      await imported(
        'one-file.csv',
        person('ln-one', 'ln-old'),
        person('ln-old'),
        person('ln-two', 'LN-One'),
        person('ln-three', 'LN-Three'),
        person('ln-long', 'x'.repeat(64)),
        person('ln-longer', 'x'.repeat(65)),
      ),
    ).toEqual([
      'written',
      expect.stringMatching(/^refused username: is the same as in line 2/),
      expect.stringMatching(/^refused legacyUsername: is the same as in line 2/),
      'written',
      'written',
      expect.stringMatching(/^refused legacyUsername: .*64/),
    ]);
  });

  test('in two files, and beside the people who are there', async () => {
    await imported('first.csv', person('lm-one', "Lm.O'Old"));
    expect(
      await imported('second.csv', person('lm-two', 'pphone'), person('lm-three', "lm.o'old")),
    ).toEqual([
      'refused legacyUsername: belongs to another account',
      'refused legacyUsername: belongs to another account',
    ]);
    expect(await imported('again.csv', person('lm-one', "lm.o'old"))).toEqual(['same']);
    expect(
      await imported('third.csv', person('lm-four', 'lm-one'), person('lm.five', 'lm-five')),
    ).toEqual(['refused legacyUsername: belongs to another account', 'written']);
    expect(await imported('fourth.csv', person('lm-five'))).toEqual([
      'refused username: belongs to another account',
    ]);
  });

  test('and a new account cannot take it, which would shut its owner out', async () => {
    await imported('owner.csv', person('lo-one', 'lo-old'));
    const opens = async () =>
      (await new Registrant(machine).open({ username: 'LO-Old', password: 'U*U*' })).status;
    expect(await opens()).toBe(201);
    const started = await machine.api('POST', '/provider-registrations', {
      npi: LAKE.npi,
      registrationCode: LAKE.codes[0],
    });
    const create = (username: string) =>
      machine.api(
        'POST',
        '/provider-registrations/current/account',
        details({ username }),
        started.body.flowToken,
      );
    expect(await create('lo-old')).toMatchObject({
      status: 409,
      body: { code: 'USERNAME_TAKEN' },
    });
    expect(await opens()).toBe(201);
    expect((await create('lo-new')).status).toBe(201);
  });
});

test('an import that Ctrl-C ends says so, and the same command goes on', async () => {
  const file = join(folder, 'long.csv');
  const many = 4_000;
  const rows = Array.from({ length: many }, (_, index) => person(`lp-${index}`));
  await writeFile(file, [HEADER, ...rows].join('\n'));
  const hasResults = () =>
    eventually(async () => {
      const results = await readFile(`${file}.result.csv`, 'utf8').catch(() => '');
      return results.split('\n').length > 10 ? true : undefined;
    }, 'the first results');
  const stopped = await interruptOps(machine, hasResults, 'accounts', 'import', file, '--json');
  expect(stopped).toMatchObject({
    code: 1,
    err: expect.stringContaining('Run the same command again to go on.'),
  });
  const first = JSON.parse(stopped.out) as { written: number; complete: boolean };
  expect(first.complete).toBe(false);
  expect(first.written).toBeGreaterThan(0);
  expect(first.written).toBeLessThan(many);
  const { code, out } = await ops('accounts', 'import', file, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    read: many,
    written: many - first.written,
    same: first.written,
    complete: true,
    resultFile: `${file}.result-2.csv`,
  });
});
