import { i18n } from '../i18n/index.ts';

/** A time as people read it, in their language and time zone. */
export function dateAndTime(time: string): string {
  return new Date(time).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
}
