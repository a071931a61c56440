import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import type { FunctionDefinition } from './functions.ts';
import type { KeptThreads } from './kept-threads.ts';
import type { FunctionLogs, LineSource } from './logs.ts';
import type { WorkerInit, WorkerMessage } from './messages.ts';

/** How an invocation ended. */
export type Outcome =
  | { kind: 'returned'; payload: unknown }
  | { kind: 'failed'; errorType: string; errorMessage: string }
  | { kind: 'timed-out'; errorMessage: string };

/** Runs one function as bundled, in worker threads. */
export interface FunctionRuntime {
  definition: FunctionDefinition;
  invoke: (event: unknown) => Promise<Outcome>;
  /** The number of environments. */
  environments: () => number;
  /** @param keep whether idle threads are kept for the next runtime */
  stop: (keep?: boolean) => Promise<void>;
}

/** What every function's runtime needs. */
export interface RuntimeSettings {
  clock: Clock;
  logs: FunctionLogs;
  /** The function's variables that Lambda itself sets: credentials, region, endpoint. */
  environmentOf: (definition: FunctionDefinition) => Record<string, string>;
  kept: KeptThreads;
  /** The most environments of one function; further invocations wait. */
  maxEnvironments: number;
  /**
   * Milliseconds after which an environment that has nothing to do ends, unless it is the last one
   * of its function.
   */
  idleMs: number;
}

/** How long an invocation waits for a busy environment before it gets one of its own. */
const GROWTH_MS = 25;

interface Waiting {
  requestId: string;
  event: string;
  settle: (outcome: Outcome) => void;
}

interface Environment {
  worker: Worker;
  ready: Promise<void>;
  isReady: boolean;
  current: Waiting | undefined;
  /** Ends the environment: at the time-out of what it runs, or after a while of nothing to run. */
  timer: NodeJS.Timeout | undefined;
}

/** Beside this module, as source or as it is packed. */
const WORKER = new URL('./worker.mjs', import.meta.url);

const EXITED: Outcome = {
  kind: 'failed',
  errorType: 'Runtime.ExitError',
  errorMessage: 'Runtime exited without providing a reason',
};

/** The runtime of one function. Its environments come with its invocations. */
export function createFunctionRuntime(
  definition: FunctionDefinition,
  settings: RuntimeSettings,
): FunctionRuntime {
  return new ThreadPool(definition, settings);
}

class ThreadPool implements FunctionRuntime {
  readonly definition: FunctionDefinition;
  readonly #settings: RuntimeSettings;
  readonly #environments = new Set<Environment>();
  readonly #queue: Waiting[] = [];
  #growth: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(definition: FunctionDefinition, settings: RuntimeSettings) {
    this.definition = definition;
    this.#settings = settings;
  }

  /** After `stop`, every invocation fails: who tries again must not start an environment. */
  invoke(event: unknown): Promise<Outcome> {
    if (this.#isStopped) return Promise.resolve(EXITED);
    return new Promise((settle) => {
      this.#queue.push({
        requestId: randomUUID(),
        event: JSON.stringify(event),
        settle,
      });
      this.#dispatch();
    });
  }

  environments(): number {
    return this.#environments.size;
  }

  /** Ends or keeps every environment. What was under way or waiting has failed. */
  async stop(keep = false): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#growth);
    const running = [...this.#environments];
    this.#environments.clear();
    const cutOff = [...running.flatMap(({ current }) => current ?? []), ...this.#queue.splice(0)];
    const kept = running.filter(({ isReady, current }) => keep && isReady && current === undefined);
    for (const environment of running) {
      clearTimeout(environment.timer);
      // An environment that is not up yet would otherwise start its time-out after the end.
      environment.current = undefined;
    }
    for (const { worker } of kept) this.#settings.kept.keep(this.#like(), worker);
    const ended = running.filter((environment) => !kept.includes(environment));
    await Promise.all(ended.map(({ worker }) => worker.terminate()));
    for (const { settle } of cutOff) settle(EXITED);
  }

  #dispatch(): void {
    const idle = [...this.#environments].find(({ current }) => current === undefined);
    if (idle !== undefined) this.#runNext(idle);
    else if (this.#environments.size === 0) this.#runNext(this.#start());
    else this.#growSoon();
  }

  /** One more environment, as long as an invocation waits and there may be more. */
  #growSoon(): void {
    const { maxEnvironments } = this.#settings;
    if (this.#growth !== undefined || this.#environments.size >= maxEnvironments) return;
    this.#growth = setTimeout(() => {
      this.#growth = undefined;
      if (this.#queue.length === 0) return;
      this.#runNext(this.#start());
      if (this.#queue.length > 0) this.#growSoon();
    }, GROWTH_MS);
  }

  #runNext(environment: Environment): void {
    const next = this.#queue.shift();
    if (next !== undefined) this.#run(environment, next);
    else this.#rest(environment);
  }

  /** The last environment of a function stays, so that the next invocation finds it warm. */
  #rest(environment: Environment): void {
    environment.timer = setTimeout(() => {
      if (this.#environments.size > 1) this.#end(environment);
    }, this.#settings.idleMs).unref();
  }

  #variables(): Record<string, string> {
    return {
      ...this.#settings.environmentOf(this.definition),
      ...this.definition.environment,
    };
  }

  /** A thread serves on only where everything that it was started with is the same. */
  #like(): string {
    return JSON.stringify([this.definition, this.#variables()]);
  }

  #startThread(): Worker {
    return new Worker(WORKER, {
      workerData: initOf(this.definition, this.#settings.clock),
      env: this.#variables(),
      stdin: false,
      execArgv: [],
      // What an environment leaves behind is collected before it fills the memory of all.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
  }

  #start(): Environment {
    const kept = this.#settings.kept.take(this.#like());
    const worker = kept ?? this.#startThread();
    const { promise: ready, resolve } = Promise.withResolvers<void>();
    const environment: Environment = {
      worker,
      ready,
      isReady: kept !== undefined,
      current: undefined,
      timer: undefined,
    };
    if (environment.isReady) resolve();
    this.#environments.add(environment);
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind !== 'ready') return this.#receive(environment, message);
      environment.isReady = true;
      resolve();
    });
    worker.on('error', ({ name, message }: Error) => {
      this.#log(`${name}: ${message}`);
      this.#discard(environment, {
        kind: 'failed',
        errorType: name,
        errorMessage: message,
      });
    });
    worker.on('exit', () => {
      resolve();
      this.#discard(environment, EXITED);
    });
    worker.unref();
    return environment;
  }

  /** The timeout begins once the environment is up: Lambda limits initialisation separately. */
  #run(environment: Environment, waiting: Waiting): void {
    const { requestId, event } = waiting;
    const { timeoutSeconds } = this.definition;
    clearTimeout(environment.timer);
    environment.current = waiting;
    void environment.ready.then(() => {
      if (environment.current !== waiting) return;
      environment.timer = setTimeout(() => {
        const after = `${timeoutSeconds.toFixed(2)} seconds`;
        const errorMessage = `${requestId} Task timed out after ${after}`;
        this.#log(errorMessage);
        this.#discard(environment, { kind: 'timed-out', errorMessage });
      }, timeoutSeconds * 1000);
      environment.worker.postMessage({ requestId, event });
    });
  }

  #receive(environment: Environment, message: Exclude<WorkerMessage, { kind: 'ready' }>): void {
    if (message.kind === 'log') this.#log(message.text, message.by);
    else if (message.kind === 'failed') this.#finish(environment, message);
    else
      this.#finish(environment, {
        kind: 'returned',
        payload: message.payload === undefined ? null : JSON.parse(message.payload),
      });
  }

  #finish(environment: Environment, outcome: Outcome): void {
    clearTimeout(environment.timer);
    const waiting = environment.current;
    environment.current = undefined;
    waiting?.settle(outcome);
    if (this.#environments.has(environment)) this.#runNext(environment);
  }

  /** An environment that failed or timed out is not used again; another takes the queue. */
  #discard(environment: Environment, outcome: Outcome): void {
    if (!this.#end(environment)) return;
    this.#finish(environment, outcome);
    if (this.#queue.length > 0 && !this.#isStopped) this.#dispatch();
  }

  /** @returns false if it has ended before */
  #end(environment: Environment): boolean {
    if (!this.#environments.delete(environment)) return false;
    void environment.worker.terminate();
    return true;
  }

  #log(text: string, by: LineSource = 'OUTPUT'): void {
    this.#settings.logs.add(this.definition.id, {
      at: this.#settings.clock.now(),
      text,
      by,
    });
  }
}

function initOf(
  { name, arn, directory, handler, memoryMb, timeoutSeconds }: FunctionDefinition,
  clock: Clock,
): WorkerInit {
  return {
    name,
    arn,
    directory,
    handler,
    memoryMb,
    timeoutSeconds,
    clockOffset: clock.offset,
  };
}
