/**
 * What `ops doctor` may ask of AWS: reading only, for the roles of the people who operate a stage.
 */
import { Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import type { Firewall } from './firewall.ts';
import type { HttpApi } from './http-api.ts';
import type { Keys } from './keys.ts';
import type { Messaging } from './messaging.ts';
import type { Tables } from './tables.ts';
import type { PortalUserPool } from './user-pool.ts';
import type { WorkforcePool } from './workforce-pool.ts';

export interface ExaminationProps {
  readonly roles: readonly IRole[];
  readonly alarms: Alarms;
  readonly api: HttpApi;
  readonly firewalls: readonly Firewall[];
  readonly keys: Keys;
  readonly messaging: Messaging;
  /** What runs by the clock. */
  readonly schedules: readonly { readonly ruleArn: string }[];
  readonly tables: Tables;
  readonly userPool: PortalUserPool;
  readonly workforce: WorkforcePool | undefined;
  /** Absent in a stage that places no calls. */
  readonly connectInstanceArn: string | undefined;
}

/** Actions that AWS authorizes on no resource of their own (Service Authorization Reference). */
const OF_THE_ACCOUNT = [
  'cloudtrail:DescribeTrails',
  'events:ListRuleNamesByTarget',
  'lambda:GetAccountSettings',
  'servicequotas:ListServiceQuotas',
  'ses:GetAccount',
  'ses:GetAccountSendingEnabled',
  'ses:GetIdentityDkimAttributes',
  'ses:GetIdentityVerificationAttributes',
  'ses:GetSendQuota',
  'ses:GetSuppressedDestination',
  'sns:GetSMSAttributes',
  'sns:GetSMSSandboxAccountStatus',
];

export class Examination extends Construct {
  private readonly rights: ManagedPolicy;

  constructor(scope: Construct, id: string, props: ExaminationProps) {
    super(scope, id);
    this.rights = new ManagedPolicy(this, 'Rights', {
      description: 'Portal Auth: what the examination of a stage reads',
      document: new PolicyDocument({ minimize: true }),
      roles: [...props.roles],
    });
    this.letAskAccount(props);
    this.letAskEntrances(props);
    const { keys, tables, schedules, connectInstanceArn } = props;
    this.allow(['kms:DescribeKey'], keys.allArns());
    this.allow(
      ['dynamodb:DescribeContinuousBackups'],
      tables.byName().map(([, { table }]) => table.tableArn),
    );
    this.allow(['sns:ListSubscriptionsByTopic'], [props.alarms.topic.topicArn]);
    this.allow(
      ['events:DescribeRule'],
      schedules.map(({ ruleArn }) => ruleArn),
    );
    if (connectInstanceArn !== undefined) this.letAskConnect(connectInstanceArn);
  }

  private letAskAccount({ messaging }: ExaminationProps): void {
    const { partition, region, account } = Stack.of(this);
    const set = `configuration-set/${messaging.configurationSetName}`;
    this.allow(OF_THE_ACCOUNT, ['*']);
    this.allow(['apigateway:GET'], [`arn:${partition}:apigateway:${region}::/account`]);
    // The account's trails, and those of its organisation.
    this.allow(
      ['cloudtrail:GetEventSelectors', 'cloudtrail:GetTrailStatus'],
      [`arn:${partition}:cloudtrail:*:*:trail/*`],
    );
    this.allow(['ses:GetConfigurationSet'], [`arn:${partition}:ses:${region}:${account}:${set}`]);
  }

  private letAskEntrances({ api, firewalls, userPool, workforce }: ExaminationProps): void {
    const pools = [userPool.pool, ...(workforce === undefined ? [] : [workforce.pool])];
    const arns = pools.map(({ userPoolArn }) => userPoolArn);
    // WAF asks both services whether a caller may see what guards a pool.
    this.allow(['cognito-idp:DescribeUserPool', 'cognito-idp:GetWebACLForResource'], arns);
    const acls = firewalls.map(({ arn }) => arn);
    const guarded = [api.api.deploymentStage.stageArn, ...arns, ...acls];
    this.allow(['wafv2:GetWebACLForResource'], guarded);
    this.allow(['wafv2:GetLoggingConfiguration'], acls);
  }

  private letAskConnect(instanceArn: string): void {
    const actions = ['DescribeInstance', 'DescribeInstanceAttribute', 'ListPhoneNumbersV2'];
    this.allow(
      actions.map((action) => `connect:${action}`),
      [instanceArn],
    );
    // Connect looks the instance's directory up in the caller's name.
    this.allow(['ds:DescribeDirectories'], ['*']);
  }

  private allow(actions: readonly string[], resources: readonly string[]): void {
    const statement = { actions: [...actions], resources: [...resources] };
    this.rights.addStatements(new PolicyStatement(statement));
  }
}
