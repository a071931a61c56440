/**
 * The roles of the people who operate a stage: one that may do what the command line does, and one
 * that only looks. Accounts of people assume them with a second factor.
 */
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import {
  AccountRootPrincipal,
  ManagedPolicy,
  PolicyDocument,
  PolicyStatement,
  Role,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { TableRight } from '../lambdas/ground/platform/needs.ts';
import type { AuditArchive } from './audit.ts';
import type { Grantee } from './grantee.ts';
import type { Keys } from './keys.ts';
import type { Outbox } from './outbox.ts';
import { metricsNamespace } from './portal-function.ts';
import type { Tables } from './tables.ts';
import type { PortalUserPool } from './user-pool.ts';

export interface OperatorRolesProps {
  readonly stage: string;
  readonly keys: Keys;
  readonly tables: Tables;
  readonly userPool: PortalUserPool;
  readonly outbox: Outbox;
  readonly auditArchive: AuditArchive;
}

const READS: readonly TableRight[] = ['get', 'batch', 'query'];
const WRITES: readonly TableRight[] = ['put', 'update', 'delete', 'check'];

export class OperatorRoles extends Construct {
  /** Both roles. */
  readonly all: readonly Role[];

  constructor(scope: Construct, id: string, props: OperatorRolesProps) {
    super(scope, id);
    const operator = new OperatorRole(this, 'Operator', props.stage);
    const reader = new OperatorRole(this, 'ReadOnly', props.stage);
    this.all = [operator, reader];
    for (const role of [operator, reader]) this.letLook(role, props);
    this.letChange(operator, props);
    new CfnOutput(scope, 'OperatorRoleArn', { value: operator.roleArn });
    new CfnOutput(scope, 'OperatorReadOnlyRoleArn', { value: reader.roleArn });
  }

  /** Reading, and recording in the trail that somebody looked. */
  private letLook(
    role: OperatorRole,
    { keys, tables, userPool, outbox, auditArchive }: OperatorRolesProps,
  ): void {
    role.allow(['cloudformation:DescribeStacks'], [Stack.of(this).stackId]);
    for (const [, table] of tables.byName()) table.allow(role, READS);
    tables.accounts.allow(role, ['list', 'find', 'scan']);
    for (const table of [tables.rememberedDevices, tables.passkeys, tables.registrationCodes])
      table.allow(role, ['scan']);
    tables.auditEvents.allow(role, ['list', 'put']);
    userPool.allow(role, ['AdminGetUser', 'ListUsers']);
    auditArchive.letRead(role);
    outbox.letCount(role);
    for (const service of ['dynamodb', 's3'] as const) keys.grantUseThrough(role, service);
  }

  /** Events are only added: nobody changes or deletes one. */
  private letChange(
    role: OperatorRole,
    { keys, tables, userPool, outbox }: OperatorRolesProps,
  ): void {
    const { auditEvents, termsAcceptances } = tables;
    for (const [, table] of tables.byName())
      if (table !== auditEvents && table !== termsAcceptances) table.allow(role, WRITES);
    userPool.allow(role, [
      'AdminUserGlobalSignOut',
      'AdminDeleteUser',
      'AdminUpdateUserAttributes',
    ]);
    // CloudWatch has no resource for a metric; the namespace is the stage's own.
    role.allow(['cloudwatch:PutMetricData'], ['*'], {
      StringEquals: { 'cloudwatch:namespace': metricsNamespace(this) },
    });
    outbox.letSend(role);
    keys.letGenerateMac(role);
    keys.grantUseThrough(role, 'sqs');
  }
}

/** A role with one managed policy, as HIPAA.Security-IAMNoInlinePolicy wants it. */
class OperatorRole extends Role implements Grantee {
  private readonly rights: ManagedPolicy;

  constructor(scope: Construct, id: string, stage: string) {
    super(scope, id, {
      assumedBy: new AccountRootPrincipal().withConditions({
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      }),
      maxSessionDuration: Duration.hours(1),
      description: `Portal Auth, stage ${stage}: ${id}`,
    });
    this.rights = new ManagedPolicy(this, 'Rights', {
      document: new PolicyDocument({ minimize: true }),
    });
    this.addManagedPolicy(this.rights);
  }

  allow(
    actions: string[],
    resources: string[],
    conditions: Record<string, Record<string, unknown>> = {},
  ): void {
    this.rights.addStatements(new PolicyStatement({ actions, resources, conditions }));
  }
}
