/** The texts of the terms, by version. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DEFAULT_LANGUAGE, type Language, LANGUAGES } from '../contract/languages.ts';

const folder = fileURLToPath(new URL('../lambdas/capabilities/terms/versions/', import.meta.url));

/** The versions that have a text. A file such as `2026-10.es.md` is a translation of one. */
export const TERMS_VERSIONS: readonly string[] = readdirSync(folder)
  .filter((name) => /^[^.]+\.md$/.test(name))
  .map((name) => name.slice(0, -3));

export function termsFile(version: string): string {
  return readFileSync(`${folder}${version}.md`, 'utf8');
}

/** The translations of a version, by language. */
export function translationsOf(version: string): [Language, string][] {
  return LANGUAGES.filter((language) => language !== DEFAULT_LANGUAGE)
    .map((language) => [language, `${folder}${version}.${language}.md`] as const)
    .filter(([, path]) => existsSync(path))
    .map(([language, path]) => [language, readFileSync(path, 'utf8')]);
}
