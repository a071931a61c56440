/**
 * Where an audit event lies in the archive, and what is compared when the two are checked against
 * each other.
 */

/** `audit/2026/10/31/<accountId>/<eventId>.json`: a day's events share a prefix. */
export function archiveKey({
  accountId,
  eventId,
  at,
}: {
  accountId: string;
  eventId: string;
  at: string;
}): string {
  return `audit/${at.slice(0, 10).replaceAll('-', '/')}/${encodeURIComponent(accountId)}/${encodeURIComponent(eventId)}.json`;
}

/**
 * The event with its members in one order: the same event is the same text wherever it was read.
 */
export function archiveText(event: object): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(event).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
}
