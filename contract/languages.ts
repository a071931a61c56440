/** The languages of messages, calls and pages, as BCP 47 tags. */
export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Of whoever has not chosen one. */
export const DEFAULT_LANGUAGE = 'en' satisfies Language;
