import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { AwsError } from './aws-error.ts';
import type { Reply, ServiceName } from './messages.ts';

const ServiceFault = z.strictObject({
  service: z.enum(['ses', 'sns', 'connect', 'dynamodb', 'kms', 'cognito', 'sqs', 'ssm', 's3']),
  operation: z.string().optional(),
  function: z.string().optional(),
  times: z.int().min(1),
  error: z.string().optional(),
  delayMs: z.int().min(0).optional(),
  afterEffect: z.boolean().optional(),
});

/** Connect's contact events are published, not asked for: they may be late, come twice, or be lost (`error`). */
const EventFault = z.strictObject({
  service: z.literal('connect'),
  operation: z.literal('ContactEvents'),
  times: z.int().min(1),
  delayMs: z.int().min(0).optional(),
  duplicate: z.literal(true).optional(),
  error: z.string().optional(),
});

const TriggerFault = z.strictObject({
  trigger: z.enum(['define', 'create', 'verify', 'token-gate']),
  duplicate: z.literal(true),
  times: z.int().min(1).default(1),
});

/** What `POST /_local/faults` takes. */
export const Fault = z.union([EventFault, ServiceFault, TriggerFault]);
export type Fault = z.infer<typeof Fault>;

/** Which call a fault may meet. */
export interface Faultable {
  service: ServiceName;
  operation: string;
  functionId: string | undefined;
}

/** The answer is lost: the connection ends without one. */
export const NO_ANSWER = Symbol('no answer');

/** The faults that are waiting to happen. */
export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** Runs a call under the first fault that fits it, if any. */
  around(call: Faultable, run: () => Promise<Reply>): Promise<Reply | typeof NO_ANSWER>;
  /** How the next event goes on its way. */
  takeEventFault(service: ServiceName, operation: string): { copies: 0 | 1 | 2; delayMs: number };
  /** Whether this call of a trigger is to be made twice. */
  takeDuplicate(trigger: string): boolean;
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

export function createFaults(): Faults {
  let waiting: Fault[] = [];
  const use = <T extends Fault>(fault: T | undefined): T | undefined => {
    if (fault === undefined) return undefined;
    fault.times -= 1;
    if (fault.times <= 0) waiting = waiting.filter((other) => other !== fault);
    return fault;
  };
  return {
    add: (fault) => void waiting.push({ ...fault }),
    clear: () => {
      waiting = [];
    },
    async around(call, run) {
      const fault =
        waiting.length === 0
          ? undefined
          : use(waiting.find((candidate) => 'service' in candidate && fits(candidate, call)));
      return fault === undefined || !('service' in fault) ? await run() : await suffer(fault, run);
    },
    takeEventFault(service, operation) {
      const fault = use(
        waiting.find(
          (candidate) =>
            'service' in candidate &&
            candidate.service === service &&
            candidate.operation === operation,
        ),
      ) as z.infer<typeof EventFault> | undefined;
      if (fault === undefined) return { copies: 1, delayMs: 0 };
      return {
        copies: fault.error !== undefined ? 0 : fault.duplicate === true ? 2 : 1,
        delayMs: fault.delayMs ?? 0,
      };
    },
    takeDuplicate: (trigger) =>
      use(waiting.find((fault) => 'trigger' in fault && fault.trigger === trigger)) !== undefined,
  };
}

function fits(
  fault: z.infer<typeof ServiceFault>,
  { service, operation, functionId }: Faultable,
): boolean {
  return (
    fault.service === service &&
    (fault.operation === undefined || fault.operation === operation) &&
    (fault.function === undefined || fault.function === functionId)
  );
}

async function suffer(
  fault: z.infer<typeof ServiceFault>,
  run: () => Promise<Reply>,
): Promise<Reply | typeof NO_ANSWER> {
  const onlyLate =
    fault.delayMs !== undefined && fault.error === undefined && fault.afterEffect !== true;
  if (fault.delayMs !== undefined) await sleep(fault.delayMs);
  if (onlyLate) return await run();
  if (fault.afterEffect === true) {
    await run();
    if (fault.error === undefined) return NO_ANSWER;
  }
  const code = fault.error ?? 'InternalServerError';
  throw new AwsError(
    code,
    code === 'ThrottlingException' ? 'Rate exceeded' : `Fault on request: ${code}`,
    SERVER_ERRORS.has(code) ? 500 : 400,
  );
}
