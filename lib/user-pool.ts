import { Duration, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  ClientAttributes,
  FeaturePlan,
  LambdaVersion,
  Mfa,
  StringAttribute,
  UserPool,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import type { UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { CHALLENGE_VALIDITY_MINUTES } from '../contract/challenge-names.ts';
import { ENVIRONMENT } from '../lambdas/ground/platform/environment-names.ts';
import type { PoolAction } from '../lambdas/ground/platform/needs.ts';
import type { TriggerId } from './functions.ts';
import type { Grantee } from './grantee.ts';
import type { PortalFunction } from './portal-function.ts';
import { KEEP } from './lifecycle.ts';

export interface PortalUserPoolProps {
  readonly stage: string;
  /** Hours for which tokens can be refreshed, after the sign-in and after its factor. */
  readonly sessionHours: number;
}

const OPERATIONS: Record<TriggerId, [UserPoolOperation, LambdaVersion]> = {
  define: [UserPoolOperation.DEFINE_AUTH_CHALLENGE, LambdaVersion.V1_0],
  create: [UserPoolOperation.CREATE_AUTH_CHALLENGE, LambdaVersion.V1_0],
  verify: [UserPoolOperation.VERIFY_AUTH_CHALLENGE_RESPONSE, LambdaVersion.V1_0],
  // Only a V2 gate can add and drop scopes.
  'token-gate': [UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, LambdaVersion.V2_0],
};

/**
 * The user pool, without Cognito's other ways to sign in
 * (docs/decisions/005-cognito-side-doors.md).
 */
export class PortalUserPool extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  private readonly clientIdParameter: string;

  constructor(scope: Construct, id: string, { stage, sessionHours }: PortalUserPoolProps) {
    super(scope, id);
    this.pool = new UserPool(this, 'Pool', {
      userPoolName: `portal-auth-${stage}`,
      featurePlan: FeaturePlan.ESSENTIALS,
      // E-mail is the username, because another account could take over an alias.
      signInAliases: { email: true },
      signInCaseSensitive: false,
      selfSignUpEnabled: false,
      accountRecovery: AccountRecovery.NONE,
      // A user with Cognito's own TOTP would skip the custom challenges.
      mfa: Mfa.OFF,
      enableSmsRole: false,
      customAttributes: {
        account_id: new StringAttribute({ mutable: false, minLen: 1, maxLen: 64 }),
      },
      // Composition rules are ours to refuse (NIST SP 800-63B-4 §3.1.1.2); registration checks
      // length, breaches and context.
      passwordPolicy: {
        minLength: 8,
        requireDigits: false,
        requireLowercase: false,
        requireSymbols: false,
        requireUppercase: false,
      },
      deletionProtection: true,
      removalPolicy: KEEP,
    });
    this.client = this.pool.addClient('Public', {
      userPoolClientName: `portal-auth-${stage}-public`,
      authFlows: { custom: true },
      disableOAuth: true,
      generateSecret: false,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      authSessionValidity: Duration.minutes(CHALLENGE_VALIDITY_MINUTES),
      accessTokenValidity: Duration.minutes(15),
      idTokenValidity: Duration.minutes(15),
      // The token gate ends refresh sooner where the factor behind the sign-in is older.
      refreshTokenValidity: Duration.hours(sessionHours),
      // An empty list is reported to allow every attribute, so the list names a harmless one.
      writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
      readAttributes: new ClientAttributes()
        .withStandardAttributes({ email: true, emailVerified: true })
        .withCustomAttributes('account_id'),
    });
    this.clientIdParameter = `/portal-auth/${stage}/user-pool-client-id`;
    new StringParameter(this, 'ClientId', {
      parameterName: this.clientIdParameter,
      stringValue: this.client.userPoolClientId,
      description: 'The one app client that the token gate issues tokens for',
    });
  }

  /** Lets Cognito call a sign-in trigger. */
  addTrigger(id: TriggerId, fn: PortalFunction): void {
    const [operation, version] = OPERATIONS[id];
    this.pool.addTrigger(operation, fn, version);
  }

  /**
   * Provides the public client's ID to a trigger through a parameter. As an environment variable it
   * would make trigger, pool and client depend on each other in a circle.
   */
  grantReadClientId(fn: PortalFunction): void {
    const { partition, region, account } = Stack.of(this);
    fn.allow(
      ['ssm:GetParameter'],
      [`arn:${partition}:ssm:${region}:${account}:parameter${this.clientIdParameter}`],
    );
    fn.addEnvironment(ENVIRONMENT.clientIdParameter, this.clientIdParameter);
  }

  /**
   * Lets an HTTP function or a worker administer users. The pool depends on triggers, so never
   * those.
   */
  grantAdministration(fn: PortalFunction, operations: readonly PoolAction[]): void {
    fn.allow(
      operations.map((operation) => `cognito-idp:${operation}`),
      [this.pool.userPoolArn],
    );
    fn.addEnvironment(ENVIRONMENT.userPoolId, this.pool.userPoolId);
  }

  /** Lets a person's role administer users. */
  allow(role: Grantee, operations: readonly PoolAction[]): void {
    const actions = operations.map((operation) => `cognito-idp:${operation}`);
    role.allow(actions, [this.pool.userPoolArn]);
  }

  /** Provides the public client's ID. The sign-in operations of that client are public. */
  provideClientId(fn: PortalFunction): void {
    fn.addEnvironment(ENVIRONMENT.userPoolClientId, this.client.userPoolClientId);
  }
}
