import { Duration } from 'aws-cdk-lib';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectLockRetention,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import type { EventSourceMappingOptions } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { NOTICES_OVERLOOK } from '../lambdas/capabilities/messages/notices.needs.ts';
import { ENVIRONMENT } from '../lambdas/ground/platform/environment-names.ts';
import type { Alarms } from './alarms.ts';
import type { Grantee } from './grantee.ts';
import type { Keys } from './keys.ts';
import type { PortalFunction } from './portal-function.ts';
import type { PortalTable } from './tables.ts';
import { KEEP } from './lifecycle.ts';

/** 45 CFR 164.316(b)(2)(i): six years, two of them leap years. */
const SIX_YEARS = Duration.days(6 * 365 + 2);

const INSERTS = { eventName: FilterRule.isEqual('INSERT') as string[] };

/** New events whose names are not among these. */
function newEventsBut(names: readonly string[]): object {
  return { ...INSERTS, dynamodb: { NewImage: { event: { S: [{ 'anything-but': names }] } } } };
}

type Batches = Pick<EventSourceMappingOptions, 'batchSize' | 'maxBatchingWindow'>;

/** Events wait for each other, so that an object of the archive holds many. */
const ARCHIVED_AT_ONCE: Batches = { batchSize: 1000, maxBatchingWindow: Duration.seconds(60) };

export interface AuditArchiveProps {
  readonly keys: Keys;
  readonly alarms: Alarms;
  /** The table whose new items are archived. */
  readonly auditEvents: PortalTable;
}

/**
 * Copies every audit event to a bucket where not even the root user can change it for six years.
 */
export class AuditArchive extends Construct {
  private readonly keys: Keys;
  private readonly auditEvents: PortalTable;
  private readonly bucket: Bucket;
  private readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { keys, alarms, auditEvents }: AuditArchiveProps) {
    super(scope, id);
    this.keys = keys;
    this.auditEvents = auditEvents;
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...this.closedBucket(),
      // Server access logs are delivered under S3's own key only.
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [
        { expiration: Duration.days(365), noncurrentVersionExpiration: Duration.days(30) },
      ],
    });
    this.bucket = new Bucket(this, 'Bucket', {
      ...this.closedBucket(),
      encryption: BucketEncryption.KMS,
      encryptionKey: keys.data,
      bucketKeyEnabled: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(SIX_YEARS),
      lifecycleRules: [
        {
          transitions: [
            {
              storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL,
              transitionAfter: Duration.days(90),
            },
          ],
        },
      ],
      // CDK's own types do not compile under exactOptionalPropertyTypes.
      serverAccessLogsBucket: accessLogs as IBucket,
    });
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: keys.data,
      dataKeyReuse: Duration.hours(1),
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    alarms.watchDeadLetters(
      'AuditDeadLetters',
      this.deadLetters,
      'audit events are not in the archive: see the runbook, Audit archive',
    );
  }

  get bucketName(): string {
    return this.bucket.bucketName;
  }

  get deadLettersUrl(): string {
    return this.deadLetters.queueUrl;
  }

  /** Connects the function that copies every new audit event into the bucket. */
  archiveWith(worker: PortalFunction): void {
    worker.allow(['s3:PutObject'], [this.bucket.arnForObjects('audit/*')]);
    this.keys.grantUseThrough(worker, 's3');
    worker.addEnvironment(ENVIRONMENT.auditBucket, this.bucket.bucketName);
    this.follow(worker, INSERTS, ARCHIVED_AT_ONCE);
  }

  /** Lets a person compare the archive with the trail, and count what did not reach it. */
  letRead(grantee: Grantee): void {
    grantee.allow(['sqs:GetQueueAttributes'], [this.deadLetters.queueArn]);
    grantee.allow(['s3:GetObject'], [this.bucket.arnForObjects('audit/*')]);
    grantee.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
  }

  /** Has a function notify people of new audit events. */
  notifyWith(worker: PortalFunction): void {
    this.follow(worker, newEventsBut(NOTICES_OVERLOOK), { batchSize: 100 });
  }

  /** Invokes a function with new audit events, in order. Failures go to the dead letters. */
  private follow(worker: PortalFunction, filter: object, batches: Batches): void {
    this.keys.grantUseThrough(worker, 'dynamodb');
    this.keys.grantUseThrough(worker, 'sqs');
    worker.addEventSourceMapping('NewAuditEvents', {
      eventSourceArn: this.letReadStream(worker),
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [FilterCriteria.filter(filter)],
      ...batches,
      bisectBatchOnError: true,
      retryAttempts: 10,
      reportBatchItemFailures: true,
      onFailure: { bind: () => ({ destination: this.deadLetters.queueArn }) },
    });
    worker.allow(['sqs:SendMessage'], [this.deadLetters.queueArn]);
  }

  /**
   * Grants less than CDK's event source does, which opens the queue's key to every service and uses
   * wildcards.
   */
  private letReadStream(worker: PortalFunction): string {
    const { tableStreamArn } = this.auditEvents.table;
    if (tableStreamArn === undefined)
      throw new Error('The table of audit events has no stream. Set "streamed: true" on it.');
    worker.allow(
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      [tableStreamArn],
    );
    worker.allow(['dynamodb:ListStreams'], ['*']);
    return tableStreamArn;
  }

  private closedBucket() {
    return {
      versioned: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: KEEP,
    };
  }
}
