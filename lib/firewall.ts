import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { PROBLEMS } from '../contract/problems.ts';
import { firewallName } from './firewall-name.ts';
import { KEEP } from './lifecycle.ts';

type Rule = CfnWebACL.RuleProperty;

export interface FirewallProps {
  readonly stage: string;
  /** Last part of the names: `api`, `sign-in` or `workforce`. */
  readonly guards: string;
  /** Encrypts the log of what was refused. */
  readonly key: IKey;
  /** ARN of the API's stage or of a user pool. */
  readonly resourceArn: string;
  /** The portal's first origin: its pages may read a refusal. */
  readonly portalOrigin: string;
  /** Requests that one source address may make within five minutes. */
  readonly requestsPerSource: number;
  /**
   * The only operations of Cognito that pass.
   * @default - none; what no rule refuses passes, as at the API and at the employees' hosted pages
   */
  readonly onlyOperations?: readonly string[];
  /**
   * The path of a login that AWS's account-takeover rules inspect, for stolen credentials.
   * @default - none: the rules cost extra, and a user pool cannot have them
   */
  readonly inspectedLogin?: string;
}

/** The only public operations of Cognito that pass: those that the portal's client needs. */
export const SIGN_IN_OPERATIONS = [
  'InitiateAuth',
  'RespondToAuthChallenge',
  'GetTokensFromRefreshToken',
  'RevokeToken',
] as const;

const TOO_MANY = 'too-many';

/**
 * Refuses known attackers, floods from one address and, for the providers' user pool, every
 * operation that is not listed.
 */
export class Firewall extends Construct {
  readonly name: string;
  /** ARN of its web ACL. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    const { stage, guards, key, resourceArn, requestsPerSource, onlyOperations } = props;
    const { inspectedLogin, portalOrigin } = props;
    const name = firewallName(stage, guards);
    const acl = new CfnWebACL(this, 'Acl', {
      name,
      scope: 'REGIONAL',
      defaultAction: onlyOperations === undefined ? { allow: {} } : { block: {} },
      visibilityConfig: metric(name),
      customResponseBodies: {
        [TOO_MANY]: {
          contentType: 'APPLICATION_JSON',
          content: onlyOperations === undefined ? tooManyProblem() : tooManyException(),
        },
      },
      rules: [
        managed('AWSManagedRulesAmazonIpReputationList', 1),
        floodRule(requestsPerSource, portalOrigin, 2),
        // The common rule set would refuse passwords with quotes and brackets, and our schemas are
        // stricter.
        onlyOperations === undefined
          ? managed('AWSManagedRulesKnownBadInputsRuleSet', 3)
          : operationsRule(onlyOperations, 3),
        ...(inspectedLogin === undefined ? [] : [accountTakeoverRules(inspectedLogin, 4)]),
      ],
    });
    new CfnWebACLAssociation(this, 'Association', { resourceArn, webAclArn: acl.attrArn });
    this.name = name;
    this.arn = acl.attrArn;
    this.logRefusals(acl, name, key);
  }

  /**
   * The name must begin with `aws-waf-logs-`; the destination is the group's ARN without the `:*`
   * that `logGroupArn` ends in.
   */
  private logRefusals(acl: CfnWebACL, name: string, key: IKey): void {
    const log = new LogGroup(this, 'Log', {
      logGroupName: `aws-waf-logs-${name}`,
      encryptionKey: key,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: KEEP,
    });
    const destination = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: log.logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [destination],
      // Paths contain call IDs and usernames, and the header contains tokens.
      redactedFields: [
        { singleHeader: { Name: 'authorization' } },
        { uriPath: {} },
        { queryString: {} },
      ],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: [{ ActionCondition: { Action: 'BLOCK' } }],
          },
        ],
      },
    });
  }
}

function metric(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return {
    metricName,
    cloudWatchMetricsEnabled: true,
    sampledRequestsEnabled: false,
  };
}

function managed(name: string, priority: number): Rule {
  return {
    name,
    priority,
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: 'AWS', name } },
    visibilityConfig: metric(name),
  };
}

/**
 * AWS's account-takeover rules (ATP): they recognise stolen credentials and guessing from many
 * addresses.
 */
function accountTakeoverRules(loginPath: string, priority: number): Rule {
  const name = 'AWSManagedRulesATPRuleSet';
  const inspected = {
    loginPath,
    requestInspection: {
      payloadType: 'JSON',
      usernameField: { identifier: '/username' },
      passwordField: { identifier: '/password' },
    },
  };
  const rule = managed(name, priority);
  return {
    ...rule,
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        managedRuleGroupConfigs: [{ awsManagedRulesAtpRuleSet: inspected }],
      },
    },
  };
}

function floodRule(limit: number, portalOrigin: string, priority: number): Rule {
  return {
    name: 'OneSource',
    priority,
    action: {
      block: {
        customResponse: {
          responseCode: 429,
          customResponseBodyKey: TOO_MANY,
          // Without the origin a browser reports a refusal as a network error.
          responseHeaders: [
            { name: 'Retry-After', value: '300' },
            { name: 'Access-Control-Allow-Origin', value: portalOrigin },
            { name: 'Access-Control-Expose-Headers', value: 'Retry-After' },
            { name: 'Cache-Control', value: 'no-store' },
          ],
        },
      },
    },
    statement: {
      rateBasedStatement: {
        limit,
        aggregateKeyType: 'IP',
        evaluationWindowSec: 300,
      },
    },
    visibilityConfig: metric('OneSource'),
  };
}

/** Cognito sets this header itself, so a client cannot choose its value. */
function operationsRule(operations: readonly string[], priority: number): Rule {
  const is = (operation: string): CfnWebACL.StatementProperty => ({
    byteMatchStatement: {
      fieldToMatch: { singleHeader: { Name: 'x-amzn-cognito-operation-name' } },
      positionalConstraint: 'EXACTLY',
      searchString: operation,
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  });
  return {
    name: 'SignInOperations',
    priority,
    action: { allow: {} },
    statement: { orStatement: { statements: operations.map(is) } },
    visibilityConfig: metric('SignInOperations'),
  };
}

/** In the form of Cognito's errors, as its clients read them. */
function tooManyException(): string {
  return JSON.stringify({
    __type: 'TooManyRequestsException',
    message: 'Wait five minutes and try again.',
  });
}

function tooManyProblem(): string {
  const [status, title] = PROBLEMS.RATE_LIMITED;
  const problem = {
    type: 'about:blank',
    title,
    status,
    code: 'RATE_LIMITED',
    detail: 'Wait five minutes and try again.',
    requestId: '',
    retryAfterSeconds: 300,
  };
  return JSON.stringify(problem);
}
