import {
  AccessLogField,
  AccessLogFormat,
  AuthorizationType,
  CfnAccount,
  CognitoUserPoolsAuthorizer,
  EndpointType,
  JsonSchemaType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  Model,
  RequestValidator,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { CfnRestApi, IResource, IRestApi, MethodOptions } from 'aws-cdk-lib/aws-apigateway';
import { Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ROUTES } from '../contract/routes.ts';
import { ENVIRONMENT } from '../lambdas/ground/platform/environment-names.ts';
import type { Access, Capability, Route } from '../contract/routes.ts';
import { ApiDomain, TLS_POLICY } from './api-domain.ts';
import { definite } from './definite.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import type { PortalFunction } from './portal-function.ts';
import type { StageSettings } from './settings.ts';
import { KEEP } from './lifecycle.ts';

/** The scope that the token gate adds to every access token of the portal. */
const API_SCOPE = 'portal-auth/api';
/** The scope that the employees' token gate adds to every access token of an employee. */
const HELP_DESK_SCOPE = 'portal-auth/help-desk';

const STAGE_NAME = 'v1';

export interface HttpApiProps {
  readonly stage: string;
  /** Encrypts the access log. */
  readonly key: IKey;
  /** Signs the tokens of USER and ADMIN routes. */
  readonly userPool: IUserPool;
  /**
   * Signs the tokens of HELP_DESK routes.
   * @default - none; the stage has no help desk
   */
  readonly workforcePool?: IUserPool;
  /** Browsers may call from exactly these origins. */
  readonly portalOrigins: readonly string[];
  /** Steady requests per second of all callers together. */
  readonly requestsPerSecond: number;
  /** Requests at once above the steady rate. */
  readonly requestBurst: number;
  /**
   * The role by which API Gateway logs in this account and Region.
   * @default - a new one, which outlives the stack
   */
  readonly loggingRoleArn?: string;
  /**
   * An address of one's own.
   * @default - none; API Gateway's
   */
  readonly domain?: NonNullable<StageSettings['apiDomain']>;
}

/** The HTTP API with the contract's routes, as far as their capabilities have functions. */
export class HttpApi extends Construct {
  readonly api: RestApi;
  /** Without a trailing slash. */
  readonly url: string;
  private readonly props: HttpApiProps;
  private readonly authorizers = new Map<string, CognitoUserPoolsAuthorizer>();
  private readonly validator: RequestValidator;
  private readonly jsonObject: Model;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    this.props = props;
    this.api = this.createApi(props);
    // CDK's own types do not compile under exactOptionalPropertyTypes.
    const restApi = this.api as IRestApi;
    this.validator = new RequestValidator(this, 'Validator', {
      restApi,
      validateRequestBody: true,
      validateRequestParameters: true,
    });
    this.jsonObject = new Model(this, 'JsonObject', {
      restApi,
      contentType: 'application/json',
      description: 'Any JSON object. The function validates its fields.',
      schema: { type: JsonSchemaType.OBJECT },
    });
    addGatewayResponses(this.api, props.portalOrigins[0] ?? '');
    this.url = this.addressOf(props);
  }

  private addressOf({ domain }: HttpApiProps): string {
    if (domain !== undefined) {
      const { name, certificateArn, hostedZoneId } = domain;
      const stage = this.api.deploymentStage;
      const given = {
        name,
        certificateArn,
        stage,
        ...definite({ hostedZoneId }),
      };
      new ApiDomain(this, 'Domain', given);
      return `https://${name}/${STAGE_NAME}`;
    }
    const { region, urlSuffix } = Stack.of(this);
    const host = `.execute-api.${region}.${urlSuffix}/${STAGE_NAME}`;
    return Fn.join('', ['https://', this.api.restApiId, host]);
  }

  /** Adds every route of a capability, served by its function. */
  addCapability(capability: Capability, fn: PortalFunction): void {
    const integration = new LambdaIntegration(fn, { scopePermissionToMethod: false });
    const routes: Route[] = Object.values(ROUTES).filter(
      (route) => route.capability === capability,
    );
    for (const route of routes) {
      const resource = this.api.root.resourceForPath(route.path);
      resource.addMethod(route.method, integration, {
        ...this.authorization(route.access),
        ...this.validation(route),
      });
      this.addPreflight(resource);
    }
  }

  /** The path of a route as clients and the firewall see it. */
  pathOf(route: string): string {
    return `/${STAGE_NAME}${route}`;
  }

  /**
   * Provides the API's address to a function. A trigger may have it, because only the API's
   * authorizer depends on the user pool.
   */
  provideUrl(fn: PortalFunction): void {
    fn.addEnvironment(ENVIRONMENT.apiUrl, this.url);
  }

  /**
   * The function checks the flow token of FLOW routes, the role of ADMIN routes and the group of
   * HELP_DESK routes.
   */
  private authorization(access: Access): MethodOptions {
    if (access === 'PUBLIC' || access === 'FLOW')
      return { authorizationType: AuthorizationType.NONE };
    const isDesk = access === 'HELP_DESK';
    return {
      authorizationType: AuthorizationType.COGNITO,
      authorizer: isDesk
        ? this.authorizerOf('EmployeeToken', this.props.workforcePool)
        : this.authorizerOf('AccessToken', this.props.userPool),
      authorizationScopes: [isDesk ? HELP_DESK_SCOPE : API_SCOPE],
    };
  }

  /** Created for the first route that needs it, because an unused authorizer fails to deploy. */
  private authorizerOf(id: string, pool: IUserPool | undefined): CognitoUserPoolsAuthorizer {
    const known = this.authorizers.get(id);
    if (known !== undefined) return known;
    if (pool === undefined)
      throw new Error('HELP_DESK routes need the user pool of the employees: set workforce.');
    const authorizer = new CognitoUserPoolsAuthorizer(this, id, {
      cognitoUserPools: [pool],
      // A cached answer would outlive the token that it was for.
      resultsCacheTtl: Duration.seconds(0),
    });
    this.authorizers.set(id, authorizer);
    return authorizer;
  }

  /**
   * Checks only that a body is an object; the function validates its fields. If every field may be
   * absent, the body may be, too.
   */
  private validation({ body }: Route): MethodOptions {
    const needsBody = body?.safeParse({}).success === false;
    return {
      requestValidator: this.validator,
      ...(needsBody && { requestModels: { 'application/json': this.jsonObject } }),
    };
  }

  private addPreflight(resource: IResource): void {
    if (resource.node.tryFindChild('OPTIONS') !== undefined) return;
    const methods = Object.values(ROUTES)
      .filter(({ path }) => path === resource.path)
      .map(({ method }) => method);
    resource.addCorsPreflight({
      allowOrigins: [...this.props.portalOrigins],
      allowMethods: methods,
      allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key'],
      maxAge: Duration.hours(1),
    });
  }

  private createApi(props: HttpApiProps): RestApi {
    const { stage, key, requestsPerSecond, requestBurst } = props;
    const accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: `/portal-auth/${stage}/api-access`,
      encryptionKey: key,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: KEEP,
    });
    const api = new RestApi(this, 'Api', {
      restApiName: `portal-auth-${stage}`,
      description: 'Portal Auth: registration, recovery, terms, the signed-in user, administration',
      endpointConfiguration: { types: [EndpointType.REGIONAL] },
      deployOptions: {
        stageName: STAGE_NAME,
        accessLogDestination: new LogGroupLogDestination(accessLog),
        accessLogFormat: accessLogFormat(),
        loggingLevel: MethodLoggingLevel.ERROR,
        dataTraceEnabled: false,
        // Metrics of each method cost about five custom metrics a method, preflights too.
        metricsEnabled: false,
        tracingEnabled: true,
        throttlingRateLimit: requestsPerSecond,
        throttlingBurstLimit: requestBurst,
      },
    });
    refuseOldTls(api);
    api.deploymentStage.node.addDependency(this.letGatewayLog(props.loggingRoleArn));
    return api;
  }

  /**
   * API Gateway writes execution errors with one role for the whole account and Region. Without it
   * the stage cannot be created.
   */
  private letGatewayLog(cloudWatchRoleArn = this.createLoggingRole()): CfnAccount {
    const account = new CfnAccount(this, 'Logging', { cloudWatchRoleArn });
    account.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return account;
  }

  /** Other stages of the account log with it too, so it stays when this one goes. */
  private createLoggingRole(): string {
    const role = new Role(this, 'LoggingRole', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [
        ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs'),
      ],
    });
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return role.roleArn;
  }
}

/** A Regional API accepts TLS 1.0 by default. CDK's RestApi has no property for the policy. */
function refuseOldTls(api: RestApi): void {
  const resource = api.node.defaultChild as CfnRestApi;
  Object.assign(resource, TLS_POLICY);
}

/**
 * Logs who called which route with what outcome. It logs the route instead of the path, because
 * paths identify people, calls and devices.
 */
function accessLogFormat(): AccessLogFormat {
  return AccessLogFormat.custom(
    JSON.stringify({
      requestId: AccessLogField.contextRequestId(),
      at: AccessLogField.contextRequestTimeEpoch(),
      sourceIp: AccessLogField.contextIdentitySourceIp(),
      method: AccessLogField.contextHttpMethod(),
      route: AccessLogField.contextResourcePath(),
      status: AccessLogField.contextStatus(),
      error: AccessLogField.contextErrorResponseType(),
      milliseconds: AccessLogField.contextResponseLatency(),
      integrationStatus: AccessLogField.contextIntegrationStatus(),
    }),
  );
}
