import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseTermsFile } from '../contract/terms-file.ts';
import type { FunctionSettings } from '../lambdas/ground/platform/environment-names.ts';
import { SettingsFault } from './settings.ts';
import type { StageSettings } from './settings.ts';

const versions = fileURLToPath(new URL('../lambdas/capabilities/terms/versions/', import.meta.url));

/**
 * The terms in force, with the SHA-256 of the text that a user accepts.
 * @throws SettingsFault when the version has no text
 */
export function currentTerms({
  stage,
  terms: { version },
}: StageSettings): FunctionSettings['terms'] {
  const file = `${versions}${version}.md`;
  if (!existsSync(file)) {
    const known = readdirSync(versions)
      .filter((name) => name.endsWith('.md'))
      .map((name) => name.slice(0, -3));
    throw new SettingsFault(
      `stages.${stage}.terms.version = "${version}": must be one of ${known.join(', ')}, ` +
        `or have its text in lambdas/capabilities/terms/versions/${version}.md`,
    );
  }
  const { effectiveAt, markdown } = parseTermsFile(readFileSync(file, 'utf8'));
  return {
    version,
    sha256: createHash('sha256').update(markdown, 'utf8').digest('hex'),
    effectiveAt: Date.parse(effectiveAt),
  };
}
