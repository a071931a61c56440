/** Messages that failed as often as they may, and events that did not reach their reader. */
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Fault, fault } from '../../lambdas/capabilities/upkeep/faults.rules.ts';
import type { Target } from './target.ts';

/** Outputs of the stack, and where the runbook says what to do. */
const DEAD_LETTERS = { OutboxDeadLettersUrl: 'Outbox', AuditDeadLettersUrl: 'Audit archive' };

export async function deadLetterFaults(target: Pick<Target, 'output'>): Promise<Fault[]> {
  const sqs = new SQSClient({});
  const found = await Promise.all(
    Object.entries(DEAD_LETTERS).map(async ([output, section]) => {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: target.output(output),
          AttributeNames: ['ApproximateNumberOfMessages'],
        }),
      );
      const count = Number(Attributes?.ApproximateNumberOfMessages ?? 0);
      const text = `${count} wait there: see the runbook, ${section}`;
      return count === 0 ? [] : [fault('DEAD_LETTERS', output.replace(/Url$/, ''), text)];
    }),
  );
  sqs.destroy();
  return found.flat();
}
