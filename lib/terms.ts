import { createHash } from 'node:crypto';
import { parseTermsFile } from '../contract/terms-file.ts';
import type { FunctionSettings } from '../lambdas/ground/platform/environment-names.ts';
import type { StageSettings } from './settings.ts';
import { termsFile } from './terms-versions.ts';

/** The terms in force, with the SHA-256 of the text that a user accepts. */
export function currentTerms({ terms }: StageSettings): FunctionSettings['terms'] {
  const { version } = terms;
  const { effectiveAt, markdown } = parseTermsFile(termsFile(version));
  return {
    version,
    sha256: createHash('sha256').update(markdown, 'utf8').digest('hex'),
    effectiveAt: Date.parse(effectiveAt),
  };
}
