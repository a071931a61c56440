import { readFile } from 'node:fs/promises';
import { parseSettings, readEnvironment } from '../platform/environment.ts';
import { ENVIRONMENT } from '../platform/environment-names.ts';

/** The versions lie beside the code, in the source as in the bundle. */
const versions = new URL('./versions/', import.meta.url);

export function wireTerms() {
  const { settings } = readEnvironment({ settings: ENVIRONMENT.settings });
  return { settings: parseSettings(settings), readVersion: (version: string) => readFile(new URL(`${version}.md`, versions), 'utf8') };
}
