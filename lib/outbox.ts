import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambdas/ground/platform/environment-names.ts';
import type { Alarms } from './alarms.ts';
import type { Grantee } from './grantee.ts';
import type { Keys } from './keys.ts';
import type { PortalFunction } from './portal-function.ts';

export interface OutboxProps {
  readonly keys: Keys;
  readonly alarms: Alarms;
}

/**
 * A queue of work that a route leaves for after its answer, such as sending a link. The answer is
 * then the same whether or not an account exists.
 */
export class Outbox extends Construct {
  private readonly keys: Keys;
  private readonly queue: Queue;
  private readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { keys, alarms }: OutboxProps) {
    super(scope, id);
    this.keys = keys;
    const queueDefaults = {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: keys.data,
      dataKeyReuse: Duration.hours(1),
      enforceSSL: true,
    };
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...queueDefaults,
      retentionPeriod: Duration.days(14),
    });
    this.queue = new Queue(this, 'Queue', {
      ...queueDefaults,
      // Six times the worker's timeout, as Lambda recommends. A link older than an hour is useless.
      visibilityTimeout: Duration.minutes(3),
      retentionPeriod: Duration.hours(1),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 4 },
    });
    alarms.watchDeadLetters(
      'OutboxDeadLetters',
      this.deadLetters,
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

  get deadLettersUrl(): string {
    return this.deadLetters.queueUrl;
  }

  /** Lets a person count the messages that failed. */
  letCount(grantee: Grantee): void {
    grantee.allow(['sqs:GetQueueAttributes'], [this.deadLetters.queueArn]);
  }

  /** Lets a function add work. */
  grantSend(fn: PortalFunction): void {
    this.letSend(fn);
    this.keys.grantUseThrough(fn, 'sqs');
    fn.addEnvironment(ENVIRONMENT.outboxQueueUrl, this.queue.queueUrl);
  }

  letSend(grantee: Grantee): void {
    grantee.allow(['sqs:SendMessage'], [this.queue.queueArn]);
  }

  /** Connects the worker. Only messages that fail return to the queue. */
  deliverTo(worker: PortalFunction): void {
    // Granted here, because CDK's event source opens the queue's key for every service.
    worker.allow(
      ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      [this.queue.queueArn],
    );
    this.keys.grantUseThrough(worker, 'sqs');
    worker.addEventSourceMapping('Outbox', {
      eventSourceArn: this.queue.queueArn,
      batchSize: 5,
      reportBatchItemFailures: true,
    });
  }
}
