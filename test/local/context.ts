/** The parts of a context that a single service needs, in memory and without functions. */
import { createClock } from '../../local/clock.ts';
import { createMetrics } from '../../local/cloudwatch/metrics.ts';
import type { LocalContext } from '../../local/context.ts';
import { createEvents } from '../../local/events.ts';
import { createFaults } from '../../local/gateway/faults.ts';
import type { AwsService, Reply } from '../../local/gateway/messages.ts';
import type { Lambda } from '../../local/lambda/lambda.ts';
import type { Outcome } from '../../local/lambda/runtime.ts';
import { createMailbox } from '../../local/messages.ts';
import type { LocalService } from '../../local/service.ts';
import { openState } from '../../local/state.ts';
import { resolveTemplate, type RawTemplate } from '../../local/template/template.ts';
import { Work } from '../../local/work.ts';
import { awsCall, PLACE, type CallParts, type PROTOCOLS } from './requests.ts';

export type Resources = RawTemplate['Resources'];

/** A context over the resources of a template; what a test needs beyond that it passes. */
export function contextWith(
  Resources: Resources = {},
  more: Partial<LocalContext> = {},
): LocalContext {
  const clock = more.clock ?? createClock();
  const state = more.state ?? openState(undefined);
  return {
    template: resolveTemplate({ Resources }, PLACE),
    place: PLACE,
    data: undefined,
    contentionMs: 0,
    clock,
    state,
    faults: createFaults([]),
    metrics: createMetrics(clock),
    mailbox: createMailbox(clock, state),
    events: createEvents(),
    work: new Work(),
    eventSources: new Map(),
    destinations: new Map(),
    issuers: new Map(),
    roles: new Map(),
    lambda: lambdaOf(() => ({ kind: 'returned', payload: null })).lambda,
    reportFailure: (error: unknown) => {
      throw error;
    },
    ...more,
  } as LocalContext;
}

/** One invocation that a test sees. */
export interface Invocation {
  functionArn: string;
  event: unknown;
}

/** Functions that end as the test decides. `undefined` is a lack of permission. */
export function lambdaOf(
  end: (
    invocation: Invocation,
    count: number,
  ) => Outcome | undefined | Promise<Outcome | undefined>,
): { lambda: Lambda; invocations: Invocation[] } {
  const invocations: Invocation[] = [];
  const invoke = async (functionArn: string, event: unknown): Promise<Outcome | undefined> => {
    invocations.push({ functionArn, event });
    return await end({ functionArn, event }, invocations.length);
  };
  const lambda: Lambda = {
    invokeMapped: invoke,
    invokeAs: (_principal, _source, functionArn, event) => invoke(functionArn, event),
    byArn: (arn) => ({ arn }) as ReturnType<Lambda['byArn']>,
    definitions: [],
    stop: () => Promise.resolve(),
  };
  return { lambda, invocations };
}

/** Calls operations of the one AWS service that a local service offers. */
export function callerOf(
  service: keyof typeof PROTOCOLS,
  { aws }: LocalService,
): (operation: string, parts?: CallParts) => Promise<Reply> {
  const run = aws?.[service] as AwsService;
  return async (operation, parts = {}) => await run(awsCall(service, operation, parts));
}

/** Waits for a condition, never for a time. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resume) => setTimeout(resume, 1));
}
