import { Duration } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Tables } from './tables.ts';

export interface BackupsProps {
  /** Encrypts the vault. */
  readonly key: IKey;
  readonly tables: Tables;
  /** How long a copy is kept. */
  readonly keptDays: number;
}

/**
 * A copy of every table each night. Point-in-time recovery ends with its table; a vault does not,
 * and can be copied to another account.
 */
export class Backups extends Construct {
  constructor(scope: Construct, id: string, { key, tables, keptDays }: BackupsProps) {
    super(scope, id);
    const backupVault = new BackupVault(this, 'Vault', { encryptionKey: key });
    const rule = new BackupPlanRule({
      backupVault,
      scheduleExpression: Schedule.cron({ minute: '0', hour: '5' }),
      deleteAfter: Duration.days(keptDays),
    });
    const plan = new BackupPlan(this, 'Plan', { backupPlanRules: [rule] });
    plan.addSelection('Tables', {
      resources: tables.byName().map(([, { table }]) => BackupResource.fromDynamoDbTable(table)),
    });
  }
}
