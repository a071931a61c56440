import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, LANGUAGES } from '../../../contract/languages.ts';
import type { PortalConfig } from '../../../contract/portal-config.ts';
import { duration } from './duration.ts';
import { en } from './en.ts';

export { type Language, LANGUAGES };

/** Each by its own name. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', es: 'Español' };

const KEPT = 'portal-auth.language';

/** Texts of pages that few people open: a file for each language, loaded with those pages. */
export type MoreTexts = Record<Language, () => Promise<object>>;

const moreTexts = new Set<MoreTexts>();

export const i18n = i18next.createInstance();

/**
 * Starts with English and loads another language before it is shown. Texts may contain the settings
 * of the stack.
 */
export async function startI18n(config: PortalConfig): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false, defaultVariables: { ...config } },
    returnNull: false,
  });
  i18n.services.formatter?.add('duration', (seconds: number, language) =>
    duration(seconds, language),
  );
  await chooseLanguage(preferred());
}

export async function chooseLanguage(language: Language): Promise<void> {
  if (language === 'es' && !i18n.hasResourceBundle('es', 'translation')) {
    const { es } = await import('./es.ts');
    i18n.addResourceBundle('es', 'translation', es);
  }
  for (const texts of moreTexts) await loadMore(texts, language);
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
  keepLanguage(language);
}

/** Loads further texts in the present language, and from now on in whichever is chosen. */
export async function addTexts(texts: MoreTexts): Promise<void> {
  moreTexts.add(texts);
  await loadMore(texts, i18n.language as Language);
}

async function loadMore(texts: MoreTexts, language: Language): Promise<void> {
  i18n.addResourceBundle(language, 'translation', await texts[language](), true);
}

/** A browser that keeps no data for the page forgets the choice with it. */
function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // The choice holds until the page is loaded again.
  }
}

function keptLanguage(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function preferred(): Language {
  const kept = keptLanguage() ?? navigator.language;
  return LANGUAGES.find((language) => kept.startsWith(language)) ?? 'en';
}
