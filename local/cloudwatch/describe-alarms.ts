/** DescribeAlarms: the stack's alarms as the AWS CLI and the console show them. */
import { z } from 'zod';
import type { LocalContext } from '../context.ts';
import { definite } from '../definite.ts';
import { AwsError } from '../gateway/aws-error.ts';
import type { AwsCall, Reply } from '../gateway/messages.ts';
import { jsonInput, jsonReply, queryReply } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import type { Resource } from '../template/template.ts';
import type { AlarmReport, Alarms } from './alarms.ts';

const NAMESPACE = 'http://monitoring.amazonaws.com/doc/2010-08-01/';
const TYPES = {
  MetricAlarm: 'AWS::CloudWatch::Alarm',
  CompositeAlarm: 'AWS::CloudWatch::CompositeAlarm',
} as const;

const Asked = z.object({
  AlarmNames: z.array(z.string()).optional(),
  AlarmNamePrefix: z.string().default(''),
  AlarmTypes: z.array(z.enum(['MetricAlarm', 'CompositeAlarm'])).default(['MetricAlarm']),
  StateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']).optional(),
});
type Asked = z.infer<typeof Asked>;

/** All in one page: a stack has fewer than AWS's largest page holds. */
export function describeAlarms(
  { template, place }: Pick<LocalContext, 'template' | 'place'>,
  look: Alarms['read'],
  call: AwsCall,
): Reply {
  authorise(call, place, { action: 'cloudwatch:DescribeAlarms', resource: '*' });
  const parsed = Asked.safeParse(call.protocol === 'query' ? formOf(call) : jsonInput(call.http));
  if (!parsed.success) throw new AwsError('ValidationError', z.prettifyError(parsed.error));
  const reports = new Map(look().map((report) => [report.name, report]));
  const found = (type: keyof typeof TYPES) =>
    parsed.data.AlarmTypes.includes(type)
      ? template
          .ofType(TYPES[type])
          .flatMap((resource) => described(resource, reports.get(resource.ref), parsed.data))
          .map((alarm) => inProtocol(call, alarm))
      : [];
  const result = {
    MetricAlarms: found('MetricAlarm'),
    CompositeAlarms: found('CompositeAlarm'),
  };
  return call.protocol === 'query'
    ? queryReply(NAMESPACE, 'DescribeAlarms', result)
    : jsonReply(call.protocol, result);
}

function formOf({ http }: AwsCall): Record<string, unknown> {
  const form = new URLSearchParams(http.body.toString('utf8'));
  const list = (name: string): string[] | undefined => {
    const found = [...form].filter(([key]) => key.startsWith(`${name}.member.`));
    return found.length === 0 ? undefined : found.map(([, value]) => value);
  };
  return definite({
    AlarmNames: list('AlarmNames'),
    AlarmTypes: list('AlarmTypes'),
    AlarmNamePrefix: form.get('AlarmNamePrefix') ?? undefined,
    StateValue: form.get('StateValue') ?? undefined,
  });
}

interface Described {
  StateUpdatedTimestamp: Date;
  [member: string]: unknown;
}

function described(
  { ref: AlarmName, attributes, properties }: Resource,
  report: AlarmReport | undefined,
  { AlarmNames, AlarmNamePrefix, StateValue }: Asked,
): Described[] {
  if (report === undefined || (StateValue !== undefined && report.state !== StateValue)) return [];
  if (AlarmNames?.includes(AlarmName) === false || !AlarmName.startsWith(AlarmNamePrefix))
    return [];
  const { AlarmDescription, AlarmRule, Threshold, ComparisonOperator, MetricName } = properties;
  const { EvaluationPeriods, Period, Statistic, TreatMissingData, ActionsEnabled } = properties;
  return [
    {
      AlarmName,
      AlarmArn: attributes.Arn ?? '',
      ActionsEnabled: ActionsEnabled ?? true,
      ...definite({
        AlarmDescription,
        AlarmRule,
        MetricName,
        Statistic,
        Period,
      }),
      ...definite({
        EvaluationPeriods,
        Threshold,
        ComparisonOperator,
        TreatMissingData,
      }),
      StateValue: report.state,
      StateReason: report.reason,
      StateUpdatedTimestamp: new Date(report.since),
    },
  ];
}

/** JSON has times as seconds, XML has them in ISO 8601. */
function inProtocol({ protocol }: AwsCall, alarm: Described): Record<string, unknown> {
  const { StateUpdatedTimestamp: at } = alarm;
  return {
    ...alarm,
    StateUpdatedTimestamp: protocol === 'query' ? at.toISOString() : at.getTime() / 1000,
  };
}
