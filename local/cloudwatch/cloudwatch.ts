import { setImmediate as afterOthers } from 'node:timers/promises';
import type { LocalContext } from '../context.ts';
import { json } from '../control/replies.ts';
import type { WebHandler } from '../gateway/messages.ts';
import type { LocalService } from '../service.ts';
import { createAlarms, type Alarms } from './alarms.ts';
import { measureLogs } from './log-metrics.ts';
import type { Metrics } from './metrics.ts';

type Inputs = Pick<LocalContext, 'template' | 'clock' | 'lambda' | 'logs' | 'metrics'>;

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
    web: [routes(look, inputs.metrics)],
    start: () => everyMinute(inputs, look),
  };
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
  return { namespace, name, dimensions, points };
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
