/**
 * Every version of the terms that a stage may have in force, or had; the bundler reads the Markdown
 * in as text.
 */
import september2026 from './2026-09.md';
import october2026 from './2026-10.md';

export const TERMS_VERSIONS: Readonly<Record<string, string>> = {
  '2026-09': september2026,
  '2026-10': october2026,
};
