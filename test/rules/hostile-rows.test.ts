import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ACCOUNT_COLUMNS } from '../../bin/ops/import/columns.ts';
import { readRows, type Row } from '../../bin/ops/import/rows.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'portal-auth-rows-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const HEADER = 'username,firstName,lastName,npi,role';
const BEFORE = 'before,Some,Body,1234567893,STANDARD';
const AFTER = 'after,Some,Body,1234567893,STANDARD';

async function rowsOf(name: string, bytes: Buffer): Promise<Row[]> {
  const file = join(directory, name);
  writeFileSync(file, bytes);
  const rows: Row[] = [];
  for await (const row of readRows({ file, encoding: 'utf-8', columns: ACCOUNT_COLUMNS }))
    rows.push(row);
  return rows;
}

const usernames = (rows: readonly Row[]): unknown[] =>
  rows.flatMap((row) => ('values' in row ? [row.values.username] : []));

/** Any bytes that stay on one line. */
const HOSTILE = fc
  .oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    fc
      .array(fc.constantFrom('"', ',', '=', 'x', ';', '\t', '\\', ' '))
      .map((parts) => Buffer.from(parts.join(''))),
  )
  .map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0x0a && byte !== 0x0d)));

describe('one hostile row', () => {
  test('harms no other row of a CSV file', async () => {
    await fc.assert(
      fc.asyncProperty(HOSTILE, async (hostile) => {
        const file = Buffer.concat([
          Buffer.from(`${HEADER}\n${BEFORE}\n`),
          hostile,
          Buffer.from(`\n${AFTER}\n`),
        ]);
        const found = usernames(await rowsOf('rows.csv', file));
        expect([found[0], found.at(-1)]).toEqual(['before', 'after']);
      }),
      { numRuns: 300 },
    );
  });

  test('harms no other row of a JSON Lines file', async () => {
    const good = (username: string) => `{"username":"${username}"}`;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          HOSTILE,
          fc.json().map((text) => Buffer.from(text)),
        ),
        async (hostile) => {
          const file = Buffer.concat([
            Buffer.from(`${good('before')}\n`),
            Buffer.from(hostile.filter((byte) => byte !== 0x0a && byte !== 0x0d)),
            Buffer.from(`\n${good('after')}\n`),
          ]);
          const found = usernames(await rowsOf('rows.jsonl', file));
          expect([found[0], found.at(-1)]).toEqual(['before', 'after']);
        },
      ),
      { numRuns: 300 },
    );
  });
});
