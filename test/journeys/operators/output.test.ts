import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Machine } from '../clients/machine.ts';
import { runOps, THESE_DAYS } from '../clients/operator.ts';
import { CEDAR } from '../clients/registrant.ts';

let machine: Machine;
let folder: string;
beforeAll(async () => {
  machine = await Machine.boot();
  folder = await mkdtemp(join(tmpdir(), 'portal-auth-output-'));
});
afterAll(async () => {
  await machine.stop();
  await rm(folder, { recursive: true });
});

const ops = (...args: string[]) => runOps(machine, ...args);
const WHY = ['--reason', 'asked by phone', '--ticket', 'HD-1'];

describe('--json prints one JSON value on the standard output', () => {
  test.each<[command: string[], code: number]>([
    [['--version'], 0],
    [['codes', 'issue', '--npi', CEDAR.npi, ...WHY], 0],
    [['codes', 'list', '--npi', CEDAR.npi], 0],
    [['codes', 'revoke', '--npi', CEDAR.npi, '--all', ...WHY], 0],
    [['providers', 'show', CEDAR.npi], 0],
    [['accounts', 'show', 'jrivera'], 0],
    [['users', 'find', '--name', 'Rivera'], 0],
    [['users', 'find', '--phone', 'tel:001 (202) 555\u20110143\u200b'], 0],
    [['users', 'find', '--email', 'nobody@cedargrove.example'], 1],
    [['users', 'explain', 'jrivera'], 0],
    [['users', 'events', 'jrivera'], 0],
    [['users', 'export', 'jrivera'], 0],
    [['users', 'resend-link', 'jrivera', ...WHY], 0],
    [['users', 'unlock', 'jrivera', ...WHY], 0],
    [['users', 'set-email', 'jrivera', 'jr@cedargrove.example', ...WHY], 0],
    [['users', 'disable', 'ladmin', ...WHY], 0],
    [['users', 'enable', 'ladmin', ...WHY], 0],
    [['users', 'make-admin', 'jrivera', ...WHY], 0],
    [['users', 'make-standard', 'jrivera', ...WHY], 0],
    [['users', 'reset', 'eemail', ...WHY], 0],
    [['users', 'hold', 'mchen', ...WHY], 0],
    [['users', 'erase', 'mchen', '--yes', ...WHY], 3],
    [['users', 'release', 'mchen', ...WHY], 0],
    [['users', 'release', 'mchen', ...WHY], 3],
    [['users', 'erase', 'mchen', ...WHY], 2],
    [['users', 'erase', 'mchen', '--yes', ...WHY], 0],
    [['users', 'show', 'mchen'], 1],
    [['users', 'show'], 2],
    [['users'], 2],
    [['users', 'frobnicate'], 2],
    [['users', 'disable', 'jrivera'], 2],
    [['users', 'find'], 2],
    [['users', 'find', '--email', 'nowhere'], 2],
    [['audit', 'export', ...THESE_DAYS], 0],
    [['audit', 'export', '--from', '2026-02-01', '--to', '2026-01-01'], 2],
    [['audit', 'verify', '--from', '2026-02-01', '--to', '2026-02-01'], 2],
    [['audit', 'export', '--from', 'yesterday', '--to', '2026-01-01'], 2],
    [['audit', 'who', 'jrivera'], 0],
    [['audit', 'who', 'no-one'], 1],
    [['accounts', 'import', '/no/such/file.csv'], 2],
    [['check'], 0],
    [['doctor'], 3],
    [['--stage', 'nowhere', 'doctor'], 1],
  ])('ops %j ends with %d', async (command, code) => {
    const run = await ops(...command, '--json');
    expect({ code: run.code, value: JSON.parse(run.out) as unknown }).toEqual({
      code,
      value: expect.anything(),
    });
  });

  test('an error has its code and its message there, and in one line beside it', async () => {
    const { out, err } = await ops('users', 'show', 'no-one', '--json');
    const message = 'No account has the username no-one.';
    expect(JSON.parse(out)).toEqual({ error: { code: 'NOT_FOUND', message } });
    expect(err).toBe(`ops: ${message}\n`);
  });

  test('log lines of the backend go to the standard error output', async () => {
    const mail = () => ops('users', 'resend-link', 'aadmin', ...WHY, '--json');
    await ops('users', 'reset', 'aadmin', ...WHY);
    await mail();
    const { out, err } = await mail();
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'REFUSED' } });
    expect(err).toContain('LIMIT_HIT');
  });

  test('an import prints its totals, whatever becomes of its rows', async () => {
    const file = join(folder, 'people.csv');
    await writeFile(file, 'nothing,of,it\n1,2,3\n');
    const { code, out } = await ops('accounts', 'import', file, '--json');
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ read: 1, refused: 1, complete: true });
  });
});

test('without --json the events are JSON Lines, and with it one array', async () => {
  const lines = (await ops('audit', 'export', ...THESE_DAYS)).out.trim().split('\n');
  const array = JSON.parse((await ops('audit', 'export', ...THESE_DAYS, '--json')).out) as object[];
  expect(array.slice(0, lines.length)).toEqual(lines.map((line) => JSON.parse(line) as object));
});

test('every command has an example in its help', async () => {
  const groups = { codes: 4, accounts: 2, providers: 1, users: 15, audit: 3 };
  for (const [group, least] of Object.entries(groups)) {
    const { out } = await ops(group, '--help');
    const names = [...out.matchAll(/^ {2}([a-z-]+) \[options\]/gm)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThanOrEqual(least);
    const helps = await Promise.all(names.map((name) => ops(group, name, '--help')));
    for (const help of helps)
      expect(help).toMatchObject({ code: 0, out: expect.stringContaining('Example:\n') });
  }
});
