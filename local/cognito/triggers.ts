import { AwsError } from '../gateway/aws-error.ts';
import type { Faults } from '../gateway/faults.ts';
import type { Lambda } from '../lambda/lambda.ts';
import { within } from '../lambda/within.ts';
import type { Outcome } from '../lambda/runtime.ts';
import { invalidParameter } from './errors.ts';
import type { Pool } from './pool.ts';
import type { Subject } from './sessions.ts';
import { triggerAttributes } from './attributes.ts';

/** A trigger: the pool's name for it in events and messages, and the name that faults use. */
export interface Trigger {
  key: keyof Pool['triggers'];
  fault: string;
  title: string;
  version: string;
}

export const DEFINE: Trigger = {
  key: 'define',
  fault: 'define',
  title: 'DefineAuthChallenge',
  version: '1',
};
export const CREATE: Trigger = {
  key: 'create',
  fault: 'create',
  title: 'CreateAuthChallenge',
  version: '1',
};
export const VERIFY: Trigger = {
  key: 'verify',
  fault: 'verify',
  title: 'VerifyAuthChallengeResponse',
  version: '1',
};
export const TOKEN_GATE: Trigger = {
  key: 'tokenGate',
  fault: 'token-gate',
  title: 'PreTokenGeneration',
  version: '2',
};

/** One call of a trigger. */
export interface TriggerCall {
  source: string;
  clientId: string;
  subject: Subject;
  request: Record<string, unknown>;
  /** The response fields, empty, as the function gets them. */
  response: Record<string, unknown>;
}

/**
 * Calls a trigger and returns the `response` of its answer.
 * @throws AwsError as Cognito reports a failing trigger
 */
export type CallTrigger = (trigger: Trigger, call: TriggerCall) => Promise<Record<string, unknown>>;

/** How long Cognito waits before it calls again, three times in all. */
const WAITS_MS = 5000;
const ATTEMPTS = 3;
const SOCKET_TIMEOUT = 'Socket timeout while invoking Lambda function.';

export function createTriggerCaller(pool: Pool, lambda: Lambda, faults: Faults): CallTrigger {
  const invoke = async (functionArn: string, event: unknown): Promise<Outcome | undefined> =>
    await within(
      WAITS_MS,
      lambda.invokeAs('cognito-idp.amazonaws.com', pool.arn, functionArn, event),
      { kind: 'timed-out', errorMessage: SOCKET_TIMEOUT },
    );
  return async (trigger, call) => {
    const functionArn = pool.triggers[trigger.key];
    if (functionArn === undefined)
      throw invalidParameter('Custom auth lambda trigger is not configured for the user pool.');
    const event = eventOf(pool, trigger, call);
    if (faults.takeDuplicate(trigger.fault)) await invoke(functionArn, event);
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await invoke(functionArn, event);
      if (outcome?.kind !== 'timed-out' || attempt === ATTEMPTS)
        return responseOf(trigger, outcome);
    }
  };
}

function eventOf(
  pool: Pool,
  { version }: Trigger,
  { source, clientId, subject, request, response }: TriggerCall,
): object {
  return {
    version,
    region: pool.region,
    userPoolId: pool.id,
    userName: subject.user?.username ?? subject.sub,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId },
    triggerSource: source,
    request: {
      userAttributes: subject.user ? triggerAttributes(subject.user) : {},
      ...request,
    },
    response,
  };
}

function responseOf({ title }: Trigger, outcome: Outcome | undefined): Record<string, unknown> {
  if (outcome === undefined || outcome.kind === 'timed-out') {
    const cause = outcome === undefined ? 'AccessDeniedException.' : SOCKET_TIMEOUT;
    throw new AwsError(
      'UnexpectedLambdaException',
      `${title} invocation failed due to error ${cause}`,
    );
  }
  if (outcome.kind === 'failed')
    throw new AwsError(
      'UserLambdaValidationException',
      `${title} failed with error ${outcome.errorMessage}.`,
    );
  const response = (outcome.payload as { response?: unknown } | null)?.response;
  if (typeof response !== 'object' || response === null)
    throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
  return response as Record<string, unknown>;
}
