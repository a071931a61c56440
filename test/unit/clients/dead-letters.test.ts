import { beforeEach, expect, test } from '@jest/globals';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { deadLetterFaults } from '../../../bin/ops/dead-letters.ts';

const sqs = mockClient(SQSClient);
const target = { output: (name: string) => `https://queue.example/${name}` };

const waiting = (QueueUrl: string, count: string) =>
  sqs
    .on(GetQueueAttributesCommand, { QueueUrl })
    .resolves({ Attributes: { ApproximateNumberOfMessages: count } });

beforeEach(() => {
  sqs.reset();
  waiting(target.output('OutboxDeadLettersUrl'), '0');
  waiting(target.output('AuditDeadLettersUrl'), '0');
});

test('queues that hold no failed message have no fault', async () => {
  expect(await deadLetterFaults(target)).toEqual([]);
});

test('each queue that holds one is named, with the section of the runbook', async () => {
  waiting(target.output('AuditDeadLettersUrl'), '3');
  expect(await deadLetterFaults(target)).toEqual([
    {
      fault: 'DEAD_LETTERS',
      subject: 'AuditDeadLetters',
      text: '3 wait there: see the runbook, Audit archive',
    },
  ]);
});

test('a queue that does not answer fails the check', async () => {
  sqs.on(GetQueueAttributesCommand).rejects(new Error('AccessDenied'));
  await expect(deadLetterFaults(target)).rejects.toThrow('AccessDenied');
});
