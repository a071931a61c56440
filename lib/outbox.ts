import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambdas/ground/platform/environment-names.ts';
import type { Alarms } from './alarms.ts';
import type { Keys } from './keys.ts';
import type { PortalFunction } from './portal-function.ts';

export interface OutboxProps {
  readonly keys: Keys;
  readonly alarms: Alarms;
}

/**
 * Work that a route leaves to be done after its answer, so that the answer is the same whether or not an account exists:
 * looking up, sending a link, starting a reset.
 */
export class Outbox extends Construct {
  private readonly keys: Keys;
  private readonly queue: Queue;

  constructor(scope: Construct, id: string, { keys, alarms }: OutboxProps) {
    super(scope, id);
    this.keys = keys;
    const queueDefaults = {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: keys.data,
      dataKeyReuse: Duration.hours(1),
      enforceSSL: true,
    };
    const deadLetters = new Queue(this, 'DeadLetters', {
      ...queueDefaults,
      retentionPeriod: Duration.days(14),
    });
    this.queue = new Queue(this, 'Queue', {
      ...queueDefaults,
      // Six times the worker's 30 s, as Lambda asks; a link older than an hour helps nobody.
      visibilityTimeout: Duration.minutes(3),
      retentionPeriod: Duration.hours(1),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 4 },
    });
    alarms.watchDeadLetters(
      'OutboxDeadLetters',
      deadLetters,
      'a link or code was never sent: see the runbook, Outbox',
    );
    alarms.watchWaiting(
      'OutboxWaits',
      this.queue,
      'links and codes are sent minutes late: see the runbook, Outbox',
      120,
    );
  }

  get url(): string {
    return this.queue.queueUrl;
  }

  /** Lets a function leave work here. */
  grantSend(fn: PortalFunction): void {
    fn.allow(['sqs:SendMessage'], [this.queue.queueArn]);
    this.keys.grantUseThrough(fn, 'sqs');
    fn.addEnvironment(ENVIRONMENT.outboxQueueUrl, this.queue.queueUrl);
  }

  /** Has a function do the work, message by message: one that fails comes back alone. */
  deliverTo(worker: PortalFunction): void {
    worker.addEventSource(
      new SqsEventSource(this.queue, { batchSize: 5, reportBatchItemFailures: true }),
    );
  }
}
