/**
 * What the callee's keys do. The call that was answered is identified by Connect's contact id and
 * the number called, never by what the flow passes along; `challengeId` only finds the record while
 * the contact is not yet bound to it.
 */
import type { AuditPort } from '../../ground/audit/audit.port.ts';
import { HOUR_MS } from '../../ground/limits/limits.rules.ts';
import { equalInConstantTime } from '../../ground/platform/secrets.rules.ts';
import type { CommitPort } from '../../ground/platform/database.ts';
import type { Call } from './call.rules.ts';
import type { CallsPort } from './calls.port.ts';

/** How long no call is placed to a number after its callee pressed 9. */
const DENIED_FOR_MS = HOUR_MS;

export interface CalleeDeps extends CommitPort {
  calls: Pick<CallsPort, 'get' | 'confirm' | 'move' | 'deny'>;
  audit: AuditPort;
  now: () => number;
}

export interface Callee {
  contactId: string;
  challengeId: string;
  /** E.164. */
  phone: string;
  /** What was typed before #, in the mode MATCH. */
  digits?: string;
}

/** `AGAIN`: the digits are not those of the page, and the call asks once more. */
export type CalleeResult = 'CONFIRMED' | 'DENIED' | 'FAILED' | 'REFUSED' | 'AGAIN';

const DENIAL = '9';

/**
 * Connect repeats an invocation up to three times within eight seconds: each outcome may be
 * reported again.
 */
export async function handleCallee(
  deps: CalleeDeps,
  outcome: string,
  callee: Callee,
): Promise<CalleeResult> {
  const call = await deps.calls.get(callee.challengeId);
  if (call === undefined || !isTheirs(call, callee)) return 'REFUSED';
  switch (outcome) {
    case 'CONFIRMED':
      return call.match === undefined ? confirm(deps, call, callee.contactId) : 'REFUSED';
    case 'TYPED':
      if (callee.digits === DENIAL) return deny(deps, call);
      return isMatch(call, callee) ? confirm(deps, call, callee.contactId) : 'AGAIN';
    case 'DENIED':
      return deny(deps, call);
    case 'FAILED':
      await deps.calls.move(call.callId, 'FAILED');
      return 'FAILED';
    default:
      return 'REFUSED';
  }
}

function isTheirs(call: Call, { contactId, phone }: Callee): boolean {
  return call.phone === phone && (call.contactId ?? contactId) === contactId;
}

function isMatch({ match }: Call, { digits = '' }: Callee): boolean {
  return match !== undefined && equalInConstantTime(match, digits);
}

async function confirm(deps: CalleeDeps, call: Call, contactId: string): Promise<CalleeResult> {
  const now = deps.now();
  const { callId, accountId, flowId, state, purpose: outcome } = call;
  if (state === 'CONFIRMED') return 'CONFIRMED';
  const event = {
    accountId,
    event: 'CALL_CONFIRMED',
    outcome,
    flowId,
    actor: 'SELF',
  } as const;
  const result = await deps.commit([
    deps.calls.confirm(call, contactId, now),
    deps.audit.write({ ...event, loginMethod: 'PHONE' }, now),
  ]);
  if (result.done) return 'CONFIRMED';
  return (await deps.calls.get(callId))?.state === 'CONFIRMED' ? 'CONFIRMED' : 'REFUSED';
}

/**
 * 9, "I did not ask for this": the flow ends, it is audited, and the notice follows from the audit
 * trail.
 */
async function deny(deps: CalleeDeps, call: Call): Promise<CalleeResult> {
  const now = deps.now();
  const { callId, accountId, flowId, purpose: outcome } = call;
  if (call.denied === true) return 'DENIED';
  const denied = await deps.calls.move(
    callId,
    'DENIED',
    ...deps.calls.deny(call, now + DENIED_FOR_MS, now),
    deps.audit.write(
      {
        accountId,
        event: 'CALL_DENIED',
        outcome,
        flowId,
        actor: 'SELF',
      },
      now,
    ),
  );
  if (denied || (await deps.calls.get(callId))?.denied === true) return 'DENIED';
  return 'REFUSED';
}
