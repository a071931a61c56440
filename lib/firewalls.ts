import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { definite } from './definite.ts';
import { Firewall, SIGN_IN_OPERATIONS } from './firewall.ts';
import type { HttpApi } from './http-api.ts';
import type { StageSettings } from './settings.ts';
import type { PortalUserPool } from './user-pool.ts';
import type { WorkforcePool } from './workforce-pool.ts';

/** What a stage has that the internet reaches. */
export interface Guarded {
  readonly key: IKey;
  readonly api: HttpApi;
  readonly userPool: PortalUserPool;
  readonly workforce: WorkforcePool | undefined;
}

/** A firewall each at the API, at the providers' user pool and at the employees' one. */
export function addFirewalls(
  scope: Construct,
  settings: StageSettings,
  { key, api, userPool, workforce }: Guarded,
): Firewall[] {
  const { stage, limits, accountTakeoverRules, portalOrigins } = settings;
  const common = {
    stage,
    key,
    portalOrigin: portalOrigins[0] ?? '',
    requestsPerSource: limits.requestsPerSourceFirewall,
  };
  const atApi = new Firewall(scope, 'ApiFirewall', {
    ...common,
    guards: 'api',
    resourceArn: api.api.deploymentStage.stageArn,
    ...definite({
      inspectedLogin: accountTakeoverRules ? api.pathOf('/mfa-registrations') : undefined,
    }),
  });
  const atPool = new Firewall(scope, 'SignInFirewall', {
    ...common,
    guards: 'sign-in',
    resourceArn: userPool.pool.userPoolArn,
    onlyOperations: SIGN_IN_OPERATIONS,
  });
  if (workforce === undefined) return [atApi, atPool];
  const atEmployees = new Firewall(scope, 'WorkforceFirewall', {
    ...common,
    guards: 'workforce',
    resourceArn: workforce.pool.userPoolArn,
  });
  return [atApi, atPool, atEmployees];
}
