/**
 * Sending a verification for a flow: what the flow's step writes, what it counts against and what
 * the send needs are committed together, then it goes out. If it fails, the flow is put back as it
 * was. Sign-in and token flows share it.
 */
import type { AuditPort } from '../../ground/audit/audit.port.ts';
import type { AuditEvent } from '../../ground/audit/audit.rules.ts';
import type { LimitsPort } from '../../ground/limits/limits.port.ts';
import type { CommitPort, Write } from '../../ground/platform/database.ts';
import type { CallDesk } from '../calls/call-desk.ts';
import { DeliveryFailed } from '../messages/delivery-failed.rules.ts';
import type { Dispatch, DispatcherPort, DispatchRequest } from './dispatch.ts';
import { callIdOf, type Verification } from './verification.rules.ts';

export interface SendDeps extends CommitPort {
  dispatcher: DispatcherPort;
  limits: Pick<LimitsPort, 'count'>;
  audit: AuditPort;
  /** Where the stage has voice: ends a call that a new send leaves behind. */
  desk: Pick<CallDesk, 'endById'> | undefined;
}

export interface SendRequest extends DispatchRequest {
  /** What is open now, and void once the new one is sent. */
  former: Verification | undefined;
  /** What the audit trail calls it. */
  outcome: string;
  /** The writes of the flow's own step. */
  step: (open: Verification) => Write[];
  /** The writes that put the flow back. */
  undo: () => Write[];
}

/** `CHANGED`: the flow's step was refused, so the flow is not what the caller saw. */
export type SendOutcome =
  | { sent: Verification }
  | { refused: 'SEND_LIMIT' | 'CALL_IN_PROGRESS'; until: number }
  | { refused: 'CHANGED' | 'DELIVERY_FAILED' };

/**
 * The number's last call may change while another one is prepared: then it is looked at once more.
 */
const PASSES = 2;

/** Throws CodeMacUnavailable and StoreUnavailable; nothing is sent then. */
export async function sendVerification(deps: SendDeps, request: SendRequest): Promise<SendOutcome> {
  for (let pass = 1; pass <= PASSES; pass += 1) {
    const dispatch = await deps.dispatcher.prepare(request);
    if ('refused' in dispatch) return dispatch;
    const step = [...request.step(dispatch.open), deps.audit.write(eventOf(request), request.now)];
    const writes = [...step, ...dispatch.writes];
    const counted = await deps.limits.count(dispatch.limits, request.now, writes);
    if (counted.outcome === 'EXHAUSTED') return { refused: 'SEND_LIMIT', until: counted.until };
    if (counted.outcome === 'DONE') return deliver(deps, request, dispatch);
    if (counted.refused.slice(0, step.length).some((one) => one !== true)) break;
  }
  return { refused: 'CHANGED' };
}

async function deliver(
  deps: SendDeps,
  request: SendRequest,
  dispatch: Dispatch,
): Promise<SendOutcome> {
  let failure: DeliveryFailed;
  try {
    await dispatch.deliver();
    const former = callIdOf(request.former);
    if (former !== undefined) await deps.desk?.endById(former);
    return { sent: dispatch.open };
  } catch (error) {
    if (!(error instanceof DeliveryFailed)) throw error;
    failure = error;
  }
  const { factor } = request;
  const { causeClass: cause } = failure;
  const failed = {
    ...eventOf(request),
    outcome: 'DELIVERY_FAILED',
    factor,
    cause,
  };
  await deps.commit([...request.undo(), deps.audit.write(failed, request.now)]);
  return { refused: 'DELIVERY_FAILED' };
}

function eventOf({ binding, factor, outcome }: SendRequest): AuditEvent {
  const { accountId, flowId } = binding;
  const event = factor === 'CALL' ? 'CALL_PLACED' : 'CODE_SENT';
  return {
    accountId,
    event,
    outcome,
    flowId,
    actor: 'SELF',
  };
}
