import { createHash } from 'node:crypto';
import { parseTermsFile } from '../contract/terms-file.ts';
import type { FunctionSettings } from '../lambdas/ground/platform/environment-names.ts';
import type { StageSettings } from './settings.ts';
import { termsFile, translationsOf } from './terms-versions.ts';

/**
 * The terms in force, with the SHA-256 of the text that a user accepts.
 * @throws Error on a translation that comes into force at another time
 */
export function currentTerms({ terms }: StageSettings): FunctionSettings['terms'] {
  const { version } = terms;
  const { effectiveAt, markdown } = parseTermsFile(termsFile(version));
  checkTranslations(version, effectiveAt, translationsOf(version));
  return {
    version,
    sha256: createHash('sha256').update(markdown, 'utf8').digest('hex'),
    effectiveAt: Date.parse(effectiveAt),
  };
}

/** A version is one and the same in every language. */
export function checkTranslations(
  version: string,
  effectiveAt: string,
  translations: readonly (readonly [language: string, file: string])[],
): void {
  for (const [language, file] of translations) {
    const translated = parseTermsFile(file).effectiveAt;
    if (translated !== effectiveAt)
      throw new Error(
        `lambdas/capabilities/terms/versions/${version}.${language}.md has effectiveAt ` +
          `${translated}, and ${version}.md has ${effectiveAt}: give both the same time.`,
      );
  }
}
