/**
 * How a call stands, for the page that polls it. The callId is the only key, and tells nothing
 * else.
 */
import type * as z from 'zod';
import type { CallView } from '../../../contract/flows.ts';
import { type Call, statusOf } from './call.rules.ts';

export async function callStatus(
  calls: { get: (callId: string) => Promise<Call | undefined> },
  callId: string,
  now: number,
): Promise<z.infer<typeof CallView> | { refused: 'NOT_FOUND' }> {
  const call = /^[A-Za-z0-9_-]{22}$/.test(callId) ? await calls.get(callId) : undefined;
  return call === undefined
    ? { refused: 'NOT_FOUND' }
    : { status: statusOf(call, now), expiresAt: new Date(call.expiresAt).toISOString() };
}
