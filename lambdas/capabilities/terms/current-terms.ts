/** The terms in force: the text of the version that the stage's settings name. */
import type { Terms } from '../../../contract/portal.ts';
import { parseTermsFile } from '../../../contract/terms-file.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';

export function currentTerms(
  { version, sha256 }: FunctionSettings['terms'],
  texts: Readonly<Record<string, string>>,
): Terms {
  const text = texts[version];
  if (text === undefined)
    throw new Error(
      `Terms version "${version}" has no text: list lambdas/capabilities/terms/versions/${version}.md in versions.ts.`,
    );
  const { title, effectiveAt, markdown } = parseTermsFile(text);
  return { version, title, effectiveAt, sha256, markdown };
}
