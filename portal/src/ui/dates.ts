import { i18n } from '../i18n/index.ts';

/** Formats a time in the person's language and time zone. */
export function dateAndTime(time: string): string {
  return new Date(time).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
}
