import { describe, expect, test } from '@jest/globals';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { archiveEvents } from '../../../../lambdas/ground/audit/archive.ts';
import { bundlesOf, eventsIn } from '../../../../lambdas/ground/audit/archive.rules.ts';
import { auditItem, type RecordedEvent } from '../../../../lambdas/ground/audit/audit.rules.ts';
import { RecordingLog } from '../../../fakes/recording-log.ts';

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

describe('a batch of the stream', () => {
  const AT = '2026-10-31T12:00:00.000Z';

  /** Records of rows, numbered from 1. */
  const batchOf = (...rows: object[]): DynamoDBStreamEvent => ({
    Records: rows.map((row, index) => ({
      eventName: 'INSERT',
      dynamodb: {
        NewImage: marshall(row) as Record<string, { S: string }>,
        SequenceNumber: String(index + 1),
      },
    })),
  });

  async function archived(event: DynamoDBStreamEvent, isOpen = true) {
    const kept: RecordedEvent[] = [];
    const lines = new RecordingLog();
    const archive = {
      put: async (_key: string, text: string) => {
        if (!isOpen) throw new Error('The bucket is closed.');
        kept.push(...eventsIn(text));
        await Promise.resolve();
      },
    };
    const answer = await archiveEvents({ archive, log: lines.log }, event);
    return { kept, lines: lines.lines, again: answer.batchItemFailures };
  }

  test('is kept whole', async () => {
    const { kept, again } = await archived(batchOf(eventAt(AT, 'one'), eventAt(AT, 'two')));
    expect(kept.map(({ accountId }) => accountId)).toEqual(['one', 'two']);
    expect(again).toEqual([]);
  });

  test('comes again as a whole if it is not written', async () => {
    const { lines, again } = await archived(batchOf(eventAt(AT), eventAt(AT)), false);
    expect(again).toEqual([{ itemIdentifier: '1' }]);
    expect(lines).toMatchObject([{ level: 'ERROR', code: 'EVENTS_NOT_ARCHIVED', events: 2 }]);
  });

  test.each([
    ['lacks a time', { ...eventAt(AT), at: 1 }],
    ['has a time that is not one', { ...eventAt(AT), at: 'x' }],
  ])('with a row that %s is kept up to it, and comes again from there', async (_, hostile) => {
    const { kept, lines, again } = await archived(
      batchOf(eventAt(AT, 'one'), hostile, eventAt(AT, 'two')),
    );
    expect(kept.map(({ accountId }) => accountId)).toEqual(['one']);
    expect(again).toEqual([{ itemIdentifier: '2' }]);
    expect(lines.at(-1)).toMatchObject({ code: 'EVENT_UNREADABLE', sequenceNumber: '2' });
  });

  test('that begins with such a row keeps nothing, and says so only once', async () => {
    const { kept, lines, again } = await archived(batchOf({ at: 1 }, eventAt(AT)));
    expect({ kept, again }).toEqual({ kept: [], again: [{ itemIdentifier: '1' }] });
    expect(lines).toHaveLength(1);
  });
});
