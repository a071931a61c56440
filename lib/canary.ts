import { Duration, Fn, Stack } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambdas/ground/platform/environment-names.ts';
import type { Alarms } from './alarms.ts';
import type { PortalFunction } from './portal-function.ts';

export interface CanaryProps {
  readonly fn: PortalFunction;
  readonly alarms: Alarms;
  readonly everyMinutes: number;
}

/** The next run is soon enough. */
const NO_REPEATS = { maxEventAge: Duration.minutes(5), retryAttempts: 0 };
/** How long after the next run an alarm on this one ends, if that passes. */
const SLACK_MINUTES = 5;

/** Has a function sign in by the clock (docs/decisions/074-canary.md). */
export class Canary extends Construct {
  readonly ruleArn: string;

  constructor(scope: Construct, id: string, { fn, alarms, everyMinutes }: CanaryProps) {
    super(scope, id);
    fn.addEnvironment(ENVIRONMENT.canaryEmail, addressOf(this));
    const rule = new Rule(this, 'Clock', {
      description: 'Portal Auth: signs the canary in',
      schedule: Schedule.rate(Duration.minutes(everyMinutes)),
      targets: [new LambdaFunction(fn, NO_REPEATS)],
    });
    this.ruleArn = rule.ruleArn;
    // Filled, because a failure alone in the range would keep the alarm for two periods more.
    const period = Duration.minutes(everyMinutes + SLACK_MINUTES);
    const failed = alarms.own('CanaryFailures').with({ period });
    alarms.raise('CanaryFails', 'the canary cannot sign in: see the runbook, Canary', {
      metric: new MathExpression({
        expression: 'FILL(failed, 0)',
        usingMetrics: { failed },
        period,
      }),
      threshold: 1,
    });
  }
}

/**
 * An address of SES's mailbox simulator, which accepts what comes after a plus. Ours is the stack's
 * own UUID: whoever knew the address could have Cognito pause its sign-ins with wrong passwords.
 */
function addressOf(scope: Construct): string {
  const uuid = Fn.select(2, Fn.split('/', Stack.of(scope).stackId));
  return `success+${uuid}@simulator.amazonses.com`;
}
