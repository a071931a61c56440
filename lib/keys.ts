/**
 * The stack's keys: one encrypts stored data, one authenticates one-time codes, one encrypts
 * alarms.
 */
import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambdas/ground/platform/environment-names.ts';
import type { Grantee } from './grantee.ts';
import type { PortalFunction } from './portal-function.ts';
import { KEEP } from './lifecycle.ts';

export interface KeysProps {
  /** Names the aliases. */
  readonly stage: string;
  /**
   * The key of codes can be replicated to another Region. It cannot be changed later.
   * @default false
   */
  readonly multiRegion?: boolean;
}

export class Keys extends Construct {
  /** Encrypts tables, queues, logs and the audit bucket. */
  readonly data: Key;
  /**
   * Encrypts the topic of alarms, and nothing else: it has to work while the other keys do not.
   */
  readonly alarms: Key;
  /** HMAC key for one-time codes. Without it a copied table reveals no code. */
  private readonly codes: Key;

  constructor(scope: Construct, id: string, { stage, multiRegion = false }: KeysProps) {
    super(scope, id);
    this.data = new Key(this, 'Data', {
      alias: `portal-auth/${stage}/data`,
      description: 'Portal Auth: tables, queues, logs, audit archive',
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy: KEEP,
    });
    this.letLogsEncrypt();
    this.alarms = new Key(this, 'Alarms', {
      alias: `portal-auth/${stage}/alarms`,
      description: 'Portal Auth: topic of alarms',
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy: KEEP,
    });
    this.letAlarmsPublish();
    this.codes = new Key(this, 'Codes', {
      alias: `portal-auth/${stage}/codes`,
      description: 'Portal Auth: message authentication codes of one-time codes',
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      // False stays unsaid, so that the template of a deployed stage does not change.
      ...(multiRegion ? { multiRegion } : {}),
      pendingWindow: Duration.days(30),
      removalPolicy: KEEP,
    });
  }

  /** The ARNs of all keys. */
  allArns(): string[] {
    return [...this.arns(), this.alarms.keyArn];
  }

  /** The ARNs of the keys that everything depends on. */
  arns(): string[] {
    return [this.data.keyArn, this.codes.keyArn];
  }

  /** Lets a function compute MACs of codes, and provides the key's ID. */
  grantGenerateMac(fn: PortalFunction): void {
    this.letGenerateMac(fn);
    fn.addEnvironment(ENVIRONMENT.codeKeyId, this.codes.keyId);
  }

  letGenerateMac(grantee: Grantee): void {
    grantee.allow(['kms:GenerateMac'], [this.codes.keyArn]);
  }

  /**
   * Lets a function or a person use data that a service stores under the data key, through that
   * service only.
   */
  grantUseThrough(fn: Grantee, service: 'dynamodb' | 'sqs' | 's3'): void {
    fn.allow(['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'], [this.data.keyArn], {
      StringEquals: { 'kms:ViaService': `${service}.${Stack.of(this).region}.${Aws.URL_SUFFIX}` },
    });
  }

  /** CloudWatch Logs encrypts a log group only if the key's own policy allows it. */
  private letLogsEncrypt(): void {
    const { region, account, partition } = Stack.of(this);
    const logGroups = `arn:${partition}:logs:${region}:${account}:log-group:*`;
    this.data.addToResourcePolicy(
      new PolicyStatement({
        sid: 'LogGroups',
        principals: [new ServicePrincipal(`logs.${region}.${Aws.URL_SUFFIX}`)],
        actions: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
          'kms:GenerateDataKey',
          'kms:DescribeKey',
        ],
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': logGroups,
          },
        },
      }),
    );
  }

  /** Without this, alarms to an encrypted topic vanish without an error. */
  private letAlarmsPublish(): void {
    this.alarms.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Alarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }
}
