import { Aws, Duration, Fn, Stack } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnContactFlow, CfnIntegrationAssociation } from 'aws-cdk-lib/aws-connect';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambdas/ground/platform/environment-names.ts';
import { type Alarms, sumOf } from './alarms.ts';
import type { PortalFunction } from './portal-function.ts';
import { type Voices, verificationCall } from './verification-call.ts';

/**
 * A status older than this is useless, since the call has expired. EventBridge's minimum is a
 * minute.
 */
const EVENT_LIFE = Duration.minutes(2);

export interface VoiceProps {
  readonly stage: string;
  /** An existing Amazon Connect instance. */
  readonly instanceArn: string;
  /** A number claimed in the instance, in E.164, that people see as the caller. */
  readonly sourcePhoneNumber: string;
  /** The Polly voices of the prompts. */
  readonly voices: Voices;
  /** The resource of the right to place calls. */
  readonly placesCallsOn: 'CONTACTS' | 'ANY';
  readonly alarms: Alarms;
}

/** Verification calls through an existing Amazon Connect instance. */
export class Voice extends Construct {
  private readonly props: VoiceProps;
  private contactFlow?: CfnContactFlow;

  constructor(scope: Construct, id: string, props: VoiceProps) {
    super(scope, id);
    this.props = props;
  }

  /** Creates the contact flow, which reports the callee's keys to this function. */
  reportTo(fn: PortalFunction): void {
    const { stage, instanceArn, voices } = this.props;
    fn.addPermission('ContactFlow', {
      principal: new ServicePrincipal('connect.amazonaws.com'),
      sourceArn: instanceArn,
      sourceAccount: Aws.ACCOUNT_ID,
    });
    const association = new CfnIntegrationAssociation(this, 'ReportingFunction', {
      instanceId: instanceArn,
      integrationType: 'LAMBDA_FUNCTION',
      integrationArn: fn.functionArn,
    });
    const name = `portal-auth-${stage}-verification-call`;
    this.contactFlow = new CfnContactFlow(this, 'VerificationCall', {
      instanceArn,
      name,
      type: 'CONTACT_FLOW',
      description: 'Portal Auth: asks the callee to press # to confirm, 9 to deny',
      content: Stack.of(this).toJsonString(verificationCall(fn.functionArn, voices)),
    });
    // Connect refuses a flow whose function is not associated with the instance.
    this.contactFlow.addResourceDependency(association);
    this.watch(name);
  }

  /** Invokes a function with every contact event of the instance, best effort and unordered. */
  followWith(fn: PortalFunction): void {
    fn.configureAsyncInvoke({ maxEventAge: EVENT_LIFE, retryAttempts: 2 });
    new Rule(this, 'ContactEvents', {
      description: 'Portal Auth: how verification calls go on',
      eventPattern: {
        source: ['aws.connect'],
        // AWS's pages have the first name, and its newer samples the second.
        detailType: ['Amazon Connect Contact Event', 'Connect Customer Contact Event'],
        detail: { instanceArn: [this.props.instanceArn] },
      },
      targets: [new LambdaFunction(fn, { maxEventAge: EVENT_LIFE, retryAttempts: 2 })],
    });
  }

  /** Lets a function place and end calls, and provides the line's identifiers. */
  grantCall(fn: PortalFunction): void {
    const { instanceArn, sourcePhoneNumber, placesCallsOn } = this.props;
    const contacts = `${instanceArn}/contact/*`;
    // AWS's own pages disagree about the resource. The runbook, Calls, says what to try.
    fn.allow(['connect:StartOutboundVoiceContact'], [placesCallsOn === 'ANY' ? '*' : contacts]);
    fn.allow(['connect:StopContact'], [contacts]);
    fn.addEnvironment(ENVIRONMENT.connectInstanceArn, instanceArn);
    fn.addEnvironment(ENVIRONMENT.connectContactFlowId, this.contactFlowId());
    fn.addEnvironment(ENVIRONMENT.connectSourcePhoneNumber, sourcePhoneNumber);
  }

  private contactFlowId(): string {
    if (this.contactFlow === undefined)
      throw new Error(
        'The contact flow does not exist yet. In lib/functions.ts, list call-flow before the ' +
          'functions that place calls.',
      );
    return Fn.select(1, Fn.split('/contact-flow/', this.contactFlow.attrContactFlowArn));
  }

  private watch(flowName: string): void {
    const { instanceArn, alarms } = this.props;
    const InstanceId = instanceArn.slice(instanceArn.lastIndexOf('/') + 1);
    const metric = (
      metricName: string,
      dimensionsMap: Record<string, string>,
      statistic: string = Stats.SUM,
    ) =>
      new Metric({
        namespace: 'AWS/Connect',
        metricName,
        dimensionsMap: { InstanceId, ...dimensionsMap },
        statistic,
        period: Duration.minutes(5),
      });
    const ofFlow = { MetricGroup: 'ContactFlow', ContactFlowName: flowName };
    const concurrency = { MetricGroup: 'VoiceCalls' };
    alarms.raise(
      'CallFlowErrors',
      'the contact flow takes an error branch: see the runbook, Calls',
      {
        metric: metric('ContactFlowErrors', ofFlow),
        threshold: 5,
      },
    );
    alarms.raise('CallFlowFatalErrors', 'verification calls break off: see the runbook, Calls', {
      metric: metric('ContactFlowFatalErrors', ofFlow),
      threshold: 1,
    });
    alarms.raise('CallQuota', 'Connect refuses calls beyond its quota: see the runbook, Calls', {
      metric: sumOf({
        throttled: metric('ThrottledCalls', concurrency),
        breaching: metric('CallsBreachingConcurrencyQuota', concurrency),
      }),
      threshold: 1,
    });
    alarms.raise('CallConcurrency', 'the quota of calls is nearly used: see the runbook, Calls', {
      metric: metric('ConcurrentCallsPercentage', concurrency, Stats.MAXIMUM),
      // A part of the quota: Connect reports it as a decimal.
      threshold: 0.8,
    });
  }
}
