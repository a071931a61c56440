/** Terms of use: the texts of a version, and what an acceptance records. */
import { createHash } from 'node:crypto';
import type { SignInMethod } from '../../../contract/accounts.ts';
import { DEFAULT_LANGUAGE, type Language } from '../../../contract/languages.ts';

export interface TermsAcceptance {
  accountId: string;
  version: string;
  /**
   * Of the version's text in the default language, hex: what is accepted, in whichever language.
   */
  sha256: string;
  acceptedAt: number;
  loginMethod: SignInMethod;
  flowId: string;
}

/** A version's file in each of its languages, of which the default one is the one accepted. */
export type TermsTexts = Readonly<
  Record<typeof DEFAULT_LANGUAGE, string> & Partial<Record<Language, string>>
>;

/** The version's file in a language, or else in the default one. */
export function textIn(
  texts: TermsTexts,
  language: Language = DEFAULT_LANGUAGE,
): { language: Language; file: string } {
  const translated = texts[language];
  return translated === undefined
    ? {
        language: DEFAULT_LANGUAGE,
        file: texts[DEFAULT_LANGUAGE],
      }
    : { language, file: translated };
}

/** Of the Markdown text that is shown, hex. */
export function textHash(markdown: string): string {
  return createHash('sha256').update(markdown, 'utf8').digest('hex');
}
