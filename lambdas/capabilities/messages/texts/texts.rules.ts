/** The texts of every message and call, by language. */
import type { Language } from '../../../../contract/languages.ts';
import { en } from './en.rules.ts';
import { es } from './es.rules.ts';
import type { MessageTexts } from './message-texts.rules.ts';

const TEXTS: Record<Language, MessageTexts> = { en, es };

export function textsIn(language: Language): MessageTexts {
  return TEXTS[language];
}
