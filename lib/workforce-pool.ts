import { CfnOutput, Duration, SecretValue, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolIdentityProvider,
  ClientAttributes,
  FeaturePlan,
  LambdaVersion,
  Mfa,
  OAuthScope,
  StringAttribute,
  UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import type { CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { EmployeesConfig } from '../contract/portal-config.ts';
import { EMPLOYEE_PATHS } from '../contract/portal-paths.ts';
import { ENVIRONMENT } from '../lambdas/ground/platform/environment-names.ts';
import type { PortalFunction } from './portal-function.ts';
import { KEEP } from './lifecycle.ts';

export interface WorkforcePoolProps {
  readonly stage: string;
  /** Employees come back to these origins after signing in and out. */
  readonly portalOrigins: readonly string[];
  /**
   * The OpenID provider of the employees.
   * @default - none; they sign in by SAML
   */
  readonly oidc?:
    | { issuer: string; clientId: string; clientSecretName: string; scopes: readonly string[] }
    | undefined;
  /**
   * The SAML provider of the employees.
   * @default - none; they sign in by OpenID Connect
   */
  readonly saml?: { metadataUrl: string } | undefined;
  /**
   * The first part of the pool's address below amazoncognito.com.
   * @default - none; the pool has a domain of its own
   */
  readonly domainPrefix?: string | undefined;
  /**
   * The pool's own domain and its certificate in us-east-1.
   * @default - none; the pool has a prefix
   */
  readonly domain?: { name: string; certificateArn: string } | undefined;
  /** The claim or SAML attribute that names an employee's groups. */
  readonly groupsClaim: string;
}

/** What the portal may ask for. */
const SCOPES = ['openid', 'email', 'profile'];

/** The provider's name in the pool, which is part of its users' names. */
const PROVIDER = 'workforce';

const SAML_EMAIL = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress';
const SAML_NAME = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name';

/**
 * The employees' user pool: they sign in at their organisation's identity provider and nowhere
 * else. It shares nothing with the providers' pool
 * (docs/decisions/045-employees-have-their-own-pool.md).
 */
export class WorkforcePool extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  /** The address of the hosted endpoints, without a trailing slash. */
  readonly domain: string;
  private readonly clientIdParameter: string;

  constructor(scope: Construct, id: string, props: WorkforcePoolProps) {
    super(scope, id);
    this.pool = this.createPool(props.stage);
    this.domain = this.addDomain(props);
    const provider = this.addProvider(props);
    this.client = this.addClient(props);
    this.client.node.addDependency(provider);
    this.clientIdParameter = `/portal-auth/${props.stage}/workforce-client-id`;
    new StringParameter(this, 'ClientId', {
      parameterName: this.clientIdParameter,
      stringValue: this.client.userPoolClientId,
      description: "The one app client that the employees' token gate issues tokens for",
    });
  }

  private createPool(stage: string): UserPool {
    return new UserPool(this, 'Pool', {
      userPoolName: `portal-auth-${stage}-workforce`,
      featurePlan: FeaturePlan.ESSENTIALS,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      selfSignUpEnabled: false,
      accountRecovery: AccountRecovery.NONE,
      // The identity provider asks for the second factor.
      mfa: Mfa.OFF,
      enableSmsRole: false,
      // The identity provider states them anew at every sign-in, so they have to be mutable.
      customAttributes: { groups: new StringAttribute({ mutable: true, maxLen: 2048 }) },
      deletionProtection: true,
      removalPolicy: KEEP,
    });
  }

  /** @returns the address of the hosted endpoints, without a trailing slash */
  private addDomain({ domainPrefix, domain }: WorkforcePoolProps): string {
    if (domain !== undefined) {
      const certificate = Certificate.fromCertificateArn(
        this,
        'Certificate',
        domain.certificateArn,
      );
      this.pool.addDomain('Domain', { customDomain: { domainName: domain.name, certificate } });
      return `https://${domain.name}`;
    }
    this.pool.addDomain('Domain', { cognitoDomain: { domainPrefix: domainPrefix ?? '' } });
    return `https://${domainPrefix}.auth.${Stack.of(this).region}.amazoncognito.com`;
  }

  /**
   * CDK's own construct of an OpenID provider takes its secret as text. Here it is a reference,
   * which CloudFormation resolves, so that no template contains it.
   */
  private addProvider({ oidc, saml, groupsClaim }: WorkforcePoolProps) {
    if (oidc !== undefined)
      return new CfnUserPoolIdentityProvider(this, 'Provider', {
        userPoolId: this.pool.userPoolId,
        providerName: PROVIDER,
        providerType: 'OIDC',
        providerDetails: {
          oidc_issuer: oidc.issuer,
          client_id: oidc.clientId,
          client_secret: SecretValue.secretsManager(oidc.clientSecretName).unsafeUnwrap(),
          authorize_scopes: oidc.scopes.join(' '),
          attributes_request_method: 'GET',
        },
        attributeMapping: {
          email: 'email',
          name: 'name',
          'custom:groups': groupsClaim,
        },
      });
    return new CfnUserPoolIdentityProvider(this, 'Provider', {
      userPoolId: this.pool.userPoolId,
      providerName: PROVIDER,
      providerType: 'SAML',
      providerDetails: { MetadataURL: saml?.metadataUrl ?? '', IDPSignout: 'true' },
      attributeMapping: {
        email: SAML_EMAIL,
        name: SAML_NAME,
        'custom:groups': groupsClaim,
      },
    });
  }

  private addClient({ stage, portalOrigins }: WorkforcePoolProps): UserPoolClient {
    const at = (path: string) => portalOrigins.map((origin) => `${origin}${path}`);
    const client = new UserPoolClient(this, 'Client', {
      userPool: this.pool,
      userPoolClientName: `portal-auth-${stage}-workforce`,
      generateSecret: false,
      supportedIdentityProviders: [UserPoolClientIdentityProvider.custom(PROVIDER)],
      oAuth: {
        flows: { authorizationCodeGrant: true, implicitCodeGrant: false },
        scopes: SCOPES.map((scope) => OAuthScope.custom(scope)),
        callbackUrls: at(EMPLOYEE_PATHS.signedIn),
        logoutUrls: at(EMPLOYEE_PATHS.signedOut),
      },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(15),
      idTokenValidity: Duration.minutes(15),
      // The shortest that Cognito accepts: after an hour the employee signs in again.
      refreshTokenValidity: Duration.minutes(60),
      // Federation writes the mapped attributes by the client, which has to be allowed to.
      writeAttributes: new ClientAttributes()
        .withStandardAttributes({ email: true, fullname: true })
        .withCustomAttributes('groups'),
      readAttributes: new ClientAttributes().withStandardAttributes({
        email: true,
        fullname: true,
      }),
    });
    // CDK allows SRP and passwords where no flow is named; this client may only refresh.
    const resource = client.node.defaultChild as CfnUserPoolClient;
    resource.explicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH'];
    return client;
  }

  /** Lets the pool invoke the employees' token gate. */
  admitWith(fn: PortalFunction): void {
    this.pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, fn, LambdaVersion.V2_0);
  }

  /** Provides the employees' client ID to an HTTP function. */
  provideClientId(fn: PortalFunction): void {
    fn.addEnvironment(ENVIRONMENT.workforceClientId, this.client.userPoolClientId);
  }

  /** Provides it to the gate, which the pool depends on, through a parameter. */
  grantReadClientId(fn: PortalFunction): void {
    const { partition, region, account } = Stack.of(this);
    fn.allow(
      ['ssm:GetParameter'],
      [`arn:${partition}:ssm:${region}:${account}:parameter${this.clientIdParameter}`],
    );
    fn.addEnvironment(ENVIRONMENT.workforceClientIdParameter, this.clientIdParameter);
  }

  /** What a portal needs to sign employees in. */
  portalAccess(): Pick<EmployeesConfig, 'domain' | 'clientId' | 'issuer' | 'scopes' | 'provider'> {
    return {
      domain: this.domain,
      clientId: this.client.userPoolClientId,
      issuer: this.pool.userPoolProviderUrl,
      scopes: [...SCOPES],
      provider: PROVIDER,
    };
  }

  addOutputs(stack: Stack): void {
    new CfnOutput(stack, 'WorkforceUserPoolId', { value: this.pool.userPoolId });
    new CfnOutput(stack, 'WorkforceClientId', { value: this.client.userPoolClientId });
    new CfnOutput(stack, 'WorkforceDomain', {
      value: this.domain,
      description: 'Where employees sign in; the identity provider returns to /oauth2/idpresponse',
    });
  }
}
