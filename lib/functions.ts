/** The list of deployed functions, from which the bundler, the stack and the HTTP API derive. */
import type { Capability } from '../contract/routes.ts';

/** The sign-in triggers that Cognito invokes. */
export type TriggerId = 'define' | 'create' | 'verify' | 'token-gate';
/** Functions that queues, streams and other services invoke. */
type WorkerId =
  'outbox' | 'notices' | 'mail-events' | 'call-flow' | 'call-events' | 'audit-archive';
/**
 * The ID is also the folder below dist/ and the last part of the function's name. An HTTP function
 * has the name of its capability.
 */
export type FunctionId = TriggerId | WorkerId | Capability;

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
  outbox: 'lambdas/capabilities/outbox/outbox.handler.ts',
  notices: 'lambdas/capabilities/messages/notices.handler.ts',
  'mail-events': 'lambdas/capabilities/messages/mail-events.handler.ts',
  'audit-archive': 'lambdas/ground/audit/archive.handler.ts',
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
] satisfies WorkerId[];

/** Functions that only a stage with Amazon Connect has. */
const VOICE_FUNCTIONS: readonly FunctionId[] = ['call-flow', 'call-events'];

/** Every function of the list, in its order. */
export function listedFunctions(): FunctionId[] {
  return Object.keys(HANDLERS) as FunctionId[];
}

/** The functions to deploy, in the order of the list. */
export function deployedFunctions({ voice }: { voice: boolean }): FunctionId[] {
  return listedFunctions().filter((id) => voice || !VOICE_FUNCTIONS.includes(id));
}

export function isTrigger(id: FunctionId): id is TriggerId {
  return TRIGGERS.includes(id);
}

export function isCapability(id: FunctionId): id is Capability {
  return !isTrigger(id) && !WORKERS.includes(id);
}

/**
 * The timeout of a function, in seconds. Cognito waits five seconds for a trigger and then calls it
 * again. A contact flow waits eight.
 */
export function timeoutSeconds(id: FunctionId): number {
  if (isTrigger(id)) return 5;
  if (id === 'call-flow') return 8;
  return isCapability(id) ? 10 : 30;
}
