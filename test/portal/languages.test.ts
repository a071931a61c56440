import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { AccountStatus, LoginMethod, PortalRole, SignInMethod } from '../../contract/accounts.ts';
import { CallStatus, RegistrationStep } from '../../contract/flows.ts';
import { HelpfulAct, Lock, NextStep, OpenFlow, SendEvent } from '../../contract/help-desk.ts';
import { COMMON_PROBLEMS, PROBLEMS } from '../../contract/problems.ts';
import { ROUTE_LIST } from '../../contract/routes.ts';
import { AUDIT_EVENTS } from '../../lambdas/ground/audit/audit.rules.ts';
import { enEmployees } from '../../portal/src/i18n/en-employees.ts';
import { esEmployees } from '../../portal/src/i18n/es-employees.ts';
import { account, undoEmail } from '../../portal/src/i18n/en-account.ts';
import { en } from '../../portal/src/i18n/en.ts';
import { es } from '../../portal/src/i18n/es.ts';

interface Texts {
  [key: string]: string | Texts;
}

/** The texts of a language by their dotted keys. */
function textsOf(texts: Texts, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[`${prefix}${key}`, value] as const]
        : [...textsOf(value, `${prefix}${key}.`)],
    ),
  );
}

/** The texts that every page has, and those of the employees' pages. */
const LANGUAGES = {
  en: new Map([...textsOf({ ...en, account, undoEmail }), ...textsOf(enEmployees)]),
  es: new Map([...textsOf(es), ...textsOf(esEmployees)]),
};
const { en: english, es: spanish } = LANGUAGES;

const placeholdersOf = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)\s*(?:,\s*(\w+)\s*)?\}\}/g)]
    .map(([, name, format]) => `${name}${format === undefined ? '' : `, ${format}`}`)
    .sort();

describe('the languages', () => {
  test('have the same keys', () => {
    expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort());
  });

  test.each(Object.entries(LANGUAGES))('have no empty text in %s', (_language, texts) => {
    expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test.each(Object.entries(LANGUAGES))(
    'have no stray spaces around a text in %s',
    (_language, texts) => {
      expect([...texts].filter(([, text]) => text !== text.trim() || / {2}/.test(text))).toEqual(
        [],
      );
    },
  );

  test('insert the same values into each text', () => {
    const different = [...english.keys()].filter(
      (key) =>
        placeholdersOf(english.get(key) ?? '').join() !==
        placeholdersOf(spanish.get(key) ?? '').join(),
    );
    expect(different).toEqual([]);
  });

  test.each(Object.entries(LANGUAGES))('close every placeholder in %s', (_language, texts) => {
    for (const [key, text] of texts) {
      const rest = text.replaceAll(/\{\{[^{}]+\}\}/g, '');
      expect([key, /[{}]/.test(rest)]).toEqual([key, false]);
    }
  });

  test('leave no sentence untranslated', () => {
    const untranslated = [...english].filter(
      ([key, text]) => spanish.get(key) === text && /\p{L}{3}/u.test(text),
    );
    expect(untranslated.map(([key]) => key)).toEqual([]);
  });

  test('have singular and plural of every counted text', () => {
    for (const [language, texts] of Object.entries(LANGUAGES)) {
      const ones = [...texts.keys()].filter((key) => key.endsWith('_one'));
      const others = [...texts.keys()].filter((key) => key.endsWith('_other'));
      expect([language, ones.map((key) => key.replace(/_one$/, '_other'))]).toEqual([
        language,
        others,
      ]);
    }
  });

  test('offer each other by their own names', () => {
    expect(english.get('brand.language')).toBe('Español');
    expect(spanish.get('brand.language')).toBe('English');
  });
});

/** Events that the trail of a person can have; the others are a provider's or a hold's. */
const OF_PEOPLE = AUDIT_EVENTS.filter((event) => !/^(CODES|LEGAL_HOLD)_/.test(event));

describe.each(Object.entries(LANGUAGES))('the texts in %s', (_language, texts) => {
  test.each(Object.keys(PROBLEMS))('explain the problem %s', (code) => {
    expect(texts.get(`refusals.${code}`)).toMatch(/[.!]$/);
  });

  test.each([
    ['statuses', AccountStatus.options],
    ['roles', PortalRole.options],
    ['methods', LoginMethod.options],
    ['call', CallStatus.options],
    ['call.titles', CallStatus.options],
    ['events', OF_PEOPLE],
  ])('name every value of %s', (group, values) => {
    for (const value of values)
      expect([value, texts.get(`${group}.${value}`)]).not.toContain(undefined);
  });

  test('never show a code of the contract', () => {
    const shown = [...texts].filter(([, text]) => /\b[A-Z]+_[A-Z_]+\b/.test(text));
    expect(shown).toEqual([]);
  });

  test('contain no markup', () => {
    expect([...texts].filter(([, text]) => /<\w|&\w+;/.test(text))).toEqual([]);
  });

  test('use typographic quotes and apostrophes', () => {
    expect([...texts].filter(([, text]) => /["']/.test(text))).toEqual([]);
  });
});

/** The sources of the portal that show texts. */
function sources(folder = 'portal/src'): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return path.endsWith('i18n') ? [] : sources(path);
    return /\.tsx?$/.test(path) ? [readFileSync(path, 'utf8')] : [];
  });
}

describe.each(Object.entries(LANGUAGES))('the help desk in %s', (_language, texts) => {
  const codes = ROUTE_LIST.filter(({ access }) => access === 'HELP_DESK').flatMap(
    ({ problems }) => problems,
  );

  test.each([...new Set<string>([...codes, ...COMMON_PROBLEMS])])(
    'reads %s as it concerns an employee',
    (code) => {
      const text = texts.get(`refusals.${code}_DESK`) ?? texts.get(`refusals.${code}`);
      expect(text).toBeDefined();
      expect(text).not.toMatch(/your provider|su proveedor|portal representative/i);
    },
  );

  test.each([
    ['desk.acts', [...HelpfulAct.options, 'DISABLE']],
    ['desk.meaning', AccountStatus.options],
    ['desk.steps', NextStep.options],
    ['desk.lock', Lock.options],
    ['desk.flow', OpenFlow.options],
    ['desk.flowSteps', RegistrationStep.options],
    ['desk.signInBy', SignInMethod.options],
    ['events', SendEvent.options],
  ])('names every value of %s', (group, values) => {
    expect(values.filter((value) => !texts.has(`${group}.${value}`))).toEqual([]);
  });
});

describe('the keys that screens use', () => {
  const code = sources().join('\n');
  const used = new Set(
    [...code.matchAll(/'([a-z][A-Za-z]*(?:\.[A-Za-z]+)+)'/g)].map(([, key]) => key ?? ''),
  );
  const prefixes = [...code.matchAll(/`((?:[a-z][A-Za-z]*\.)+)\$\{/g)].map(
    ([, prefix]) => prefix ?? '',
  );
  /** A text with variants is requested by the part before the underscore. */
  const base = (key: string) => key.replace(/_(one|other|SMS|CALL|DESK)$/, '');

  test('all have a text', () => {
    const keys = new Set([...english.keys()].map(base));
    const groups = new Set([...Object.keys(en), ...Object.keys(enEmployees)]);
    const missing = [...used].filter(
      (key) => groups.has(key.split('.')[0] ?? '') && !keys.has(key),
    );
    expect(missing).toEqual([]);
  });

  test('leave no text unused', () => {
    const unused = [...english.keys()].filter(
      (key) => !used.has(base(key)) && !prefixes.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });
});
