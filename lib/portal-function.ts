import { Duration, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambdas/ground/platform/environment-names.ts';
import { definite } from './definite.ts';
import { FunctionRole } from './function-role.ts';
import { timeoutSeconds } from './functions.ts';
import type { FunctionId } from './functions.ts';
import { KEEP } from './lifecycle.ts';

export interface PortalFunctionProps {
  readonly functionId: FunctionId;
  readonly stage: string;
  /** Encrypts the function's log group. */
  readonly key: IKey;
  /** Where the bundles are, a folder per function. */
  readonly bundles: string;
  /**
   * Concurrent executions kept for this function.
   * @default - none; it shares the account's
   */
  readonly reservedConcurrency?: number;
}

/** A function with its bundle, a role of its own with only the granted rights, and its own log. */
export class PortalFunction extends LambdaFunction {
  readonly functionId: FunctionId;

  constructor(
    scope: Construct,
    id: string,
    { functionId, stage, key, bundles, reservedConcurrency }: PortalFunctionProps,
  ) {
    const functionName = `portal-auth-${stage}-${functionId}`;
    const role = new FunctionRole(scope, `${id}Role`);
    const logGroup = new LogGroup(scope, `${id}Log`, {
      logGroupName: `/aws/lambda/${functionName}`,
      encryptionKey: key,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: KEEP,
    });
    logGroup.grantWrite(role);
    super(scope, id, {
      functionName,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(`${bundles}/${functionId}`),
      // With 1,769 MB a function has a whole core, which start-up and hashing need.
      memorySize: 1769,
      timeout: Duration.seconds(timeoutSeconds(functionId)),
      // The API's stage samples already. Tracing here would add a client and a broad permission.
      tracing: Tracing.DISABLED,
      ...definite({ reservedConcurrentExecutions: reservedConcurrency }),
    });
    this.functionId = functionId;
    this.addEnvironment(ENVIRONMENT.metricsNamespace, metricsNamespace(this));
  }

  /** Allows exactly these actions on these resources. */
  allow(
    actions: string[],
    resources: string[],
    conditions: Record<string, Record<string, unknown>> = {},
  ): void {
    this.addToRolePolicy(new PolicyStatement({ actions, resources, conditions }));
  }

  /** Denies these actions on these resources, even if another statement allows them. */
  deny(actions: string[], resources: string[]): void {
    this.addToRolePolicy(new PolicyStatement({ effect: Effect.DENY, actions, resources }));
  }
}

/** Where the metrics of a stage's own log lines belong. */
export function metricsNamespace(scope: Construct): string {
  return `PortalAuth/${Stack.of(scope).stackName}`;
}
