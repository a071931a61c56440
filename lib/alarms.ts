/** The alarms of a stage. */
import { Duration, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  Alarm,
  ComparisonOperator,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { PortalFunction } from './portal-function.ts';

export interface AlarmsProps {
  /** Encrypts the topic. */
  readonly key: IKey;
  /**
   * The address that receives the alarms by e-mail.
   * @default - none; subscribe to the topic instead
   */
  readonly email?: string;
}

export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { key, email }: AlarmsProps) {
    super(scope, id);
    const { region, account, partition } = Stack.of(this);
    this.topic = new Topic(this, 'Topic', {
      masterKey: key,
      enforceSSL: true,
      displayName: 'Portal Auth: alarms',
    });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Alarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: {
          ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
        },
      }),
    );
    if (email !== undefined) this.topic.addSubscription(new EmailSubscription(email));
  }

  /** Alarms on any error and any throttled invocation of a function. */
  watchFunction(fn: PortalFunction): void {
    const period = Duration.minutes(5);
    this.raise(
      `${fn.node.id}Errors`,
      `${fn.functionId} fails, and everyone who needs it is stuck`,
      fn.metricErrors({ period }),
      1,
    );
    this.raise(
      `${fn.node.id}Throttles`,
      `${fn.functionId} is throttled: raise its concurrency or the account's quota`,
      fn.metricThrottles({ period }),
      1,
    );
  }

  /**
   * Alarms on any log line with these words, in one alarm for all functions that may write it. The
   * words are matched as text, because Lambda wraps what a function logs into JSON of its own.
   */
  watchLog(id: string, meaning: string, words: string[], functions: PortalFunction[]): void {
    const metricNamespace = `PortalAuth/${Stack.of(this).stackName}`;
    for (const fn of functions) {
      new MetricFilter(this, `${id}In${fn.node.id}`, {
        logGroup: fn.logGroup,
        filterPattern: FilterPattern.allTerms(...words),
        metricNamespace,
        metricName: id,
      });
    }
    this.raise(
      id,
      meaning,
      new Metric({
        namespace: metricNamespace,
        metricName: id,
        statistic: Stats.SUM,
        period: Duration.minutes(5),
      }),
      1,
    );
  }

  /** Alarms on any message in a dead-letter queue. */
  watchDeadLetters(id: string, queue: IQueue, meaning: string): void {
    const metric = queue.metricApproximateNumberOfMessagesVisible({
      period: Duration.minutes(5),
      statistic: Stats.MAXIMUM,
    });
    this.raise(id, meaning, metric, 1);
  }

  /** Alarms when messages wait: the worker is slow, or it keeps failing. */
  watchWaiting(id: string, queue: IQueue, meaning: string, seconds: number): void {
    this.raise(
      id,
      meaning,
      queue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(5),
        statistic: Stats.MAXIMUM,
      }),
      seconds,
    );
  }

  /** Alarms on server errors of the HTTP API. */
  watchApi(api: RestApi): void {
    const metric = api.metricServerError({ period: Duration.minutes(5), statistic: Stats.SUM });
    this.raise(
      'ApiFaults',
      'the HTTP API answers with 5xx: see its access log for the route',
      metric,
      5,
    );
  }

  /**
   * Alarms on bounces and complaints. AWS reviews a sender from 5 % bounces or 0.1 % complaints on,
   * and then pauses it, which would stop sign-in e-mails.
   */
  watchMailReputation(): void {
    const reputation = (metricName: string) =>
      new Metric({
        namespace: 'AWS/SES',
        metricName,
        statistic: Stats.MAXIMUM,
        period: Duration.hours(1),
      });
    this.raise(
      'Bounces',
      'too many e-mails bounce: AWS may pause the sender',
      reputation('Reputation.BounceRate'),
      0.05,
    );
    this.raise(
      'Complaints',
      'too many e-mails are reported as spam: AWS may pause the sender',
      reputation('Reputation.ComplaintRate'),
      0.001,
    );
  }

  /** Alarms on the month's spending on texts, in US dollars, where toll fraud shows first. */
  watchTextSpending(dollars: number): void {
    const metric = new Metric({
      namespace: 'AWS/SNS',
      metricName: 'SMSMonthToDateSpentUSD',
      statistic: Stats.MAXIMUM,
      period: Duration.hours(1),
    });
    this.raise(
      'TextSpending',
      `text messages cost more than ${dollars} USD this month: see the runbook, Toll fraud`,
      metric,
      dollars,
    );
  }

  /** Adds an alarm that goes off when the metric reaches `threshold`. */
  raise(id: string, alarmDescription: string, metric: Metric, threshold: number): void {
    new Alarm(this, id, {
      alarmDescription,
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(this.topic));
  }
}
