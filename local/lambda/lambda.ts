import type { Clock } from '../clock.ts';
import type { Metrics } from '../cloudwatch/metrics.ts';
import type { Credentials } from '../iam/credentials.ts';
import type { Place } from '../template/place.ts';
import type { Work } from '../work.ts';
import type { FunctionDefinition, MayInvoke } from './functions.ts';
import type { KeptThreads } from './kept-threads.ts';
import type { FunctionLogs } from './logs.ts';
import { createFunctionRuntime, type FunctionRuntime, type Outcome } from './runtime.ts';

/** The stack's functions, as the services that invoke them see them. */
export interface Lambda {
  /** Invokes for an event source mapping, which needs no permission of its own. */
  invokeMapped: (functionArn: string, event: unknown) => Promise<Outcome | undefined>;
  /**
   * Invokes for a service.
   * @returns undefined if the service lacks permission, or the stack has no such function
   */
  invokeAs: (
    principal: string,
    sourceArn: string,
    functionArn: string,
    event: unknown,
  ) => Promise<Outcome | undefined>;
  byArn: (functionArn: string) => FunctionDefinition | undefined;
  definitions: FunctionDefinition[];
  /** @param keep whether idle environments are kept for the services after the reset */
  stop: (keep?: boolean) => Promise<void>;
}

/** What the functions run with. */
export interface LambdaSettings {
  place: Place;
  clock: Clock;
  logs: FunctionLogs;
  metrics: Metrics;
  mayInvoke: MayInvoke;
  kept: KeptThreads;
  work: Work;
  credentialsOf: (roleArn: string) => Credentials;
}

/** Lambda would start up to the account's concurrency. */
const MAX_ENVIRONMENTS = 16;
const IDLE_MS = 30_000;

/** Makes the functions invokable. */
export function createLambda(definitions: FunctionDefinition[], settings: LambdaSettings): Lambda {
  const { clock, logs, mayInvoke, kept, work } = settings;
  const measured = async (runtime: FunctionRuntime, event: unknown): Promise<Outcome> =>
    report(runtime.definition, await work.during(() => runtime.invoke(event)), settings);
  const environmentOf = (definition: FunctionDefinition): Record<string, string> =>
    runtimeEnvironment(definition, settings);
  const runtimes = new Map<string, FunctionRuntime>(
    definitions.map((definition) => [
      definition.arn,
      createFunctionRuntime(definition, {
        clock,
        logs,
        environmentOf,
        kept,
        maxEnvironments: MAX_ENVIRONMENTS,
        idleMs: IDLE_MS,
      }),
    ]),
  );
  return {
    definitions,
    byArn: (functionArn) => runtimes.get(functionArn)?.definition,
    async invokeAs(principal, sourceArn, functionArn, event) {
      const runtime = runtimes.get(functionArn);
      return runtime !== undefined && mayInvoke(functionArn, principal, sourceArn)
        ? await measured(runtime, event)
        : undefined;
    },
    async invokeMapped(functionArn, event) {
      const runtime = runtimes.get(functionArn);
      return runtime && (await measured(runtime, event));
    },
    async stop(keep = false) {
      await Promise.all([...runtimes.values()].map((runtime) => runtime.stop(keep)));
    },
  };
}

/** What Lambda itself measures and writes about an invocation. */
function report(
  { id, name }: FunctionDefinition,
  outcome: Outcome,
  { clock, logs, metrics }: LambdaSettings,
): Outcome {
  const failed = outcome.kind === 'returned' ? 0 : 1;
  const dimensions = { FunctionName: name };
  metrics.put('AWS/Lambda', 'Invocations', dimensions, 1);
  metrics.put('AWS/Lambda', 'Errors', dimensions, failed);
  metrics.put('AWS/Lambda', 'Throttles', dimensions, 0);
  const record = {
    type: 'platform.report',
    record: { status: statusOf(outcome) },
  };
  logs.add(id, {
    at: clock.now(),
    text: JSON.stringify(record),
    by: 'PLATFORM',
  });
  return outcome;
}

/** As `platform.report` has it: `error` is what the code throws, `failure` ends the environment. */
function statusOf(outcome: Outcome): string {
  if (outcome.kind === 'returned') return 'success';
  if (outcome.kind === 'timed-out') return 'timeout';
  return outcome.errorType === 'Runtime.ExitError' ? 'failure' : 'error';
}

/** The variables that the Lambda service sets; none of this machine's own environment leaks in. */
function runtimeEnvironment(
  definition: FunctionDefinition,
  { place, credentialsOf }: LambdaSettings,
): Record<string, string> {
  const credentials = credentialsOf(definition.roleArn);
  return {
    AWS_REGION: place.region,
    AWS_DEFAULT_REGION: place.region,
    AWS_ENDPOINT_URL: place.endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local/[$LATEST]0',
    LAMBDA_TASK_ROOT: definition.directory,
    _HANDLER: definition.handler,
    TZ: ':UTC',
  };
}
