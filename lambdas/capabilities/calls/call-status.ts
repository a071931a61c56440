/**
 * The status of a call, for the page that polls it. The callId is the only key and reveals nothing
 * else.
 */
import type { CallView } from '../../../contract/flows.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import { type Call, statusOf } from './call.rules.ts';

export async function callStatus(
  calls: { get: (callId: string) => Promise<Call | undefined> },
  callId: string,
  now: number,
): Promise<CallView | { refused: 'NOT_FOUND' }> {
  const call = /^[A-Za-z0-9_-]{22}$/.test(callId) ? await calls.get(callId) : undefined;
  if (call === undefined) return { refused: 'NOT_FOUND' };
  const { denied, expiresAt } = call;
  return definite({
    status: statusOf(call, now),
    expiresAt: new Date(expiresAt).toISOString(),
    denied,
  });
}
