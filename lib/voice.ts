import { Aws, Duration, Fn, Stack } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnContactFlow, CfnIntegrationAssociation } from 'aws-cdk-lib/aws-connect';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambdas/ground/platform/environment-names.ts';
import type { Alarms } from './alarms.ts';
import type { PortalFunction } from './portal-function.ts';
import { verificationCall } from './verification-call.ts';

/** A status that comes later than this reaches nobody: the call has expired. EventBridge keeps an event for a minute at least. */
const EVENT_LIFE = Duration.minutes(2);

export interface VoiceProps {
  readonly stage: string;
  /** An Amazon Connect instance that is there already. */
  readonly instanceArn: string;
  /** A number claimed in the instance, in E.164: whom people see calling. */
  readonly sourcePhoneNumber: string;
  /** The Polly voice that speaks. */
  readonly voice: string;
  readonly alarms: Alarms;
}

/** Verification calls by an existing Amazon Connect instance: the contact flow, who may call, and how a call goes on. */
export class Voice extends Construct {
  private readonly props: VoiceProps;
  private contactFlow?: CfnContactFlow;

  constructor(scope: Construct, id: string, props: VoiceProps) {
    super(scope, id);
    this.props = props;
  }

  /** Makes the contact flow, which reports the callee's keys to this function. */
  reportTo(fn: PortalFunction): void {
    const { stage, instanceArn, voice } = this.props;
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
      content: Stack.of(this).toJsonString(verificationCall(fn.functionArn, voice)),
    });
    // Connect refuses a flow whose function the instance does not know.
    this.contactFlow.addResourceDependency(association);
    this.watch(name);
  }

  /** Tells a function of every contact event of the instance, best effort and unordered. */
  followWith(fn: PortalFunction): void {
    fn.configureAsyncInvoke({ maxEventAge: EVENT_LIFE, retryAttempts: 2 });
    new Rule(this, 'ContactEvents', {
      description: 'Portal Auth: how verification calls go on',
      eventPattern: {
        source: ['aws.connect'],
        detailType: ['Amazon Connect Contact Event'],
        detail: { instanceArn: [this.props.instanceArn] },
      },
      targets: [new LambdaFunction(fn, { maxEventAge: EVENT_LIFE, retryAttempts: 2 })],
    });
  }

  /** Lets a function call and hang up, and tells it by which line. */
  grantCall(fn: PortalFunction): void {
    const { instanceArn, sourcePhoneNumber } = this.props;
    // AWS's own pages disagree about the resource: docs/runbook.md, Calls, says what to try.
    fn.allow(
      ['connect:StartOutboundVoiceContact', 'connect:StopContact'],
      [`${instanceArn}/contact/*`],
    );
    fn.addEnvironment(ENVIRONMENT.connectInstanceArn, instanceArn);
    fn.addEnvironment(ENVIRONMENT.connectContactFlowId, this.contactFlowId());
    fn.addEnvironment(ENVIRONMENT.connectSourcePhoneNumber, sourcePhoneNumber);
  }

  private contactFlowId(): string {
    if (this.contactFlow === undefined)
      throw new Error(
        'There is no contact flow yet: list call-flow before the functions that call (lib/functions.ts)',
      );
    return Fn.select(1, Fn.split('/contact-flow/', this.contactFlow.attrContactFlowArn));
  }

  private watch(flowName: string): void {
    const { instanceArn, alarms } = this.props;
    const InstanceId = instanceArn.slice(instanceArn.lastIndexOf('/') + 1);
    const metric = (metricName: string, dimensionsMap: Record<string, string>) =>
      new Metric({
        namespace: 'AWS/Connect',
        metricName,
        dimensionsMap: { InstanceId, ...dimensionsMap },
        statistic: Stats.SUM,
        period: Duration.minutes(5),
      });
    const ofFlow = { MetricGroup: 'ContactFlow', ContactFlowName: flowName };
    alarms.raise(
      'CallFlowErrors',
      'the contact flow takes an error branch: see the runbook, Calls',
      metric('ContactFlowErrors', ofFlow),
      5,
    );
    alarms.raise(
      'CallFlowFatalErrors',
      'verification calls break off: see the runbook, Calls',
      metric('ContactFlowFatalErrors', ofFlow),
      1,
    );
    alarms.raise(
      'ThrottledCalls',
      'Connect throttles calls: raise its quota',
      metric('ThrottledCalls', { MetricGroup: 'VoiceCalls' }),
      1,
    );
  }
}
