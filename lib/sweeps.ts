import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import type { PortalFunction } from './portal-function.ts';

/** Night in all of the United States. */
const NIGHTLY = Schedule.cron({ minute: '10', hour: '9' });
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
  }
}
