import { setImmediate as afterOthers } from 'node:timers/promises';
import { z } from 'zod';
import type { LocalContext } from '../context.ts';
import { json } from '../control/replies.ts';
import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsCall, Reply, WebHandler } from '../gateway/messages.ts';
import { jsonInput, jsonReply } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import type { LocalService } from '../service.ts';
import { createAlarms, type Alarms } from './alarms.ts';
import { describeAlarms } from './describe-alarms.ts';
import { measureLogs } from './log-metrics.ts';
import type { Metrics } from './metrics.ts';

type Inputs = Pick<LocalContext, 'template' | 'place' | 'clock' | 'lambda' | 'logs' | 'metrics'>;

const MINUTE_MS = 60_000;

/**
 * CloudWatch: metric filters, embedded metrics and the services' own metrics that alarms watch, and
 * the stack's alarms. State is kept for this run.
 */
export function create(inputs: Inputs): LocalService {
  measureLogs(inputs);
  const alarms = createAlarms(inputs);
  const look = () => {
    inputs.metrics.sample();
    return alarms.read();
  };
  return {
    aws: { cloudwatch: async (call) => await Promise.resolve(answer(inputs, look, call)) },
    web: [routes(look, inputs.metrics)],
    start: () => everyMinute(inputs, look),
  };
}

function answer(inputs: Inputs, look: Alarms['read'], call: AwsCall): Reply {
  if (call.operation === 'DescribeAlarms') return describeAlarms(inputs, look, call);
  if (call.operation === 'PutMetricData') return putMetricData(inputs, call);
  throw unknownOperation('CloudWatch', call.operation);
}

const MetricData = z.object({
  Namespace: z.string(),
  MetricData: z.array(
    z.object({
      MetricName: z.string(),
      Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
      Value: z.number(),
    }),
  ),
});

/** Values of one's own, at the emulated time: a Timestamp of the caller's is not read. */
function putMetricData({ place, metrics }: Inputs, call: AwsCall): Reply {
  const parsed = MetricData.safeParse(jsonInput(call.http));
  if (!parsed.success)
    throw new AwsError('InvalidParameterValueException', z.prettifyError(parsed.error));
  const { Namespace, MetricData: data } = parsed.data;
  const context = { 'cloudwatch:namespace': Namespace };
  authorise(call, place, {
    action: 'cloudwatch:PutMetricData',
    resource: '*',
    context,
  });
  for (const { MetricName, Dimensions, Value } of data) {
    const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value: of }) => [Name, of]));
    metrics.put(Namespace, MetricName, dimensions, Value);
  }
  return jsonReply(call.protocol, {});
}

function routes(look: Alarms['read'], metrics: Metrics): WebHandler {
  return ({ method, path, query }) => {
    if (method !== 'GET') return Promise.resolve(undefined);
    if (path === '/_local/alarms') return Promise.resolve(json(look()));
    if (path !== '/_local/metrics') return Promise.resolve(undefined);
    return Promise.resolve(json(metrics.read(query.get('name') ?? undefined).map(inWords)));
  };
}

/** A metric, with the time of each minute and its statistics. */
function inWords({ namespace, name, dimensions, minutes }: ReturnType<Metrics['read']>[number]) {
  const points = minutes.map(({ minute, ...statistics }) => ({
    at: new Date(minute * MINUTE_MS).toISOString(),
    ...statistics,
  }));
  return {
    namespace,
    name,
    dimensions,
    points,
  };
}

/** Once a minute of the emulated clock, after what the same moment sets off. */
function everyMinute(inputs: Inputs, look: () => void): void {
  const { clock } = inputs;
  clock.when(clock.now() + MINUTE_MS, () => {
    void afterOthers().then(() => {
      look();
      everyMinute(inputs, look);
    });
  });
}
