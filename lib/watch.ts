/** What alarms watch: sends, sign-ins, functions, and the services that they depend on. */
import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type Alarms, sumOf } from './alarms.ts';
import { invokedByCognito, isCapability } from './functions.ts';
import type { FunctionId } from './functions.ts';
import type { Keys } from './keys.ts';
import type { PortalFunction } from './portal-function.ts';
import type { Tables } from './tables.ts';
import type { PortalUserPool } from './user-pool.ts';
import { failuresOf } from './watch-gates.ts';

const FIVE_MINUTES = Duration.minutes(5);
const HOUR = Duration.hours(1);

const CHANNELS = ['Email', 'Text', 'Call'] as const;
type Channel = (typeof CHANNELS)[number];

/** The alarm, the log code, the dimension and the service of a channel whose sends fail. */
const FAILED_SENDS = {
  Email: ['EmailsNotSent', 'EMAIL_NOT_SENT', 'EMAIL', 'Amazon SES'],
  Text: ['TextsNotSent', 'TEXT_NOT_SENT', 'SMS', 'Amazon SNS'],
  Call: ['CallsNotPlaced', 'CALL_NOT_PLACED', 'CALL', 'Amazon Connect'],
} as const;

/** The functions that send codes, links and calls; `notices` sends besides. */
const SENDERS: readonly FunctionId[] = ['changes', 'create', 'registration', 'recovery', 'outbox'];

/** Sends that failed in five minutes: this many, or this part of all. */
const MANY_FAILED_SENDS = 10;
const FAILED_PART = 0.1;

/** What the senders' logs report of toll fraud, and of a channel that is down. */
export function watchSending(
  alarms: Alarms,
  functions: readonly PortalFunction[],
  { voice }: { voice: boolean },
): void {
  const senders = functions.filter(({ functionId }) => SENDERS.includes(functionId));
  const notices = functions.filter(({ functionId }) => functionId === 'notices');
  for (const channel of voice ? CHANNELS : CHANNELS.slice(0, 2)) {
    watchBreaker(alarms, `${channel}Breaker`, [channel, 'AFTER_PASSWORD']);
    watchBreaker(alarms, `Unproven${channel}Breaker`, [channel, 'BEFORE_PASSWORD']);
    watchFailedSends(alarms, channel, [...senders, ...notices]);
  }
}

function watchFailedSends(
  alarms: Alarms,
  channel: Channel,
  functions: readonly PortalFunction[],
): void {
  const [id, code, Channel, service] = FAILED_SENDS[channel];
  const many = alarms.child(`${id}Often`, `${service} fails ${MANY_FAILED_SENDS} times`, {
    metric: alarms.countLines(id, [code], functions),
    threshold: MANY_FAILED_SENDS,
  });
  const usingMetrics = {
    sent: alarms.own('Sends', { Channel, Outcome: 'SENT' }),
    failed: alarms.own('Sends', { Channel, Outcome: 'FAILED' }),
  };
  const part = alarms.child(`${id}Part`, `${service} fails for a part of all sends`, {
    metric: new MathExpression({
      expression: 'failed / (failed + FILL(sent, 0))',
      usingMetrics,
      period: FIVE_MINUTES,
    }),
    threshold: FAILED_PART,
  });
  const meaning = `${service} refuses or does not answer: see the runbook, Sending`;
  alarms.raiseAny(id, meaning, [many, part]);
}

function watchBreaker(
  alarms: Alarms,
  id: string,
  [channel, proof]: [Channel, 'AFTER_PASSWORD' | 'BEFORE_PASSWORD'],
): void {
  const when = proof === 'AFTER_PASSWORD' ? 'after' : 'before';
  const meaning =
    `the day's limit of sends by ${channel.toLowerCase()} ${when} a password is reached, ` +
    'and no more are made: see the runbook, Toll fraud';
  const Breaker = `${proof}#${channel.toUpperCase()}`;
  alarms.raise(id, meaning, { metric: alarms.own('BreakersOpen', { Breaker }), threshold: 1 });
}

/** One alarm for the triggers, one for the HTTP API's functions, one for the workers. */
export function watchFunctions(alarms: Alarms, functions: readonly PortalFunction[]): void {
  const of = (wanted: (id: FunctionId) => boolean) =>
    functions
      .filter(({ functionId }) => wanted(functionId))
      .map((fn) => alarms.ofFunction(fn, failuresOf(alarms, fn)));
  const signIn = of(invokedByCognito);
  alarms.raiseAny('SignInFails', 'sign-ins fail: see the runbook, Functions', signIn);
  const api = of(isCapability);
  alarms.raiseAny('ApiFunctionsFail', 'routes fail: see the runbook, Functions', api);
  const workers = of((id) => !invokedByCognito(id) && !isCapability(id));
  alarms.raiseAny('WorkersFail', 'workers fail: see the runbook, Functions', workers);
}

/** Sign-ins that are begun have to be completed, most of them. Fewer than 20 say nothing. */
export function watchSignIns(alarms: Alarms): void {
  const usingMetrics = {
    started: alarms.own('SignInsStarted'),
    completed: alarms.own('SignInsCompleted'),
  };
  const completedPart = new MathExpression({
    expression: 'IF(started >= 20, FILL(completed, 0) / started, 1)',
    usingMetrics,
    period: FIVE_MINUTES,
  });
  alarms.raise(
    'SignInsNotCompleted',
    'most sign-ins that begin are not completed: see the runbook, Sign-ins',
    { metric: completedPart, threshold: 0.4, below: true, periods: 3 },
  );
}

/** Alarms on server errors of the HTTP API. */
export function watchApi(alarms: Alarms, api: RestApi): void {
  const metric = api.metricServerError({ period: FIVE_MINUTES, statistic: Stats.SUM });
  alarms.raise('ApiFaults', 'the HTTP API answers with 5xx: see the runbook, Functions', {
    metric,
    threshold: 5,
  });
}

/**
 * Alarms on bounces and complaints. AWS reviews a sender from 5 % bounces or 0.1 % complaints on,
 * and then pauses it, which would stop sign-in e-mails.
 */
export function watchMailReputation(alarms: Alarms): void {
  const reputation = (metricName: string) =>
    new Metric({ namespace: 'AWS/SES', metricName, statistic: Stats.MAXIMUM, period: HOUR });
  alarms.raise('Bounces', 'too many e-mails bounce: see the runbook, Sending', {
    metric: reputation('Reputation.BounceRate'),
    threshold: 0.05,
  });
  alarms.raise('Complaints', 'e-mails are reported as spam: see the runbook, Sending', {
    metric: reputation('Reputation.ComplaintRate'),
    threshold: 0.001,
  });
}

/** Alarms on texts that carriers do not deliver, and on the month's spending in US dollars. */
export function watchTexts(alarms: Alarms, dollars: number): void {
  const metric = (metricName: string, statistic: string) =>
    new Metric({ namespace: 'AWS/SNS', metricName, statistic, period: HOUR });
  alarms.raise('TextsNotDelivered', 'carriers drop text messages: see the runbook, Sending', {
    metric: metric('SMSSuccessRate', Stats.AVERAGE),
    threshold: 0.8,
    below: true,
  });
  const spending = `texts cost more than ${dollars} USD this month: see the runbook, Toll fraud`;
  alarms.raise('TextSpending', spending, {
    metric: metric('SMSMonthToDateSpentUSD', Stats.MAXIMUM),
    threshold: dollars,
  });
}

/** Alarms when Cognito throttles people. */
export function watchUserPool(alarms: Alarms, { pool, client }: PortalUserPool): void {
  const throttles = (metricName: string) =>
    new Metric({
      namespace: 'AWS/Cognito',
      metricName,
      dimensionsMap: { UserPool: pool.userPoolId, UserPoolClient: client.userPoolClientId },
      statistic: Stats.SUM,
      period: FIVE_MINUTES,
    });
  const metric = sumOf({
    signIns: throttles('SignInThrottles'),
    refreshes: throttles('TokenRefreshThrottles'),
  });
  const meaning = 'Cognito throttles sign-ins or refreshes: see the runbook, Quotas';
  alarms.raise('SignInThrottles', meaning, { metric, threshold: 5 });
}

const TABLE_OPERATIONS = ['GetItem', 'Query', 'TransactWriteItems'];

/** One alarm for all tables: throttled, or failing on AWS's side. */
export function watchTables(alarms: Alarms, tables: Tables): void {
  const children = tables.byName().map(([name, { table }]) => {
    const metric = (metricName: string, Operation?: string) =>
      new Metric({
        namespace: 'AWS/DynamoDB',
        metricName,
        dimensionsMap: {
          TableName: table.tableName,
          ...(Operation === undefined ? {} : { Operation }),
        },
        statistic: Stats.SUM,
        period: FIVE_MINUTES,
      });
    const errors = TABLE_OPERATIONS.map((one) => [`on${one}`, metric('SystemErrors', one)]);
    const usingMetrics = {
      reads: metric('ReadThrottleEvents'),
      writes: metric('WriteThrottleEvents'),
      ...(Object.fromEntries(errors) as Record<string, Metric>),
    };
    const meaning = `the table ${name} is throttled or fails`;
    return alarms.child(`${name}TableFails`, meaning, {
      metric: sumOf(usingMetrics),
      // A single one happens, and the SDK repeats it.
      threshold: 2,
    });
  });
  alarms.raiseAny('TablesFail', 'DynamoDB throttles or fails: see the runbook, Quotas', children);
}

/** Alarms when the followers of the audit trail are ten minutes late. */
export function watchFollowers(alarms: Alarms, functions: readonly PortalFunction[]): void {
  const late = (functionId: FunctionId) => {
    const fn = functions.find((one) => one.functionId === functionId);
    if (fn === undefined) throw new Error(`The stack has no function ${functionId} to watch.`);
    return fn.metric('IteratorAge', { period: FIVE_MINUTES, statistic: Stats.MAXIMUM });
  };
  const metric = new MathExpression({
    expression: 'MAX([FILL(archive, 0), FILL(notices, 0)])',
    usingMetrics: { archive: late('audit-archive'), notices: late('notices') },
    period: FIVE_MINUTES,
  });
  const meaning = 'notices or the archive are late: see the runbook, Audit archive';
  alarms.raise('AuditLags', meaning, { metric, threshold: 600_000 });
}

/** Alarms when the firewalls block a thousand requests in five minutes. */
export function watchFirewalls(alarms: Alarms, region: string, acls: readonly string[]): void {
  const blocked = (WebACL: string) =>
    new Metric({
      namespace: 'AWS/WAFV2',
      metricName: 'BlockedRequests',
      dimensionsMap: { WebACL, Region: region, Rule: 'ALL' },
      statistic: Stats.SUM,
      period: FIVE_MINUTES,
    });
  const metric = sumOf(
    Object.fromEntries(acls.map((acl, index) => [`firewall${index}`, blocked(acl)])),
  );
  const meaning = 'the firewalls block many requests: see the runbook, Firewalls';
  alarms.raise('FirewallBlocks', meaning, { metric, threshold: 1_000 });
}

/** Notifies when one of the keys is disabled or is to be deleted: nothing works without them. */
export function watchKeys(alarms: Alarms, keys: Keys): void {
  const role = new Role(alarms, 'KeysEndangeredRole', {
    assumedBy: new ServicePrincipal('events.amazonaws.com'),
  });
  const { topicArn } = alarms.topic;
  const allow = (actions: string[], resource: string) =>
    new PolicyStatement({ actions, resources: [resource] });
  new ManagedPolicy(alarms, 'KeysEndangeredPolicy', {
    roles: [role],
    statements: [
      allow(['sns:Publish'], topicArn),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], keys.alarms.keyArn),
    ],
  });
  new Rule(alarms, 'KeysEndangered', {
    description: 'Portal Auth: a key is disabled or is to be deleted. See the runbook, Keys',
    eventPattern: {
      source: ['aws.kms'],
      detailType: ['AWS API Call via CloudTrail'],
      detail: {
        eventName: ['DisableKey', 'ScheduleKeyDeletion'],
        resources: { ARN: keys.arns() },
      },
    },
    // With a role, so that the topic admits no rule of another account.
    targets: [{ bind: () => ({ arn: topicArn, role }) }],
  });
}
