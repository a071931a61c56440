/** The terms in force: the text of the version that the stage's settings name. */
import type { Language } from '../../../contract/languages.ts';
import type { Terms } from '../../../contract/portal.ts';
import { parseTermsFile } from '../../../contract/terms-file.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { textHash, textIn, type TermsTexts } from './terms.rules.ts';

/** In the language, or in the default one where the version has no translation. */
export function currentTerms(
  { version }: FunctionSettings['terms'],
  versions: Readonly<Record<string, TermsTexts>>,
  wanted: Language | undefined,
): Terms {
  const texts = versions[version];
  if (texts === undefined)
    throw new Error(
      `Terms version "${version}" has no text: list ` +
        `lambdas/capabilities/terms/versions/${version}.md in versions.ts.`,
    );
  const { language, file } = textIn(texts, wanted);
  const { title, effectiveAt, markdown } = parseTermsFile(file);
  return {
    version,
    language,
    title,
    effectiveAt,
    sha256: textHash(markdown),
    markdown,
  };
}
