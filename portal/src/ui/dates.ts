import { i18n } from '../i18n/index.ts';

/** Formats a time in the person's language and time zone. */
export function dateAndTime(time: string): string {
  return new Date(time).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
}

/** The time of day alone, for what happens within hours. */
export function timeOfDay(time: string | number): string {
  return new Date(time).toLocaleTimeString(i18n.language, { timeStyle: 'short' });
}
