import { expect, test } from '@jest/globals';
import { bundlesOf, eventsIn } from '../../../../lambdas/ground/audit/archive.rules.ts';
import { auditItem, type RecordedEvent } from '../../../../lambdas/ground/audit/audit.rules.ts';

const eventAt = (at: string, accountId = 'one'): RecordedEvent =>
  auditItem(
    { accountId, event: 'SIGNED_IN' },
    Date.parse(at),
    'a'.repeat(22),
  ) as object as RecordedEvent;

test('events of a batch are one bundle for each day', () => {
  const events = [
    eventAt('2026-10-31T23:59:59.999Z'),
    eventAt('2026-11-01T00:00:00.000Z'),
    eventAt('2026-10-31T12:00:00.000Z', 'two'),
  ];
  const bundles = bundlesOf(events);
  expect(bundles.map(({ key }) => key)).toEqual([
    expect.stringMatching(/^audit\/2026\/10\/31\/[\w-]{43}\.jsonl$/),
    expect.stringMatching(/^audit\/2026\/11\/01\/[\w-]{43}\.jsonl$/),
  ]);
  expect(bundles.flatMap(({ text }) => eventsIn(text))).toHaveLength(3);
});

test('the same batch again is the same object', () => {
  const batch = [eventAt('2026-10-31T12:00:00.000Z')];
  expect(bundlesOf(batch)).toEqual(bundlesOf(structuredClone(batch)));
  expect(bundlesOf([])).toEqual([]);
});
