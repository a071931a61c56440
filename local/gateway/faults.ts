import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { AwsError } from './aws-error.ts';
import type { HttpRequest, Reply, ServiceName } from './messages.ts';
import { jsonInput } from './protocols.ts';
import { conflictOf } from './transaction-conflict.ts';

const LONGEST_DELAY_MS = 10 * 60 * 1000;
const MOST_TIMES = 1_000_000;

const times = z.int().min(1).max(MOST_TIMES);
const delayMs = z.int().min(0).max(LONGEST_DELAY_MS).optional();
const name = z.string().regex(/^[A-Za-z][A-Za-z0-9._]*$/, 'must be a name of letters and digits');

const ServiceFault = z.strictObject({
  service: z.enum([
    'ses',
    'sns',
    'connect',
    'dynamodb',
    'kms',
    'cognito',
    'sqs',
    'ssm',
    's3',
    'cloudwatch',
  ]),
  operation: name.optional(),
  function: z.string().min(1).optional(),
  times,
  error: name.optional(),
  delayMs,
  afterEffect: z.literal(true).optional(),
});
type ServiceFault = z.infer<typeof ServiceFault>;

/** Connect publishes contact events: they may be late, come twice, or be lost (`error`). */
const EventFault = z.strictObject({
  service: z.literal('connect'),
  operation: z.literal('ContactEvents'),
  times,
  delayMs,
  duplicate: z.literal(true).optional(),
  error: name.optional(),
});
type EventFault = z.infer<typeof EventFault>;

/**
 * What happens to a message that was accepted: it bounces, or is reported as spam; a text is lost.
 */
const MessageFault = z.strictObject({
  service: z.enum(['ses', 'sns']),
  operation: z.enum(['Bounce', 'Complaint', 'Delivery']),
  times,
});
type MessageFault = z.infer<typeof MessageFault>;

const TriggerFault = z.strictObject({
  trigger: z.enum(['define', 'create', 'verify', 'token-gate']),
  duplicate: z.literal(true),
  times: times.default(1),
});
type TriggerFault = z.infer<typeof TriggerFault>;

export type Fault = ServiceFault | EventFault | MessageFault | TriggerFault;

/** The properties of a call by which a fault selects it. */
interface Faultable {
  service: ServiceName;
  operation: string;
  functionId: string | undefined;
  http: HttpRequest;
}

/** The answer is lost: the connection ends without one. */
export const NO_ANSWER = Symbol('no answer');

/** The faults that are waiting to happen. */
export interface Faults {
  /** What `POST /_local/faults` takes, as the body describes it by its members. */
  shapeOf: (body: unknown) => z.ZodType<Fault>;
  add: (fault: Fault) => void;
  clear: () => void;
  /** Runs a call under the first fault that fits it, if any. */
  around: (call: Faultable, run: () => Promise<Reply>) => Promise<Reply | typeof NO_ANSWER>;
  /** How the next contact event is published. */
  takeEventFault: () => { copies: 0 | 1 | 2; delayMs: number };
  /** What happens to the message that a service has just accepted. */
  takeMessageFault: (service: 'ses' | 'sns') => MessageFault['operation'] | undefined;
  /** Whether this call of a trigger is to be made twice. */
  takeDuplicate: (trigger: string) => boolean;
}

/** Errors that AWS answers with a 5xx. */
const SERVER_ERRORS = new Set([
  'InternalServerError',
  'InternalError',
  'InternalErrorException',
  'InternalFailure',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'KMSInternalException',
  'DependencyTimeoutException',
  'InternalServiceException',
]);

/** @param functionIds the functions that a fault may name */
export function createFaults(functionIds: readonly string[]): Faults {
  return new WaitingFaults(functionIds);
}

class WaitingFaults implements Faults {
  readonly #serviceFault: z.ZodType<ServiceFault>;
  #waiting: Fault[] = [];

  constructor(functionIds: readonly string[]) {
    this.#serviceFault = ServiceFault.refine(
      (fault) => fault.function === undefined || functionIds.includes(fault.function),
      {
        path: ['function'],
        error: `is not a function of the stack; its functions are ${functionIds.join(', ')}`,
      },
    );
  }

  shapeOf(body: unknown): z.ZodType<Fault> {
    const given = (body ?? {}) as { trigger?: unknown; operation?: unknown };
    if (given.trigger !== undefined) return TriggerFault;
    if (isMessageOperation(given.operation)) return MessageFault;
    return given.operation === 'ContactEvents' ? EventFault : this.#serviceFault;
  }

  add(fault: Fault): void {
    this.#waiting.push({ ...fault });
  }

  clear(): void {
    this.#waiting = [];
  }

  async around(call: Faultable, run: () => Promise<Reply>): Promise<Reply | typeof NO_ANSWER> {
    const fault = this.#take((one) => isServiceFault(one) && fits(one, call));
    return fault === undefined ? await run() : await suffer(fault as ServiceFault, call, run);
  }

  takeEventFault(): { copies: 0 | 1 | 2; delayMs: number } {
    const fault = this.#take(isEventFault) as EventFault | undefined;
    if (fault === undefined) return { copies: 1, delayMs: 0 };
    const delivered = fault.duplicate === true ? 2 : 1;
    return {
      copies: fault.error === undefined ? delivered : 0,
      delayMs: fault.delayMs ?? 0,
    };
  }

  takeMessageFault(service: 'ses' | 'sns'): MessageFault['operation'] | undefined {
    const fault = this.#take(
      (one) => 'service' in one && one.service === service && isMessageFault(one),
    );
    return (fault as MessageFault | undefined)?.operation;
  }

  takeDuplicate(trigger: string): boolean {
    return this.#take((one) => 'trigger' in one && one.trigger === trigger) !== undefined;
  }

  #take(wanted: (fault: Fault) => boolean): Fault | undefined {
    if (this.#waiting.length === 0) return undefined;
    const fault = this.#waiting.find(wanted);
    if (fault === undefined) return undefined;
    fault.times -= 1;
    if (fault.times <= 0) this.#waiting = this.#waiting.filter((other) => other !== fault);
    return fault;
  }
}

function isEventFault(fault: Fault): boolean {
  return 'operation' in fault && fault.operation === 'ContactEvents';
}

function isMessageOperation(operation: unknown): boolean {
  return MessageFault.shape.operation.safeParse(operation).success;
}

function isMessageFault(fault: Fault): boolean {
  return 'operation' in fault && isMessageOperation(fault.operation);
}

function isServiceFault(fault: Fault): fault is ServiceFault {
  return 'service' in fault && !isEventFault(fault) && !isMessageFault(fault);
}

function fits(fault: ServiceFault, { service, operation, functionId }: Faultable): boolean {
  return (
    fault.service === service &&
    (fault.operation === undefined || fault.operation === operation) &&
    (fault.function === undefined || fault.function === functionId)
  );
}

async function suffer(
  { delayMs: lag, error, afterEffect }: ServiceFault,
  call: Faultable,
  run: () => Promise<Reply>,
): Promise<Reply | typeof NO_ANSWER> {
  if (lag !== undefined) await sleep(lag);
  if (lag !== undefined && error === undefined && afterEffect !== true) return await run();
  if (afterEffect === true) {
    await run();
    if (error === undefined) return NO_ANSWER;
  }
  throw failureOf(error ?? 'InternalServerError', call);
}

function failureOf(code: string, { service, operation, http }: Faultable): AwsError {
  if (service === 'dynamodb' && code === 'TransactionConflictException')
    return conflictOf(operation, jsonInput(http));
  const message = code === 'ThrottlingException' ? 'Rate exceeded' : `Fault on request: ${code}`;
  return new AwsError(code, message, SERVER_ERRORS.has(code) ? 500 : 400);
}
