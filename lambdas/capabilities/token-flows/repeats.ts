/**
 * Requests that are repeated after their answer was lost. A flow remembers the last request that a
 * repeat may follow, and answers the repeat as it answered the first. What it keeps is a MAC. Where
 * the request has a password, its key is a token that only the browser has, so the table reveals
 * nothing about it.
 */
import type { HttpRequest } from '../../ground/platform/http-request.ts';
import { hmac } from '../../ground/platform/secrets.rules.ts';
import type { TokenFlow } from './token-flow.rules.ts';
import type { Opened, StepRefusal } from './token-flow.ts';

/** What identifies a repeat of a request. */
export type FlowRequest = Pick<HttpRequest, 'route' | 'bearer' | 'body' | 'idempotencyKey'>;

/**
 * What a repeat has in common with the first request: the route, the body, and the
 * `Idempotency-Key` if there is one. Without it only a password and the confirmation of a call may
 * be repeated, because a code works once and a second send is another send.
 * @returns undefined if a repeat is a request of its own
 */
export function requestIdOf({
  route,
  bearer,
  body,
  idempotencyKey,
}: FlowRequest): string | undefined {
  const mayRepeat = idempotencyKey !== undefined || repeatsByBody(body);
  if (bearer === undefined || !mayRepeat) return undefined;
  return hmac(bearer, JSON.stringify([route, idempotencyKey ?? '', body]));
}

function repeatsByBody(body: unknown): boolean {
  return typeof body === 'object' && body !== null && ('password' in body || 'call' in body);
}

/**
 * The ticket at the end of a flow, which is the same for a repeat. Who has the flow token may have
 * it; it works once.
 */
export function ticketOf(flowToken: string): string {
  return hmac(flowToken, 'portal-auth/ticket/v1');
}

/** Whether the flow has taken that request as its last one: it comes again. */
export function isLastRequest(
  { lastRequest }: Pick<TokenFlow, 'lastRequest'>,
  requestId: string | undefined,
): boolean {
  return requestId !== undefined && lastRequest === requestId;
}

export interface Once<F extends TokenFlow, O extends Opened<F>, R extends object> {
  open: () => Promise<O | StepRefusal>;
  take: (opened: O) => Promise<R | StepRefusal>;
  /** What the first request was answered with. */
  repeat: (opened: O) => Promise<R>;
}

/**
 * Takes a step once. Of two of the same request at once the one that comes too late is a repeat as
 * well.
 */
export async function takeOnce<F extends TokenFlow, O extends Opened<F>, R extends object>(
  requestId: string | undefined,
  { open, take, repeat }: Once<F, O, R>,
): Promise<R | StepRefusal> {
  const isRepeat = ({ flow }: O) => isLastRequest(flow, requestId);
  const opened = await open();
  if ('refused' in opened) return opened;
  if (isRepeat(opened)) return repeat(opened);
  const outcome = await take(opened);
  const isLate = 'refused' in outcome && outcome.refused === 'STEP_OUT_OF_ORDER';
  if (requestId === undefined || !isLate) return outcome;
  const again = await open();
  return 'refused' in again || !isRepeat(again) ? outcome : repeat(again);
}
