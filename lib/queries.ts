/**
 * Saved queries of CloudWatch Logs Insights, and the dashboard. Lines are JSON, so that each of
 * their members is a field.
 */
import {
  Dashboard,
  GraphWidget,
  MathExpression,
  Metric,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { metricsNamespace } from './portal-function.ts';
import type { PortalFunction } from './portal-function.ts';
import { QUERIES } from './saved-queries.ts';

export interface InsightsProps {
  readonly stage: string;
  readonly functions: readonly PortalFunction[];
}

/** What operators look at before and after an alarm. */
export class Insights extends Construct {
  constructor(scope: Construct, id: string, { stage, functions }: InsightsProps) {
    super(scope, id);
    for (const [name, lines] of Object.entries(QUERIES)) {
      new CfnQueryDefinition(this, `Query${idOf(name)}`, {
        name: `portal-auth-${stage}/${name}`,
        queryString: lines.join('\n| '),
        logGroupNames: functions.map(({ logGroup }) => logGroup.logGroupName),
      });
    }
    this.addDashboard(stage);
  }

  private addDashboard(stage: string): void {
    const title = 'Portal Auth: the saved queries are in Logs Insights. Alarms: docs/runbook.md';
    new Dashboard(this, 'Dashboard', {
      dashboardName: `portal-auth-${stage}`,
      widgets: [
        [new TextWidget({ markdown: title, width: 24, height: 1 })],
        [
          this.graph('Sign-ins', ['SignInsStarted', 'SignInsCompleted', 'Refreshes']),
          this.search('Refusals of the gate, by reason', 'GateRefusals', 'Reason'),
        ],
        [
          this.search('Sends, by channel and outcome', 'Sends', 'Channel,Outcome'),
          this.search('Calls, by outcome', 'Calls', 'Outcome'),
        ],
        [
          this.search('Seconds from a code sent to a code right', 'CodeSeconds', 'Factor', 'p90'),
          this.search('Limits that are hit', 'LimitsHit', 'Limit'),
        ],
        [
          this.search('Steps of registrations and resets', 'Steps', 'Step'),
          this.search('Rows of imports, by kind and outcome', 'ImportRows', 'Kind,Outcome'),
        ],
      ],
    });
  }

  private graph(title: string, metricNames: string[]): GraphWidget {
    const namespace = metricsNamespace(this);
    const left = metricNames.map(
      (metricName) => new Metric({ namespace, metricName, statistic: Stats.SUM }),
    );
    return new GraphWidget({ title, left, width: 12 });
  }

  private search(title: string, name: string, dimensions: string, statistic = 'Sum'): GraphWidget {
    const schema = `{${metricsNamespace(this)},${dimensions}}`;
    const expression = `SEARCH('${schema} MetricName="${name}"', '${statistic}', 300)`;
    const left = [new MathExpression({ expression, usingMetrics: {}, label: '' })];
    return new GraphWidget({ title, left, width: 12 });
  }
}

function idOf(name: string): string {
  return name.replace(/[^a-z]+(.)/g, (_, letter: string) => letter.toUpperCase());
}
