/**
 * Every version of the terms that a stage may have in force, or had, with its translations; the
 * bundler reads the Markdown in as text.
 */
import type { TermsTexts } from '../terms.rules.ts';
import september2026 from './2026-09.md';
import october2026Es from './2026-10.es.md';
import october2026 from './2026-10.md';

export const TERMS_VERSIONS: Readonly<Record<string, TermsTexts>> = {
  '2026-09': { en: september2026 },
  '2026-10': { en: october2026, es: october2026Es },
};
