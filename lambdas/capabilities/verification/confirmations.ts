/** Confirmed calls: whether one confirms this flow, in time, and the write that uses it up. */
import type { Write } from '../../ground/platform/database.ts';
import { type OwnerOfCall, passes } from '../calls/call.rules.ts';
import type { CallsPort } from '../calls/calls.port.ts';

export type ConfirmationsPort = Pick<CallsPort, 'get' | 'use'>;

/** The write that uses the confirmation up, or undefined if there is none to use. */
export async function useConfirmedCall(
  calls: ConfirmationsPort,
  callId: string,
  owner: OwnerOfCall,
  now: number,
): Promise<Write | undefined> {
  const call = await calls.get(callId);
  return call !== undefined && passes(call, owner, now) ? calls.use(call, owner, now) : undefined;
}
