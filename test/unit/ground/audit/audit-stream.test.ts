import { describe, expect, test } from '@jest/globals';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { forEachNewEvent } from '../../../../lambdas/ground/audit/audit-stream.ts';
import { RecordingLog } from '../../../fakes/recording-log.ts';

const event = (number: number) => ({
  accountId: 'account-1',
  event: 'SIGNED_IN',
  eventId: `2026-10-05T12:00:0${number}.000Z#x`,
  at: `2026-10-05T12:00:0${number}.000Z`,
});

/** A batch as the stream brings it. */
const batch = (...numbers: number[]): DynamoDBStreamEvent => ({
  Records: numbers.map((number) => ({
    eventName: 'INSERT',
    dynamodb: {
      NewImage: marshall(event(number)) as Record<string, { S: string }>,
      SequenceNumber: `sequence-${number}`,
    },
  })),
});

describe('a batch of new audit events', () => {
  test('is handed on one by one, in order', async () => {
    const seen: unknown[] = [];
    const { log } = new RecordingLog();
    const answer = await forEachNewEvent(batch(1, 2), log, async (recorded) => {
      seen.push(recorded);
      await Promise.resolve();
    });
    expect(seen).toEqual([event(1), event(2)]);
    expect(answer).toEqual({ batchItemFailures: [] });
  });

  test('stops at the first failure, logs it, and asks for it again', async () => {
    const seen: string[] = [];
    const lines = new RecordingLog();
    const answer = await forEachNewEvent(batch(1, 2, 3), lines.log, async ({ at }) => {
      seen.push(at);
      await Promise.resolve();
      if (at === event(2).at) throw new Error('The archive is closed.');
    });
    expect(seen).toEqual([event(1).at, event(2).at]);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'sequence-2' }] });
    expect(lines.lines).toMatchObject([
      { level: 'ERROR', code: 'EVENT_NOT_HANDLED', event: 'SIGNED_IN', eventId: event(2).eventId },
    ]);
  });

  test.each([
    ['has a value that DynamoDB does not know', { at: { X: 'x' } }],
    ['lacks what every event has', { accountId: { S: 'account-1' } }],
    ['has a number where text belongs', { ...marshall(event(2)), at: { N: '1' } }],
  ])('stops at a row that %s, with a line, and has the events before it done', async (_, image) => {
    const seen: string[] = [];
    const lines = new RecordingLog();
    const { Records } = batch(1, 2, 3);
    Records[1]!.dynamodb!.NewImage = image as Record<string, { S: string }>;
    const answer = await forEachNewEvent({ Records }, lines.log, async ({ at }) => {
      seen.push(at);
      await Promise.resolve();
    });
    expect(seen).toEqual([event(1).at]);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'sequence-2' }] });
    expect(lines.lines).toEqual([
      expect.objectContaining({ code: 'EVENT_UNREADABLE', sequenceNumber: 'sequence-2' }),
    ]);
  });

  test('passes over records without a new image', async () => {
    const removed: DynamoDBStreamEvent = { Records: [{ eventName: 'REMOVE', dynamodb: {} }] };
    const { log } = new RecordingLog();
    const refuse = () => Promise.reject(new Error('The event does not exist.'));
    expect(await forEachNewEvent(removed, log, refuse)).toEqual({ batchItemFailures: [] });
  });
});
