import { describe, expect, test } from '@jest/globals';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

/** Without rules that need types, because these files do not exist. */
const eslint = new ESLint({
  overrideConfig: [{ files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked }] as never,
});

async function complaints(text: string, filePath: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath });
  return (result?.messages ?? []).map(({ ruleId }) => ruleId ?? 'parse error');
}

describe('the purity of rules', () => {
  test.each([
    ['an async function', 'export async function decide() { return 1; }'],
    ['an async arrow', 'export const decide = async () => 1;'],
    ['the environment', 'export const table = () => process.env.TABLE;'],
    ['the clock', 'export const now = () => Date.now();'],
    ['a date without an argument', 'export const now = () => new Date();'],
    ['a dice', 'export const roll = () => Math.random();'],
    [
      'random bytes',
      "import { randomBytes } from 'node:crypto';\nexport const roll = () => randomBytes(1);",
    ],
    [
      'the whole of node:crypto',
      "import * as crypto from 'node:crypto';\nexport const roll = crypto;",
    ],
  ])('refuses %s', async (_what, text) => {
    expect(await complaints(text, 'lambdas/capabilities/verification/codes.rules.ts')).toContain(
      'no-restricted-syntax',
    );
  });

  test('allows a rule to hash, to compare and to use a given time', async () => {
    const text = [
      "import { createHash, timingSafeEqual } from 'node:crypto';",
      'export const at = (epochMs: number) => new Date(epochMs).toISOString();',
      "const digest = (a: string) => createHash('sha256').update(a).digest();",
      'export const same = (a: string, b: Buffer) => timingSafeEqual(digest(a), b);',
    ].join('\n');
    expect(await complaints(text, 'lambdas/capabilities/verification/codes.rules.ts')).toEqual([]);
  });

  test('allows other files to read the clock', async () => {
    expect(
      await complaints('export const now = () => Date.now();', 'lambdas/ground/platform/clock.ts'),
    ).toEqual([]);
  });

  test('refuses notes about unfinished work', async () => {
    const note = ['TO', 'DO'].join('');
    expect(
      await complaints(`// ${note} later\nexport const x = 1;`, 'lambdas/capabilities/codes/x.ts'),
    ).toEqual(['no-warning-comments']);
  });
});
