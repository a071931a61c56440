import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { cruise } from 'dependency-cruiser';
import type { ICruiseResult, IForbiddenRuleType } from 'dependency-cruiser';

const { default: table } = (await import(resolve('.dependency-cruiser.mjs'))) as {
  default: { forbidden: IForbiddenRuleType[]; options: object };
};

/** Files that every tree has, so that forbidden imports resolve as they would in the project. */
const house: Record<string, string> = {
  'contract/routes.ts': "import * as z from 'zod';\nexport const schema = z.string();",
  'lambdas/ground/platform/environment-names.ts': "export const TABLE = 'TABLE';",
  'lambdas/ground/platform/middleware.ts':
    "import middy from '@middy/core';\nexport const wrap = middy;",
  'lambdas/capabilities/verification/codes.rules.ts':
    "import { createHash } from 'node:crypto';\nimport type { schema } from '../../../contract/routes.ts';\nexport const hash = (s: typeof schema) => createHash(String(s));",
  'lambdas/capabilities/codes/codes.store.ts':
    "import '@aws-sdk/client-dynamodb';\nimport type { hash } from './codes.rules.ts';\nexport type Stored = typeof hash;",
  'lambdas/capabilities/codes/check-code.ts':
    "import { hash } from './codes.rules.ts';\nexport const checkCode = hash;",
  'lambdas/capabilities/codes/codes.wiring.ts':
    "import './codes.store.ts';\nimport { checkCode } from './check-code.ts';\nexport const wired = checkCode;",
  'lambdas/capabilities/codes/codes.handler.ts':
    "import { wrap } from '../../ground/platform/middleware.ts';\nimport { wired } from './codes.wiring.ts';\nexport const handler = [wrap, wired];",
  'lambdas/capabilities/calls/calls.handler.ts': 'export const handler = 1;',
  'lambdas/capabilities/calls/place-call.ts': 'export const placeCall = 1;',
  'lib/stack.ts':
    "import 'aws-cdk-lib';\nimport '../contract/routes.ts';\nimport '../lambdas/ground/platform/environment-names.ts';\nexport const stack = 1;",
  'local/server.ts': "import 'node:http';\nexport const server = 1;",
  'portal/src/auth-client/session.ts': 'export const session = 1;',
  'portal/app.ts': "import '../contract/routes.ts';\nexport const app = 1;",
  'bench/run.ts': "import '../contract/routes.ts';\nexport const run = 1;",
  'test/journey.ts': 'export const journey = 1;',
};

const trees: string[] = [];
afterAll(() => trees.forEach((tree) => rmSync(tree, { recursive: true, force: true })));

/** The names of the rules that a house with these extra files breaks, file by file. */
async function broken(extra: Record<string, string>): Promise<string[]> {
  const tree = mkdtempSync(join(tmpdir(), 'import-table-'));
  trees.push(tree);
  symlinkSync(resolve('node_modules'), join(tree, 'node_modules'));
  for (const [path, text] of Object.entries({ ...house, ...extra })) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  const { output } = await cruise(['.'], {
    ...table.options,
    ruleSet: { forbidden: table.forbidden },
    validate: true,
    baseDir: tree,
  });
  return (output as ICruiseResult).summary.violations.map(
    ({ from, rule }) => `${from}: ${rule.name}`,
  );
}

const imports = (specifier: string) => `import '${specifier}';\nexport const x = 1;`;
const importsType = (specifier: string) =>
  `import type { x } from '${specifier}';\nexport type Y = typeof x;`;

describe('the import table', () => {
  test('lets the house stand', async () => {
    expect(await broken({})).toEqual([]);
  });

  const forbidden: [file: string, text: string, rule: string][] = [
    [
      'contract/x.ts',
      imports('../lambdas/capabilities/codes/check-code.ts'),
      'contract-imports-nobody',
    ],
    ['contract/y.ts', imports('@aws-sdk/client-dynamodb'), 'contract-imports-nobody'],
    [
      'lambdas/capabilities/codes/a.rules.ts',
      imports('@aws-sdk/client-dynamodb'),
      'rules-are-pure',
    ],
    ['lambdas/capabilities/codes/b.rules.ts', imports('@middy/core'), 'rules-are-pure'],
    ['lambdas/capabilities/codes/c.rules.ts', imports('node:fs'), 'rules-are-pure'],
    ['lambdas/capabilities/codes/d.rules.ts', importsType('./codes.store.ts'), 'rules-are-pure'],
    ['lambdas/capabilities/codes/e.rules.ts', imports('./check-code.ts'), 'rules-are-pure'],
    [
      'lambdas/capabilities/codes/f.ts',
      imports('@aws-sdk/client-dynamodb'),
      'use-cases-know-no-adapters',
    ],
    ['lambdas/capabilities/codes/g.ts', imports('@middy/core'), 'use-cases-know-no-adapters'],
    [
      'lambdas/capabilities/codes/h.ts',
      importsType('./codes.store.ts'),
      'use-cases-know-no-adapters',
    ],
    ['lambdas/capabilities/codes/i.ts', imports('./codes.wiring.ts'), 'use-cases-know-no-adapters'],
    [
      'lambdas/capabilities/codes/j.store.ts',
      importsType('./check-code.ts'),
      'adapters-know-no-use-cases',
    ],
    [
      'lambdas/capabilities/codes/k.sender.ts',
      imports('./codes.handler.ts'),
      'adapters-know-no-use-cases',
    ],
    [
      'lambdas/ground/platform/l.ts',
      imports('../codes/check-code.ts'),
      'platform-knows-no-capability',
    ],
    [
      'lambdas/capabilities/codes/m.handler.ts',
      imports('@aws-sdk/client-dynamodb'),
      'handlers-only-translate',
    ],
    [
      'lambdas/capabilities/codes/n.handler.ts',
      imports('./codes.store.ts'),
      'handlers-only-translate',
    ],
    [
      'lambdas/capabilities/codes/o.handler.ts',
      imports('../calls/calls.handler.ts'),
      'handlers-know-no-handlers',
    ],
    [
      'lambdas/capabilities/codes/p.handler.ts',
      imports('../calls/place-call.ts'),
      'handlers-use-their-own-room',
    ],
    [
      'lambdas/capabilities/codes/q.ts',
      imports('../../../lib/stack.ts'),
      'lambdas-know-no-machine',
    ],
    [
      'lambdas/capabilities/codes/r.ts',
      imports('../../../local/server.ts'),
      'lambdas-know-no-machine',
    ],
    [
      'lib/s.ts',
      imports('../lambdas/capabilities/codes/codes.handler.ts'),
      'lib-knows-handlers-by-path',
    ],
    ['lib/t.ts', imports('../local/server.ts'), 'lib-knows-handlers-by-path'],
    ['lib/u.ts', imports('@aws-sdk/client-dynamodb'), 'lib-stands-on-cdk'],
    [
      'local/v.ts',
      imports('../lambdas/capabilities/verification/codes.rules.ts'),
      'local-knows-the-template-only',
    ],
    ['local/w.ts', imports('../lib/stack.ts'), 'local-knows-the-template-only'],
    [
      'portal/x.ts',
      imports('../lambdas/capabilities/verification/codes.rules.ts'),
      'portal-knows-the-contract-only',
    ],
    ['portal/src/auth-client/x.ts', imports('../../app.ts'), 'auth-client-stands-alone'],
    ['portal/src/y.ts', imports('./auth-client/session.ts'), 'auth-client-is-the-only-door'],
    ['portal/src/z.ts', imports('amazon-cognito-identity-js'), 'auth-client-is-the-only-door'],
    ['bench/y.ts', imports('../local/server.ts'), 'bench-knows-the-contract-only'],
    ['lib/z.ts', imports('../test/journey.ts'), 'nobody-imports-tests'],
    ['lambdas/capabilities/codes/cycle-a.ts', imports('./cycle-b.ts'), 'no-cycles'],
    ['lambdas/capabilities/codes/lost.ts', imports('./nowhere.ts'), 'no-unresolvable-import'],
  ];

  test('refuses every forbidden import, by the rule that names its reason', async () => {
    const violations = await broken({
      ...Object.fromEntries(forbidden.map(([file, text]) => [file, text])),
      'lambdas/capabilities/codes/cycle-b.ts': imports('./cycle-a.ts'),
    });
    const missed = forbidden
      .map(([file, , rule]) => `${file}: ${rule}`)
      .filter((expected) => !violations.includes(expected));
    expect(missed).toEqual([]);
  });

  test('has no rule that this test does not break', () => {
    const exercised = new Set(forbidden.map(([, , rule]) => rule));
    expect(
      table.forbidden.map(({ name }) => name).filter((name) => !exercised.has(String(name))),
    ).toEqual([]);
  });
});
