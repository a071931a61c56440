/** The texts of the terms, by version. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../lambdas/capabilities/terms/versions/', import.meta.url));

/** The versions that have a text. */
export const TERMS_VERSIONS: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => name.slice(0, -3));

export function termsFile(version: string): string {
  return readFileSync(`${folder}${version}.md`, 'utf8');
}
