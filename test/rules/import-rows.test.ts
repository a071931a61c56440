import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACCOUNT_COLUMNS } from '../../bin/ops/import/columns.ts';
import { readRows } from '../../bin/ops/import/rows.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'portal-auth-rows-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const HEADER = 'username,firstName,lastName,npi';
const row = (username: string, firstName = 'Some') => `${username},${firstName},Body,1234567893`;

/** Each row as `line username` or `line fault`. */
async function read(name: string, content: string | Buffer): Promise<string[]> {
  const file = join(directory, name);
  writeFileSync(file, content);
  const rows: string[] = [];
  for await (const one of readRows({ file, columns: ACCOUNT_COLUMNS }))
    rows.push(`${one.line} ${'fault' in one ? one.fault : String(one.values.username)}`);
  return rows;
}

const csv = (...lines: string[]) => `${lines.join('\n')}\n`;

describe('a CSV file', () => {
  test.each<[what: string, content: string | Buffer, rows: string[]]>([
    [
      'with every kind of line end',
      `${HEADER}\r\n${row('a')}\n${row('b')}\r${row('c')}`,
      ['2 a', '3 b', '4 c'],
    ],
    ['with semicolons', csv(HEADER, row('a')).replaceAll(',', ';'), ['2 a']],
    ['with tabs', csv(HEADER, row('a')).replaceAll(',', '\t'), ['2 a']],
    [
      "that names its delimiter in Excel's way",
      csv('sep=;', csv(HEADER, row('a')).replaceAll(',', ';')),
      ['3 a'],
    ],
    [
      'with trailing commas and empty rows',
      csv(`${HEADER},,`, `${row('a')},,`, ',,,,,', '', row('b')),
      ['2 a', '5 b'],
    ],
    ['with numbers as formulas', csv(HEADER, '="a",Some,Body,="1234567893"'), ['2 a']],
    [
      'with formulas that were saved again',
      csv(HEADER, '"=""a""",Some,Body,"=""1234567893"""'),
      ['2 a'],
    ],
    [
      'with UTF-16 from the other end',
      Buffer.from(`\ufeff${csv(HEADER, row('a', 'José'))}`, 'utf16le').swap16(),
      ['2 a'],
    ],
    ['with UTF-16 without a mark', Buffer.from(csv(HEADER, row('a', 'José')), 'utf16le'), ['2 a']],
    ['with a quoted line break', csv(HEADER, row('a', '"Mary\nAnn"'), row('b')), ['2 a', '4 b']],
    [
      'whose unclosed quote is closed by a stray one rows later',
      csv(HEADER, row('a', '"A'), row('b'), row('c', 'A"'), row('d')),
      [
        '2 has a quote that is opened and not closed',
        '3 b',
        expect.stringMatching(/^4 has a stray quote/) as unknown as string,
        '5 d',
      ],
    ],
  ])('%s loses no row', async (_what, content, rows) => {
    expect(await read('people.csv', content)).toEqual(rows);
  });
});

describe('a JSON Lines file', () => {
  const object = (username: string) => `{"username":"${username}"}`;

  test.each<[what: string, name: string, content: string, rows: string[]]>([
    [
      'with a byte order mark',
      'a.ndjson',
      `\ufeff${object('a')}\r\n${object('b')}`,
      ['1 a', '2 b'],
    ],
    ['by another name', 'a.txt', csv('', object('a')), ['2 a']],
    [
      'with an array as a row',
      'a.jsonl',
      csv('[1]', object('a')),
      ['1 is not a JSON object', '2 a'],
    ],
  ])('%s is read', async (_what, name, content, rows) => {
    expect(await read(name, content)).toEqual(rows);
  });

  test.each([
    ['a JSON array', 'a.jsonl', `[${object('a')},\n${object('b')}]`],
    ['a JSON array', 'a.json', `[\n${object('a')}\n]`],
    ['an object over several lines', 'a.jsonl', '{\n"username":"a"\n}'],
  ])('that is %s is refused once, as a file', async (what, name, content) => {
    await expect(read(name, content)).rejects.toThrow(`The file begins with ${what}.`);
  });
});
