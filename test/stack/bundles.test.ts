import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { listedFunctions } from '../../lib/functions.ts';
import { BUILT_STACK } from '../built-stack.ts';

/** Those that the journeys run, as they are deployed. */
const bundles = `${BUILT_STACK}-bundles`;

const filesOf = (functionId: string) => readdirSync(join(bundles, functionId));
const entryOf = (functionId: string) =>
  readFileSync(join(bundles, functionId, 'index.mjs'), 'utf8');

describe('the bundles', () => {
  test('are one folder for each function', () => {
    const folders = readdirSync(bundles).filter((name) => !name.startsWith('.'));
    expect(folders.sort()).toEqual(listedFunctions().sort());
  });

  test('contain no AWS SDK in define', () => {
    expect(filesOf('define')).toEqual(['index.mjs']);
    expect(/aws-sdk|smithy|amazonaws\.com/.test(entryOf('define'))).toBe(false);
  });

  test.each(['define', 'create', 'token-gate'])(
    'contain no schema library in %s, which parses nothing that a client writes',
    (functionId) => {
      const texts = filesOf(functionId).map((file) =>
        readFileSync(join(bundles, functionId, file), 'utf8'),
      );
      expect(texts.filter((text) => text.includes('ZodError'))).toEqual([]);
    },
  );

  test('check answers in verify by the small schema library', () => {
    const texts = filesOf('verify').map((file) =>
      readFileSync(join(bundles, 'verify', file), 'utf8'),
    );
    expect(texts.some((text) => text.includes('"ZodMiniString"'))).toBe(true);
    expect(texts.filter((text) => text.includes('"ZodString"'))).toEqual([]);
  });

  test('require the modules of Node, whose import would read all of their exports', () => {
    for (const functionId of listedFunctions())
      for (const file of filesOf(functionId)) {
        const text = readFileSync(join(bundles, functionId, file), 'utf8');
        expect(text.match(/(?:^|;)import[^;"']*["']node:[^"']*["']/gm) ?? []).toEqual([]);
      }
  });

  test('leave no package to the runtime, whose SDK starts four times slower', () => {
    for (const functionId of listedFunctions()) {
      for (const file of filesOf(functionId)) {
        const text = readFileSync(join(bundles, functionId, file), 'utf8');
        // Statements only: the SDK also names optional signers, which it goes without, in messages.
        const imported = [
          ...text.matchAll(/(?:^|;)import\s*(?:[\w${}*,\s]+from\s*)?["']([@\w.][\w@/.:-]*)["']/gm),
        ].map(([, specifier]) => specifier!);
        expect(
          imported.filter((specifier) => !/^node:|^\.\//.test(specifier) && !isBuiltin(specifier)),
        ).toEqual([]);
      }
    }
  });

  test('load rarely used clients only when they are needed', () => {
    const reads = (client: string) =>
      filesOf('create').filter((file) =>
        readFileSync(join(bundles, 'create', file), 'utf8').includes(client),
      );
    for (const client of ['com.amazonaws.ses', 'com.amazonaws.sns', 'com.amazonaws.kms']) {
      expect(reads(client)).toEqual([expect.not.stringMatching('index.mjs')]);
    }
  });
});
