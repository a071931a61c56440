import type { KeyObject } from 'node:crypto';
import { createClock, type Clock } from './clock.ts';
import { createMetrics, type Metrics } from './cloudwatch/metrics.ts';
import type { KeptEngine } from './dynamodb/engine.ts';
import { createEvents, type Events } from './events.ts';
import { createCallCounts, type CallCounts } from './gateway/call-counts.ts';
import { createFaults, type Faults } from './gateway/faults.ts';
import type { Principals } from './iam/principals.ts';
import type { Statement } from './iam/statements.ts';
import type { EventSource } from './lambda/event-source.ts';
import { readFunctions, readInvokePermissions } from './lambda/functions.ts';
import type { KeptThreads } from './lambda/kept-threads.ts';
import { createLambda, type Lambda } from './lambda/lambda.ts';
import { createFunctionLogs, type FunctionLogs } from './lambda/logs.ts';
import { createMailbox, type Mailbox } from './messages.ts';
import type { LocalOutputs } from './outputs.ts';
import type { State } from './state.ts';
import type { Assembly } from './template/assembly.ts';
import type { Place } from './template/place.ts';
import type { StackTemplate } from './template/template.ts';
import { Work } from './work.ts';
import type { IdentityProvider } from './workforce/identity-provider.ts';

/** Why a seed was not loaded: one entry for each fault, with the path of the value. */
export type SeedFaults = { path: string; message: string }[];

/** How a reset treats what is not data. */
export interface ResetOptions {
  /** Whether environments of functions that have nothing to do serve on. */
  keepEnvironments: boolean;
}

/** What the control routes may do to the machine as a whole. */
export interface Machine {
  outputs: () => LocalOutputs;
  isReady: () => boolean;
  /** Settles once everything is as at the start, but for functions that may stay warm. */
  reset: (options: ResetOptions) => Promise<void>;
  /** Adds people. @returns the faults of a seed of which nothing was loaded */
  addPeople: (seed: unknown) => Promise<SeedFaults>;
  /** Records how far the clock was moved, so that a restart continues from there. */
  clockMoved: () => void;
}

/** What stays the same from the machine's start to its end. */
export interface Foundation {
  assembly: Assembly;
  template: StackTemplate;
  /** Where state is kept, if not in memory only. */
  data: string | undefined;
  portalUrl: string;
  /** Origins that were admitted by name, besides those of the template. */
  extraOrigins: readonly string[];
  /** How long a transaction holds its items, in real milliseconds. */
  contentionMs: number;
  state: State;
  /** Role ARN → policy statements. */
  roles: Map<string, Statement[]>;
  principals: Principals;
  kept: KeptThreads;
  keptEngine: KeptEngine;
  /** How far the clock is ahead, for the threads that outlast a reset. */
  clockOffset: SharedArrayBuffer;
  machine: Machine;
  /** The employees' identity provider, if the stack has a pool for them. */
  identityProvider: IdentityProvider | undefined;
}

/** What verifying a pool's tokens takes. */
export interface TokenIssuer {
  issuer: string;
  publicKey: KeyObject;
}

/** Everything that a service may use. A reset of the machine makes a new one. */
export interface LocalContext extends Foundation {
  place: Place;
  clock: Clock;
  faults: Faults;
  counts: CallCounts;
  logs: FunctionLogs;
  /** What services and functions measure, for CloudWatch. */
  metrics: Metrics;
  mailbox: Mailbox;
  lambda: Lambda;
  work: Work;
  events: Events;
  /** Queues and streams by ARN: a service adds what event source mappings can read. */
  eventSources: Map<string, EventSource>;
  /** Failure destinations by ARN: a service adds what can take a message. */
  destinations: Map<string, (body: string) => void>;
  /** User pools by ARN: a service adds what authorizers can trust. */
  issuers: Map<string, TokenIssuer>;
  /** Reports a failure of the machine itself. */
  reportFailure: (error: unknown) => void;
}

/** Makes what the services share. */
export function createContext(
  foundation: Foundation,
  clockOffsetMs: number,
  reportFailure: (error: unknown) => void,
): LocalContext {
  const { template, assembly, state, principals, kept, clockOffset } = foundation;
  const clock = createClock(clockOffsetMs, clockOffset);
  const logs = createFunctionLogs();
  const metrics = createMetrics(clock);
  const definitions = readFunctions(template, assembly);
  const work = new Work();
  const lambda = createLambda(definitions, {
    place: template.place,
    clock,
    logs,
    metrics,
    mayInvoke: readInvokePermissions(template),
    kept,
    work,
    credentialsOf: (role) => principals.credentialsOf(role),
  });
  return {
    ...foundation,
    place: template.place,
    clock,
    faults: createFaults(definitions.map(({ id }) => id)),
    counts: createCallCounts(),
    logs,
    metrics,
    mailbox: createMailbox(clock, state),
    lambda,
    work,
    events: createEvents(),
    eventSources: new Map(),
    destinations: new Map(),
    issuers: new Map(),
    reportFailure,
  };
}
