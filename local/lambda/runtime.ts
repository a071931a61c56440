import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import type { FunctionDefinition } from './functions.ts';
import type { FunctionLogs } from './logs.ts';
import type { WorkerInit, WorkerMessage } from './messages.ts';

/** How an invocation ended. */
export type Outcome =
  | { kind: 'returned'; payload: unknown }
  | { kind: 'failed'; errorType: string; errorMessage: string }
  | { kind: 'timed-out'; errorMessage: string };

/** Runs one function as bundled, in worker threads. */
export interface FunctionRuntime {
  definition: FunctionDefinition;
  invoke(event: unknown): Promise<Outcome>;
  /** Starts one thread, so that the first invocation finds it warm. */
  warm(): Promise<void>;
  stop(): Promise<void>;
}

/** What every function's runtime needs. */
export interface RuntimeSettings {
  clock: Clock;
  logs: FunctionLogs;
  /** The function's variables that Lambda itself sets: credentials, region, endpoint. */
  environmentOf(definition: FunctionDefinition): Record<string, string>;
  /** How many environments of one function may live at once; further invocations wait. */
  maxThreads: number;
}

interface Waiting {
  requestId: string;
  event: string;
  settle(outcome: Outcome): void;
}

interface Environment {
  worker: Worker;
  ready: Promise<void>;
  current: Waiting | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** Makes the runtime of one function. No thread starts before {@link FunctionRuntime.warm} or the first invocation. */
export function createFunctionRuntime(definition: FunctionDefinition, settings: RuntimeSettings): FunctionRuntime {
  const environments = new Set<Environment>();
  const queue: Waiting[] = [];

  const log = (text: string): void => settings.logs.add(definition.id, settings.clock.now(), text);

  function finish(environment: Environment, outcome: Outcome): void {
    clearTimeout(environment.timer);
    const waiting = environment.current;
    environment.current = undefined;
    waiting?.settle(outcome);
    const next = environments.has(environment) ? queue.shift() : undefined;
    if (next !== undefined) run(environment, next);
  }

  function discard(environment: Environment, outcome: Outcome): void {
    if (!environments.delete(environment)) return;
    void environment.worker.terminate();
    finish(environment, outcome);
    dispatch();
  }

  function receive(environment: Environment, message: WorkerMessage): void {
    if (message.kind === 'log') log(message.text);
    else if (message.kind === 'returned') finish(environment, { kind: 'returned', payload: message.payload === undefined ? null : JSON.parse(message.payload) });
    else if (message.kind === 'failed') finish(environment, message);
  }

  function start(): Environment {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: initOf(definition, settings.clock),
      env: { ...settings.environmentOf(definition), ...definition.environment },
      stdin: false,
      execArgv: [],
    });
    const { promise: ready, resolve } = Promise.withResolvers<void>();
    const environment: Environment = { worker, ready, current: undefined, timer: undefined };
    environments.add(environment);
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'ready') resolve();
      else receive(environment, message);
    });
    worker.on('error', (error: Error) => {
      log(`${error.name}: ${error.message}`);
      discard(environment, { kind: 'failed', errorType: error.name, errorMessage: error.message });
    });
    worker.on('exit', () => {
      resolve();
      discard(environment, { kind: 'failed', errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited without providing a reason' });
    });
    worker.unref();
    return environment;
  }

  function run(environment: Environment, waiting: Waiting): void {
    environment.current = waiting;
    void environment.ready.then(() => {
      if (environment.current !== waiting) return;
      environment.timer = setTimeout(() => {
        const errorMessage = `${waiting.requestId} Task timed out after ${definition.timeoutSeconds.toFixed(2)} seconds`;
        log(errorMessage);
        discard(environment, { kind: 'timed-out', errorMessage });
      }, definition.timeoutSeconds * 1000);
      environment.worker.postMessage({ requestId: waiting.requestId, event: waiting.event });
    });
  }

  function dispatch(): void {
    const idle = [...environments].find(({ current }) => current === undefined);
    const environment = idle ?? (environments.size < settings.maxThreads ? start() : undefined);
    if (environment === undefined) return;
    const next = queue.shift();
    if (next !== undefined) run(environment, next);
  }

  return {
    definition,
    invoke: (event) => new Promise((settle) => {
      queue.push({ requestId: randomUUID(), event: JSON.stringify(event), settle });
      dispatch();
    }),
    async warm() {
      const [environment] = environments;
      await (environment ?? start()).ready;
    },
    async stop() {
      const running = [...environments];
      environments.clear();
      await Promise.all(running.map(({ worker }) => worker.terminate()));
    },
  };
}

function initOf({ name, arn, directory, handler, memoryMb, timeoutSeconds }: FunctionDefinition, clock: Clock): WorkerInit {
  return { name, arn, directory, handler, memoryMb, timeoutSeconds, clockOffset: clock.offset };
}
