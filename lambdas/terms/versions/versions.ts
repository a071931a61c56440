/** Every version of the terms that a stage may have in force; the bundler reads the Markdown in as text. */
import october2026 from './2026-10.md';

export const TERMS_VERSIONS: Readonly<Record<string, string>> = { '2026-10': october2026 };
