/**
 * Where audit events lie in the archive, and what is compared when the two are checked against each
 * other.
 */
import { createHash } from 'node:crypto';
import type { RecordedEvent } from './audit.rules.ts';

/** An object of the archive: events of one day, one a line. */
export interface Bundle {
  key: string;
  text: string;
}

/** Events as bundles, one for each day that they are of. */
export function bundlesOf(events: readonly RecordedEvent[]): Bundle[] {
  const byDay = new Map<string, string[]>();
  for (const event of events) {
    const prefix = dayPrefix(event.at);
    byDay.set(prefix, [...(byDay.get(prefix) ?? []), archiveText(event)]);
  }
  return [...byDay].map(([prefix, lines]) => {
    const text = `${lines.join('\n')}\n`;
    // The key follows from the text: a batch that comes again is the same object.
    const name = createHash('sha256').update(text).digest('base64url');
    return { key: `${prefix}${name}.jsonl`, text };
  });
}

/** `audit/2026/10/31/`: a day's bundles share a prefix. */
export function dayPrefix(at: string): string {
  return `audit/${at.slice(0, 10).replaceAll('-', '/')}/`;
}

/** The events in the text of a bundle. */
export function eventsIn(text: string): RecordedEvent[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RecordedEvent);
}

/**
 * The event with its members in one order: the same event is the same text wherever it was read.
 */
export function archiveText(event: object): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(event).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
}
