/** The list of deployed functions, from which the bundler, the stack and the HTTP API derive. */
import type { Capability } from '../contract/routes.ts';

/** The sign-in triggers that the providers' user pool invokes. */
export type TriggerId = 'define' | 'create' | 'verify' | 'token-gate';
/** The trigger that the employees' user pool invokes. */
type WorkforceTriggerId = 'workforce-gate';
/** Functions that queues, streams, schedules and other services invoke. */
type WorkerId =
  | 'outbox'
  | 'notices'
  | 'mail-events'
  | 'call-flow'
  | 'call-events'
  | 'audit-archive'
  | 'sweep'
  | 'canary';
/**
 * The ID is also the folder below dist/ and the last part of the function's name. An HTTP function
 * has the name of its capability.
 */
export type FunctionId = TriggerId | WorkforceTriggerId | WorkerId | Capability;

/**
 * The file of each function's handler, from the project's root. A function that is not listed is
 * not deployed, and neither are its routes.
 */
export const HANDLERS: Partial<Record<FunctionId, string>> = {
  // First, because functions that place calls receive the contact flow's ID, and the contact flow
  // refers to this function.
  'call-flow': 'lambdas/capabilities/calls/call-flow.handler.ts',
  'call-events': 'lambdas/capabilities/calls/call-events.handler.ts',
  define: 'lambdas/journeys/sign-in/define.handler.ts',
  create: 'lambdas/journeys/sign-in/create.handler.ts',
  verify: 'lambdas/journeys/sign-in/verify.handler.ts',
  'token-gate': 'lambdas/journeys/sign-in/token-gate.handler.ts',
  terms: 'lambdas/capabilities/terms/terms.handler.ts',
  registration: 'lambdas/journeys/registration/registration.handler.ts',
  recovery: 'lambdas/journeys/recovery/recovery.handler.ts',
  calls: 'lambdas/capabilities/calls/calls.handler.ts',
  me: 'lambdas/journeys/my-account/me.handler.ts',
  changes: 'lambdas/journeys/my-account/changes.handler.ts',
  admin: 'lambdas/journeys/administration/admin.handler.ts',
  'help-desk': 'lambdas/journeys/help-desk/help-desk.handler.ts',
  'workforce-gate': 'lambdas/journeys/employee-sign-in/workforce-gate.handler.ts',
  outbox: 'lambdas/capabilities/outbox/outbox.handler.ts',
  notices: 'lambdas/capabilities/messages/notices.handler.ts',
  'mail-events': 'lambdas/capabilities/messages/mail-events.handler.ts',
  'audit-archive': 'lambdas/ground/audit/archive.handler.ts',
  sweep: 'lambdas/capabilities/upkeep/sweep.handler.ts',
  canary: 'lambdas/journeys/canary/canary.handler.ts',
};

const TRIGGERS: readonly FunctionId[] = [
  'define',
  'create',
  'verify',
  'token-gate',
] satisfies TriggerId[];
const WORKERS: readonly FunctionId[] = [
  'outbox',
  'notices',
  'mail-events',
  'call-flow',
  'call-events',
  'audit-archive',
  'sweep',
  'canary',
] satisfies WorkerId[];

/** Functions that only a stage with Amazon Connect has. */
const VOICE_FUNCTIONS: readonly FunctionId[] = ['call-flow', 'call-events'];

/** Functions that only a stage with employees has. */
const WORKFORCE_FUNCTIONS: readonly FunctionId[] = ['help-desk', 'workforce-gate'];

/** Every function of the list, in its order. */
export function listedFunctions(): FunctionId[] {
  return Object.keys(HANDLERS) as FunctionId[];
}

/** What a stage has. */
interface Options {
  voice: boolean;
  workforce: boolean;
  canary: boolean;
}

/** The functions to deploy, in the order of the list. */
export function deployedFunctions({ voice, workforce, canary }: Options): FunctionId[] {
  return listedFunctions().filter(
    (id) =>
      (voice || !VOICE_FUNCTIONS.includes(id)) &&
      (workforce || !WORKFORCE_FUNCTIONS.includes(id)) &&
      (canary || id !== 'canary'),
  );
}

export function isTrigger(id: FunctionId): id is TriggerId {
  return TRIGGERS.includes(id);
}

/** A trigger of either user pool. */
export function invokedByCognito(id: FunctionId): boolean {
  return isTrigger(id) || id === 'workforce-gate';
}

export function isCapability(id: FunctionId): id is Capability {
  return !invokedByCognito(id) && !WORKERS.includes(id);
}

/**
 * The timeout of a function, in seconds. Cognito waits five seconds for a trigger and then calls it
 * again. A contact flow waits eight. The sweep reads everything, and has all the time that Lambda
 * gives.
 */
export function timeoutSeconds(id: FunctionId): number {
  if (invokedByCognito(id)) return 5;
  if (id === 'call-flow') return 8;
  if (id === 'sweep') return 900;
  return isCapability(id) ? 10 : 30;
}
