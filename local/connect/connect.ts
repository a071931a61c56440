import type { LocalContext } from '../context.ts';
import type { LocalService } from '../service.ts';
import { createCallRoutes } from './call-routes.ts';
import type { Metrics } from '../cloudwatch/metrics.ts';
import { readInstances } from './instances.ts';
import { createConnectApi } from './operations.ts';
import { createSwitchboard, type Switchboard } from './switchboard.ts';

/** Connect: both ends of a call, the API that places it and the routes that play the callee. */
export function create(context: LocalContext): LocalService {
  const calls = createSwitchboard(context);
  const instances = readInstances(context.template);
  context.metrics.onSample(() => measureCalls(calls, [...instances.keys()], context.metrics));
  return {
    aws: { connect: createConnectApi(context.template, calls) },
    web: [createCallRoutes(calls)],
    filled: () => calls.publishCutOff(),
  };
}

/** Concurrent calls that a new instance may have. */
const CONCURRENT_CALLS = 10;

function measureCalls(calls: Switchboard, instanceIds: string[], metrics: Metrics): void {
  const live = calls.read().filter(({ state }) => state !== 'ENDED').length;
  for (const InstanceId of instanceIds) {
    const dimensions = { InstanceId, MetricGroup: 'VoiceCalls' };
    metrics.put('AWS/Connect', 'ConcurrentCallsPercentage', dimensions, live / CONCURRENT_CALLS);
  }
}
