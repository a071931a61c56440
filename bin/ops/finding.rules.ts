/** What an examination found: one line each. */

/** OK; WARN: it works, and is unwise; FIX: people are affected, now or soon. */
export interface Finding {
  level: 'OK' | 'WARN' | 'FIX';
  /** What was looked at. */
  subject: string;
  /** What was found, and what to do about it. */
  text: string;
}

export const ok = (subject: string, text: string): Finding => ({ level: 'OK', subject, text });
export const warn = (subject: string, text: string): Finding => ({ level: 'WARN', subject, text });
export const fix = (subject: string, text: string): Finding => ({ level: 'FIX', subject, text });

/** One line of the report. */
export function lineOf({ level, subject, text }: Finding): string {
  return `${level.padEnd(4)} ${subject}: ${text}`;
}
