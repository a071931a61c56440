import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';

const unfinished = ['TO', 'DO'].join('');

/** What each file of a tree of the project's shape says, and the rules that it breaks. */
const files: Record<string, { text: string; breaks: string[] }> = {
  ...refusedOfRules({
    'an async function': 'export async function decide() { await Promise.resolve(); }',
    'an async arrow': 'export const decide = async () => Promise.resolve(1);',
    'the environment': "export const table = () => process.env['TABLE'];",
    'the clock': 'export const now = () => Date.now();',
    'a date without an argument': 'export const now = () => new Date();',
    'a dice': 'export const roll = () => Math.random();',
    'random bytes': [
      "import { randomBytes } from 'node:crypto';",
      'export const roll = () => randomBytes(1);',
    ].join('\n'),
    'a change without a name': 'export const spent = { change: { set: { a: 1 } }, when: [] };',
    'the whole of node:crypto': "import * as crypto from 'node:crypto';\nexport const c = crypto;",
  }),
  'lambdas/capabilities/verification/a hash, a comparison and a given time.rules.ts': {
    text: [
      "import { createHash, timingSafeEqual } from 'node:crypto';",
      'export const at = (epochMs: number) => new Date(epochMs).toISOString();',
      "const digest = (a: string) => createHash('sha256').update(a).digest();",
      'export const same = (a: string, b: Buffer) => timingSafeEqual(digest(a), b);',
    ].join('\n'),
    breaks: [],
  },
  'lambdas/capabilities/verification/a change without a name.store.ts': {
    text: 'export const spent = { change: { set: { usedAt: 1 } }, when: [] };',
    breaks: ['eslint-js(no-restricted-syntax)'],
  },
  'lambdas/capabilities/verification/a change that has its name.transitions.ts': {
    text: 'export const SPENT = { change: { set: { usedAt: 1 } }, when: [] };',
    breaks: [],
  },
  'lambdas/ground/platform/the clock outside of rules.ts': {
    text: 'export const now = () => Date.now();',
    breaks: [],
  },
  'lambdas/a note about unfinished work.ts': {
    text: `// ${unfinished} later\nexport const x = 1;`,
    breaks: ['eslint(no-warning-comments)'],
  },
  'lambdas/a comment over 100 columns.ts': {
    text: `// ${'word '.repeat(20)}\nexport const x = 1;`,
    breaks: ['eslint-js(max-len)'],
  },
  'lambdas/a variable that never varies.ts': {
    text: 'let x = 1;\nexport const y = x;',
    breaks: ['eslint(prefer-const)'],
  },
  'lambdas/a promise that nobody awaits.ts': {
    text: 'export function x(promise: Promise<void>) {\n  promise.then(() => undefined);\n}',
    breaks: ['typescript(no-floating-promises)'],
  },
  'portal/src/a case that a switch forgets.ts': {
    text: [
      "export function x(kind: 'a' | 'b'): void {",
      '  switch (kind) {',
      "    case 'a':",
      '  }',
      '}',
    ].join('\n'),
    breaks: ['typescript(switch-exhaustiveness-check)'],
  },
  'test/browser/a value of another type.ts': {
    text: 'export const width: string = window.innerWidth;',
    breaks: ['typescript(TS2322)'],
  },
};

function refusedOfRules(texts: Record<string, string>): typeof files {
  const breaks = ['eslint-js(no-restricted-syntax)'];
  return Object.fromEntries(
    Object.entries(texts).map(([what, text]) => [
      `lambdas/capabilities/verification/${what}.rules.ts`,
      { text, breaks },
    ]),
  );
}

const CONFIGURATION = [
  'oxlint.config.ts',
  'package.json',
  'tsconfig.json',
  'portal/tsconfig.json',
  'test/browser/tsconfig.json',
];

const tree = mkdtempSync(join(tmpdir(), 'linted-'));
afterAll(() => rmSync(tree, { recursive: true, force: true }));

/** One run over all files, because the linter's start takes longer than its work. */
function lint(): Map<string, Set<string>> {
  symlinkSync(resolve('node_modules'), join(tree, 'node_modules'));
  for (const file of CONFIGURATION) cpSync(file, join(tree, file));
  for (const [path, { text }] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), `${text}\n`);
  }
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [resolve('node_modules/oxlint/bin/oxlint'), '--format', 'json'],
    { cwd: tree, encoding: 'utf8' },
  );
  if (!stdout.startsWith('{')) throw new Error(`oxlint did not run: ${stdout}${stderr}`);
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { filename: string; code: string }[];
  };
  const broken = Map.groupBy(diagnostics, ({ filename }) => filename);
  return new Map(
    [...broken].map(([file, of]) => [file, new Set(of.map(({ code }) => code))] as const),
  );
}

describe('the linter', () => {
  const broken = lint();

  test.each(Object.entries(files).filter(([, { breaks }]) => breaks.length > 0))(
    'refuses %s',
    (path, { breaks }) => {
      expect([...(broken.get(path) ?? [])]).toEqual(breaks);
    },
  );

  test.each(Object.entries(files).filter(([, { breaks }]) => breaks.length === 0))(
    'allows %s',
    (path) => {
      expect(broken.get(path)).toBeUndefined();
    },
  );
});
