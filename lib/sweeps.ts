import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import type { PortalFunction } from './portal-function.ts';

/** Night in all of the United States. */
const NIGHTLY = Schedule.cron({ minute: '10', hour: '9' });
/**
 * Three of these have to pass with sign-ins and without a sweep: no shorter than a day and an hour
 * between the first sign-in of a new stage and the alarm, and a day and a half after the last
 * sweep.
 */
const WITHOUT_SWEEP = Duration.minutes(750);
const REPEATS = { maxEventAge: Duration.hours(2), retryAttempts: 2 };

/** Has a function look every night after what does not fit together. */
export class Sweeps extends Construct {
  readonly ruleArn: string;

  constructor(scope: Construct, id: string, fn: PortalFunction, alarms: Alarms) {
    super(scope, id);
    fn.configureAsyncInvoke(REPEATS);
    const rule = new Rule(this, 'Nightly', {
      description: 'Portal Auth: compares accounts, their names and the user pool',
      schedule: NIGHTLY,
      targets: [new LambdaFunction(fn, REPEATS)],
    });
    this.ruleArn = rule.ruleArn;
    alarms.raise(
      'FaultsLeft',
      'accounts and user pool do not fit together, and a person has to decide: ' +
        'see the runbook, Sweep',
      { metric: alarms.countLines('FaultsLeft', ['FAULTS_LEFT'], [fn]), threshold: 1 },
    );
    this.watchAbsence(alarms);
  }

  /**
   * Missing data never alarms here, because it would at the first deployment. What says that a
   * night has passed are the people who sign in.
   */
  private watchAbsence(alarms: Alarms): void {
    const period = WITHOUT_SWEEP;
    const metric = new MathExpression({
      expression: 'IF(FILL(sweeps, 0) < 1, FILL(started, 0), 0)',
      usingMetrics: {
        sweeps: alarms.own('SweepsFinished').with({ period }),
        started: alarms.own('SignInsStarted').with({ period }),
      },
      period,
    });
    const meaning =
      'the nightly sweep has not finished for more than a day: see the runbook, Sweep';
    alarms.raise('SweepMissing', meaning, { metric, threshold: 1, periods: 3 });
  }
}
