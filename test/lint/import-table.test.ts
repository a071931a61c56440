import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { cruise } from 'dependency-cruiser';
import type { ICruiseResult, IForbiddenRuleType } from 'dependency-cruiser';

const { default: table, CAPABILITIES } = (await import(resolve('.dependency-cruiser.mjs'))) as {
  default: { forbidden: IForbiddenRuleType[]; options: object };
  CAPABILITIES: string[];
};

const exportsX = 'export const x = 1;';
const imports = (...specifiers: string[]) =>
  [...specifiers.map((specifier) => `import '${specifier}';`), exportsX].join('\n');
const importsType = (specifier: string) =>
  `import type { x } from '${specifier}';\nexport type Y = typeof x;`;

const platform = 'lambdas/ground/platform';
const outbox = 'lambdas/capabilities/outbox';
const signIn = 'lambdas/journeys/sign-in';

/** Files that every tree has, so that forbidden imports resolve as they would in the project. */
const house: Record<string, string> = {
  'contract/routes.ts': imports('zod'),
  'contract/openapi/document.ts': imports('../routes.ts'),
  [`${platform}/environment-names.ts`]: exportsX,
  [`${platform}/needs.ts`]: exportsX,
  [`${platform}/attributes.rules.ts`]: exportsX,
  [`${platform}/database.ts`]: importsType('./attributes.rules.ts'),
  [`${platform}/http.ts`]: imports('@middy/core'),
  'lambdas/ground/limits/limits.rules.ts': exportsX,
  'lambdas/ground/audit/audit.rules.ts': exportsX,
  [`${platform}/sdk/kms.ts`]: imports('@aws-sdk/client-kms'),
  [`${outbox}/outbox.rules.ts`]: imports('node:crypto', '../../../contract/routes.ts'),
  [`${outbox}/outbox.transitions.ts`]: imports('../../ground/platform/attributes.rules.ts'),
  [`${outbox}/outbox.port.ts`]: importsType('../../ground/platform/database.ts'),
  [`${outbox}/outbox.needs.ts`]: importsType('../../ground/platform/needs.ts'),
  [`${outbox}/outbox.store.ts`]: imports('@aws-sdk/client-dynamodb', './outbox.transitions.ts'),
  [`${outbox}/send.ts`]: imports('./outbox.rules.ts', './outbox.transitions.ts'),
  [`${outbox}/outbox.wiring.ts`]: imports('./outbox.store.ts', './send.ts'),
  [`${outbox}/outbox.handler.ts`]: imports('../../ground/platform/http.ts', './outbox.wiring.ts'),
  ...Object.fromEntries(
    CAPABILITIES.map((name) => [`lambdas/capabilities/${name}/x.ts`, exportsX]),
  ),
  [`${signIn}/present.ts`]: imports('../../capabilities/outbox/send.ts'),
  [`${signIn}/sign-in.wiring.ts`]: imports('../../capabilities/outbox/outbox.wiring.ts'),
  'lambdas/journeys/recovery/reset.ts': exportsX,
  'lib/stack.ts': imports(
    'aws-cdk-lib',
    '../contract/routes.ts',
    '../lambdas/ground/platform/environment-names.ts',
    '../lambdas/capabilities/outbox/outbox.needs.ts',
  ),
  'local/server.ts': imports('node:http'),
  'packages/auth-client/src/session.ts': exportsX,
  'portal/app.ts': imports('../contract/routes.ts'),
  'bench/run.ts': imports('../contract/routes.ts'),
  'test/journey.ts': exportsX,
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

/** Each capability, importing the next one in the list. */
const upwards = CAPABILITIES.slice(0, -1).map((name, index): Forbidden => {
  const above = CAPABILITIES[index + 1] ?? '';
  return [
    `lambdas/capabilities/${name}/upwards.ts`,
    imports(`../${above}/x.ts`),
    `${name}-is-below`,
  ];
});

type Forbidden = [file: string, text: string, rule: string];

const forbidden: Forbidden[] = [
  ['contract/x.ts', imports('../lambdas/capabilities/outbox/send.ts'), 'contract-imports-nobody'],
  ['contract/y.ts', imports('@aws-sdk/client-dynamodb'), 'contract-imports-nobody'],
  ['contract/z.ts', imports('./openapi/document.ts'), 'openapi-is-for-readers'],
  [`${platform}/z.ts`, imports('../../../contract/openapi/document.ts'), 'openapi-is-for-readers'],
  ['portal/z.ts', imports('../contract/openapi/document.ts'), 'openapi-is-for-readers'],
  [`${platform}/a.ts`, imports('../../capabilities/outbox/send.ts'), 'ground-is-the-lowest-floor'],
  [
    `${platform}/b.ts`,
    importsType('../../journeys/sign-in/present.ts'),
    'ground-is-the-lowest-floor',
  ],
  ['lambdas/capabilities/unlisted/x.ts', imports('../outbox/send.ts'), 'capabilities-are-listed'],
  [`${platform}/d.ts`, importsType('../limits/limits.rules.ts'), 'platform-is-lowest'],
  [`${platform}/e.ts`, imports('../audit/audit.rules.ts'), 'platform-is-lowest'],
  [`${outbox}/z.port.ts`, imports('./outbox.rules.ts'), 'ports-are-types'],
  [
    `${outbox}/a.ts`,
    importsType('../../journeys/recovery/reset.ts'),
    'capabilities-import-no-journeys',
  ],
  ...upwards,
  [`${signIn}/a.ts`, importsType('../recovery/reset.ts'), 'journeys-are-independent'],
  [`${outbox}/a.rules.ts`, imports('@aws-sdk/client-dynamodb'), 'rules-are-pure'],
  [`${outbox}/b.rules.ts`, imports('@middy/core'), 'rules-are-pure'],
  [`${outbox}/c.rules.ts`, imports('node:fs'), 'rules-are-pure'],
  [`${outbox}/d.rules.ts`, importsType('./outbox.store.ts'), 'rules-are-pure'],
  [`${outbox}/e.rules.ts`, imports('./send.ts'), 'rules-are-pure'],
  [`${outbox}/a.transitions.ts`, imports('./send.ts'), 'transitions-decide-nothing'],
  [`${outbox}/b.transitions.ts`, importsType('./outbox.store.ts'), 'transitions-decide-nothing'],
  [`${outbox}/f.ts`, imports('@aws-sdk/client-dynamodb'), 'use-cases-import-no-adapters'],
  [`${outbox}/g.ts`, imports('@middy/core'), 'use-cases-import-no-adapters'],
  [`${outbox}/q.ts`, imports('../../ground/platform/sdk/kms.ts'), 'use-cases-import-no-adapters'],
  [`${outbox}/h.ts`, importsType('./outbox.store.ts'), 'use-cases-import-no-adapters'],
  [`${signIn}/i.ts`, imports('./sign-in.wiring.ts'), 'use-cases-import-no-adapters'],
  [`${signIn}/j.ts`, imports('../../ground/platform/database.ts'), 'use-cases-build-no-writes'],
  ...['k.ts', 'k.store.ts', 'k.rules.ts', 'k.wiring.ts'].map((name): Forbidden => [
    `${outbox}/${name}`,
    imports('../../ground/platform/attributes.rules.ts'),
    'only-transitions-build-changes',
  ]),
  [`${outbox}/l.store.ts`, imports('./send.ts'), 'adapters-import-no-use-cases'],
  [`${outbox}/m.sender.ts`, imports('./outbox.handler.ts'), 'adapters-import-no-use-cases'],
  [`${outbox}/n.needs.ts`, imports('./outbox.rules.ts'), 'needs-are-data'],
  [`${outbox}/o.handler.ts`, imports('@aws-sdk/client-dynamodb'), 'handlers-only-translate'],
  [
    `${outbox}/r.handler.ts`,
    imports('../../ground/platform/sdk/kms.ts'),
    'handlers-only-translate',
  ],
  [`${outbox}/p.handler.ts`, imports('./outbox.store.ts'), 'handlers-only-translate'],
  [`${outbox}/q.ts`, imports('./outbox.handler.ts'), 'handlers-are-deployed'],
  [
    `${signIn}/r.handler.ts`,
    imports('../../capabilities/outbox/outbox.wiring.ts'),
    'handlers-use-their-own-wiring',
  ],
  [`${outbox}/s.ts`, imports('../../../lib/stack.ts'), 'lambdas-import-no-machine'],
  [`${outbox}/t.ts`, imports('../../../local/server.ts'), 'lambdas-import-no-machine'],
  [
    'lib/s.ts',
    imports('../lambdas/capabilities/outbox/outbox.handler.ts'),
    'lib-names-handlers-by-path',
  ],
  ['lib/t.ts', imports('../local/server.ts'), 'lib-names-handlers-by-path'],
  ['lib/u.ts', imports('@aws-sdk/client-dynamodb'), 'lib-uses-the-cdk'],
  [
    'local/v.ts',
    imports('../lambdas/capabilities/outbox/outbox.rules.ts'),
    'local-reads-the-template-only',
  ],
  ['local/w.ts', imports('../lib/stack.ts'), 'local-reads-the-template-only'],
  [
    'portal/x.ts',
    imports('../lambdas/capabilities/outbox/outbox.rules.ts'),
    'portal-imports-the-contract-only',
  ],
  [
    'packages/auth-client/src/x.ts',
    imports('../../../portal/app.ts'),
    'auth-client-is-independent',
  ],
  [
    'packages/auth-client/src/y.ts',
    imports('../../../contract/routes.ts'),
    'auth-client-is-independent',
  ],
  [
    'portal/src/y.ts',
    imports('../../packages/auth-client/src/session.ts'),
    'auth-client-is-the-only-door',
  ],
  ['portal/src/z.ts', imports('amazon-cognito-identity-js'), 'auth-client-is-the-only-door'],
  ['bench/y.ts', imports('../local/server.ts'), 'bench-imports-the-contract-only'],
  ['lib/z.ts', imports('../test/journey.ts'), 'tests-are-leaves'],
  [`${outbox}/cycle-a.ts`, imports('./cycle-b.ts'), 'no-cycles'],
  [`${outbox}/type-cycle-a.ts`, importsType('./type-cycle-b.ts'), 'no-cycles'],
  [`${outbox}/lost.ts`, imports('./nowhere.ts'), 'no-unresolvable-import'],
];

describe('the import table', () => {
  test('admits the house as it is drawn', async () => {
    expect(await broken({})).toEqual([]);
  });

  test('refuses every forbidden import, by the rule that names its reason', async () => {
    const violations = await broken({
      ...Object.fromEntries(forbidden.map(([file, text]) => [file, text])),
      [`${outbox}/cycle-b.ts`]: imports('./cycle-a.ts'),
      [`${outbox}/type-cycle-b.ts`]: importsType('./type-cycle-a.ts'),
    });
    const missed = forbidden
      .map(([file, , rule]) => `${file}: ${rule}`)
      .filter((expected) => !violations.includes(expected));
    expect(missed).toEqual([]);
  });

  test('has a forbidden import for each of its rules', () => {
    const exercised = new Set(forbidden.map(([, , rule]) => rule));
    const names = table.forbidden.map(({ name }) => String(name));
    expect(names.filter((name) => !exercised.has(name))).toEqual([]);
  });
});
