/**
 * What the callee's keys do. The call that was answered is known by Connect's contact id and the number called, never by
 * what the flow passes along; `challengeId` only finds the record while the contact is not yet bound to it.
 */
import type { AuditEvent } from '../../ground/audit/audit.rules.ts';
import type { Commit, Write } from '../../ground/platform/dynamo.ts';
import { type Call, LIVE_STATES } from './call.rules.ts';

export interface CalleeCollaborators {
  calls: {
    get(callId: string): Promise<Call | undefined>;
    confirm(call: Pick<Call, 'callId' | 'phone'>, contactId: string, now: number): Write;
    move(callId: string, to: 'FAILED', ...writes: Write[]): Promise<boolean>;
  };
  /** The write that ends the flow that asked for the call. */
  denyFlow(call: Call, now: number): Promise<Write[]>;
  audit: { write(event: AuditEvent, now: number): Write };
  commit(writes: readonly Write[]): Promise<Commit>;
  now(): number;
}

export interface Callee {
  contactId: string;
  challengeId: string;
  /** E.164. */
  phone: string;
}

export type CalleeResult = 'CONFIRMED' | 'DENIED' | 'FAILED' | 'REFUSED';

/** Connect repeats an invocation up to three times within eight seconds: each outcome may be asked for again. */
export async function handleCallee(
  on: CalleeCollaborators,
  outcome: string,
  callee: Callee,
): Promise<CalleeResult> {
  const call = await on.calls.get(callee.challengeId);
  const isTheirs =
    call !== undefined &&
    call.phone === callee.phone &&
    (call.contactId ?? callee.contactId) === callee.contactId;
  if (!isTheirs) return 'REFUSED';
  switch (outcome) {
    case 'CONFIRMED':
      return confirm(on, call, callee.contactId);
    case 'DENIED':
      return deny(on, call);
    case 'FAILED':
      await on.calls.move(call.callId, 'FAILED');
      return 'FAILED';
    default:
      return 'REFUSED';
  }
}

async function confirm(
  on: CalleeCollaborators,
  call: Call,
  contactId: string,
): Promise<CalleeResult> {
  const now = on.now();
  const { callId, accountId, flowId, state } = call;
  if (state === 'CONFIRMED') return 'CONFIRMED';
  const result = await on.commit([
    on.calls.confirm(call, contactId, now),
    on.audit.write(
      {
        accountId,
        event: 'CALL_CONFIRMED',
        outcome: call.purpose,
        loginMethod: 'PHONE',
        flowId,
        actor: 'SELF',
      },
      now,
    ),
  ]);
  if (result.done) return 'CONFIRMED';
  return (await on.calls.get(callId))?.state === 'CONFIRMED' ? 'CONFIRMED' : 'REFUSED';
}

/** 9, "I did not ask for this": the flow ends, it is audited, and the notice goes out from the audit trail. */
async function deny(on: CalleeCollaborators, call: Call): Promise<CalleeResult> {
  const now = on.now();
  const { callId, accountId, flowId } = call;
  if (!LIVE_STATES.includes(call.state)) return call.state === 'FAILED' ? 'DENIED' : 'REFUSED';
  const denied = await on.calls.move(
    callId,
    'FAILED',
    ...(await on.denyFlow(call, now)),
    on.audit.write(
      { accountId, event: 'CALL_DENIED', outcome: call.purpose, flowId, actor: 'SELF' },
      now,
    ),
  );
  return denied ? 'DENIED' : 'REFUSED';
}
