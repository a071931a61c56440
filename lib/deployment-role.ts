import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import {
  OidcProviderNative,
  Role,
  PolicyStatement,
  WebIdentityPrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { StageSettings } from './settings.ts';

const GITHUB = 'token.actions.githubusercontent.com';

export interface DeploymentRoleProps extends StackProps {
  readonly stage: string;
  readonly deployment: NonNullable<StageSettings['deployment']>;
}

/**
 * The role by which a workflow on GitHub deploys a stage, without any stored key: it trusts one
 * environment of one repository, and may do nothing but assume the roles of `cdk bootstrap`.
 */
export class DeploymentRole extends Stack {
  constructor(scope: Construct, id: string, props: DeploymentRoleProps) {
    super(scope, id, props);
    const { stage, deployment } = props;
    const { repository, environment } = deployment;
    const role = new Role(this, 'Role', {
      roleName: `portal-auth-${stage}-deployment`,
      description: `Deploys stage ${stage} from ${repository}, environment ${environment}`,
      maxSessionDuration: Duration.hours(1),
      assumedBy: new WebIdentityPrincipal(this.provider(deployment.oidcProviderArn), {
        StringEquals: {
          [`${GITHUB}:aud`]: 'sts.amazonaws.com',
          [`${GITHUB}:sub`]: `repo:${repository}:environment:${environment}`,
        },
      }),
    });
    const { partition, account, region } = this;
    role.addToPolicy(
      new PolicyStatement({
        actions: ['sts:AssumeRole'],
        resources: ['deploy', 'file-publishing', 'lookup'].map(
          (name) =>
            `arn:${partition}:iam::${account}:role/cdk-hnb659fds-${name}-role-${account}-${region}`,
        ),
      }),
    );
    new CfnOutput(this, 'RoleArn', { value: role.roleArn });
  }

  /** An account has one such provider, which other repositories use too. */
  private provider(existing: string | undefined): string {
    if (existing !== undefined) return existing;
    const provider = new OidcProviderNative(this, 'GitHub', {
      url: `https://${GITHUB}`,
      clientIds: ['sts.amazonaws.com'],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    return provider.oidcProviderArn;
  }
}
