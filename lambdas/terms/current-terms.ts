/** The terms in force: the text of the version that the stage's settings name. */
import type { Terms } from '../../contract/portal.ts';
import { parseTermsFile } from '../../contract/terms-file.ts';
import type { FunctionSettings } from '../platform/environment-names.ts';

export async function currentTerms(
  { version, sha256 }: FunctionSettings['terms'],
  readVersion: (version: string) => Promise<string>,
): Promise<Terms> {
  const { title, effectiveAt, markdown } = parseTermsFile(await readVersion(version));
  return { version, title, effectiveAt, sha256, markdown };
}
