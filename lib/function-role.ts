import { ManagedPolicy, PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { AddToPrincipalPolicyResult, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * A function's own role, with one managed policy that collects every statement.
 * CDK's default is an inline policy per role, which HIPAA.Security-IAMNoInlinePolicy refuses.
 */
export class FunctionRole extends Role {
  private readonly rights: ManagedPolicy;

  constructor(scope: Construct, id: string) {
    super(scope, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.rights = new ManagedPolicy(this, 'Rights', {
      document: new PolicyDocument({ minimize: true }),
    });
    this.addManagedPolicy(this.rights);
  }

  override addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.rights.addStatements(statement);
    return { statementAdded: true, policyDependable: this.rights };
  }
}
