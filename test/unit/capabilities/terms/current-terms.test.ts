import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { currentTerms } from '../../../../lambdas/capabilities/terms/current-terms.ts';
import { TERMS_VERSIONS } from '../../../../lambdas/capabilities/terms/versions/versions.ts';
import { checkTranslations, currentTerms as settingOf } from '../../../../lib/terms.ts';
import { translationsOf } from '../../../../lib/terms-versions.ts';
import { settings } from '../../../fakes/builders.ts';

const { terms } = settings();
const file = (day: string, text: string) =>
  `---\ntitle: ${text}\neffectiveAt: ${day}\n---\n# ${text}\n`;
const TEXTS = {
  '2026-10': { en: file('2026-10-01', 'Terms'), es: file('2026-10-01', 'Términos') },
  '2026-09': { en: file('2026-09-01', 'Earlier terms') },
};
const hashOf = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

describe('the terms in force', () => {
  test('are one version in every language, each with the hash of its own text', () => {
    expect(currentTerms(terms, TEXTS, 'es')).toEqual({
      version: '2026-10',
      language: 'es',
      effectiveAt: '2026-10-01T00:00:00.000Z',
      title: 'Términos',
      markdown: '# Términos\n',
      sha256: hashOf('# Términos\n'),
    });
    expect(currentTerms(terms, TEXTS, 'en')).toMatchObject({ language: 'en', title: 'Terms' });
  });

  test.each(['es', undefined] as const)(
    'are in the default language where a request names none of ours: %s',
    (wanted) => {
      const version = wanted === undefined ? '2026-10' : '2026-09';
      const found = currentTerms({ ...terms, version }, TEXTS, wanted);
      expect(found).toMatchObject({ version, language: 'en' });
    },
  );

  test('fail where the version has no text', () => {
    expect(() => currentTerms({ ...terms, version: '2020-01' }, TEXTS, 'es')).toThrow(
      'has no text: list lambdas/capabilities/terms/versions/2020-01.md',
    );
  });

  test('of the stage have in English the hash that an acceptance keeps', () => {
    const inForce = settingOf({ terms: { version: '2026-10' } } as never);
    const { sha256 } = currentTerms(inForce, TERMS_VERSIONS, 'en');
    expect(sha256).toBe(inForce.sha256);
  });
});

describe('a translation of the terms', () => {
  test('is listed beside its version', () => {
    for (const [version, texts] of Object.entries(TERMS_VERSIONS)) {
      const listed = Object.entries(texts).filter(([language]) => language !== 'en');
      expect(translationsOf(version)).toEqual(listed);
    }
  });

  test('comes into force with its version, or synthesis stops', () => {
    const inForce = '2026-10-01T00:00:00.000Z';
    expect(() =>
      checkTranslations('2026-10', inForce, [['es', TEXTS['2026-10'].es]]),
    ).not.toThrow();
    expect(() =>
      checkTranslations('2026-10', inForce, [['es', file('2026-11-01', 'Términos')]]),
    ).toThrow('2026-10.es.md has effectiveAt 2026-11-01T00:00:00.000Z, and 2026-10.md has');
  });
});
