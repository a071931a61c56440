/** The topic of a stage's alarms, and the kinds of alarms that there are. */
import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmBase, IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { IFilterPattern } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { definite } from './definite.ts';
import { metricsNamespace } from './portal-function.ts';
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

/** When a metric is alarming. */
export interface Condition {
  readonly metric: IMetric;
  readonly threshold: number;
  /**
   * The metric is alarming below the threshold instead of at and above it.
   * @default false
   */
  readonly below?: boolean;
  /**
   * Periods in a row that have to be alarming.
   * @default 1
   */
  readonly periods?: number;
}

const FIVE_MINUTES = Duration.minutes(5);

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

  /** An alarm that notifies. `meaning` ends with the section of the runbook. */
  raise(id: string, meaning: string, condition: Condition): void {
    this.notify(this.child(id, meaning, condition));
  }

  /** An alarm that only counts within another one. */
  child(id: string, meaning: string, condition: Condition): AlarmBase {
    const { metric, threshold, below = false, periods = 1 } = condition;
    return new Alarm(this, id, {
      alarmName: this.nameOf(id),
      alarmDescription: meaning,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /** An alarm that notifies while any of its children is in ALARM. */
  raiseAny(id: string, meaning: string, children: readonly AlarmBase[]): void {
    const alarm = new CompositeAlarm(this, id, {
      compositeAlarmName: this.nameOf(id),
      alarmDescription: meaning,
      alarmRule: AlarmRule.anyOf(
        ...children.map((child) => AlarmRule.fromAlarm(child, AlarmState.ALARM)),
      ),
    });
    this.notify(alarm);
  }

  /**
   * A child on a function that fails or is throttled. Everything that a function throws counts as
   * an error of it; `failures` replaces that for one that refuses by throwing.
   */
  ofFunction(fn: PortalFunction, failures?: IMetric): AlarmBase {
    const usingMetrics = {
      errors: failures ?? fn.metricErrors({ period: FIVE_MINUTES }),
      throttles: fn.metricThrottles({ period: FIVE_MINUTES }),
    };
    return this.child(`${fn.node.id}Fails`, `${fn.functionId} fails, or is throttled`, {
      metric: sumOf(usingMetrics),
      threshold: 1,
    });
  }

  /**
   * Counts the log lines with these words, in one metric of all functions that may write them. The
   * words are matched as text, which finds them whether or not Lambda wraps the line.
   */
  countLines(id: string, words: string[], functions: readonly PortalFunction[]): Metric {
    return this.countMatches(id, FilterPattern.allTerms(...words), functions);
  }

  /** Counts the lines that match a pattern. */
  countMatches(
    id: string,
    filterPattern: IFilterPattern,
    functions: readonly PortalFunction[],
    metricName = id,
  ): Metric {
    const metricNamespace = metricsNamespace(this);
    for (const fn of functions) {
      const filter = {
        logGroup: fn.logGroup,
        filterPattern,
        metricNamespace,
        metricName,
      };
      new MetricFilter(this, `${id}In${fn.node.id}`, filter);
    }
    return this.own(metricName);
  }

  /** A metric of the functions' own lines: its sum in five minutes. */
  own(metricName: string, dimensionsMap?: Record<string, string>): Metric {
    return new Metric({
      namespace: metricsNamespace(this),
      metricName,
      statistic: Stats.SUM,
      period: FIVE_MINUTES,
      ...definite({ dimensionsMap }),
    });
  }

  /** Alarms on any message in a dead-letter queue. */
  watchDeadLetters(id: string, queue: IQueue, meaning: string): void {
    const metric = queue.metricApproximateNumberOfMessagesVisible({
      period: FIVE_MINUTES,
      statistic: Stats.MAXIMUM,
    });
    this.raise(id, meaning, { metric, threshold: 1 });
  }

  /** Alarms when messages wait: the worker is slow, or it keeps failing. */
  watchWaiting(id: string, queue: IQueue, meaning: string, seconds: number): void {
    const metric = queue.metricApproximateAgeOfOldestMessage({
      period: FIVE_MINUTES,
      statistic: Stats.MAXIMUM,
    });
    this.raise(id, meaning, { metric, threshold: seconds });
  }

  /** It notifies when it goes off, and again when all is well. */
  private notify(alarm: AlarmBase): void {
    const action = new SnsAction(this.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }

  private nameOf(id: string): string {
    return `${Stack.of(this).stackName}-${id}`;
  }
}

/** The sum of metrics, where one without data counts as 0. */
export function sumOf(usingMetrics: Record<string, IMetric>): MathExpression {
  const expression = Object.keys(usingMetrics)
    .map((id) => `FILL(${id}, 0)`)
    .join(' + ');
  return new MathExpression({
    expression,
    usingMetrics,
    period: FIVE_MINUTES,
  });
}
