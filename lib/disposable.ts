import type { IAspect } from 'aws-cdk-lib';
import { CfnDeletionPolicy, CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

/**
 * Makes a stage disposable: what it would keep goes when its stack is deleted, and nothing is
 * protected or locked. What other stages of the account use too (plain Retain) stays.
 */
export class Disposable implements IAspect {
  visit(node: IConstruct): void {
    if (node instanceof CfnTable) node.deletionProtectionEnabled = false;
    if (node instanceof CfnUserPool) node.deletionProtection = 'INACTIVE';
    if (node instanceof CfnBucket) {
      node.objectLockEnabled = false;
      node.objectLockConfiguration = undefined;
    }
    if (node instanceof CfnResource && isKept(node)) node.applyRemovalPolicy(RemovalPolicy.DESTROY);
  }
}

function isKept({ cfnOptions }: CfnResource): boolean {
  return cfnOptions.deletionPolicy === CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
}
