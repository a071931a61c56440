/** Flows that a bearer token carries through HTTP: registrations and password resets. */
import type { CodeView, FlowCallView } from '../../contract/flows.ts';
import type { StoredCallState } from '../calls/call.rules.ts';
import { statusOf } from '../calls/call.rules.ts';
import { resendAt } from '../codes/codes.rules.ts';
import type { SentAt, Verification } from '../codes/verification.rules.ts';
import { DAY_MS, HOUR_MS } from '../platform/limits.rules.ts';

/** The version of the stored shape: a release reads its predecessor's, others are FLOW_EXPIRED. */
export const TOKEN_FLOW_VERSION = 1;
export const TOKEN_FLOW_LIFE_MS = HOUR_MS;
/** For so long an ended flow says FLOW_EXPIRED; after that its token is none of ours. */
export const TOKEN_FLOW_REMEMBERED_MS = DAY_MS;

export type FlowKind = 'PROVIDER_REGISTRATION' | 'MFA_REGISTRATION' | 'PASSWORD_RESET';

/** What every flow has; each kind adds its own. `turn` grows with every step: two steps at once, one wins. */
export interface TokenFlow {
  v: typeof TOKEN_FLOW_VERSION;
  kind: FlowKind;
  /** SHA-256 of the flow token: its key. */
  tokenHash: string;
  /** Part of what codes and calls are bound to. */
  flowId: string;
  /** Absent while the flow belongs to no account (yet, or ever). */
  accountId?: string;
  epoch?: number;
  turn: number;
  openedAt: number;
  expiresAt: number;
  open?: Verification;
  sentAt?: SentAt;
  /** The callee pressed 9. */
  deniedAt?: number;
}

/** Dead if expired, of another version, denied, or older than the account's last reset (`account` undefined: it has none). */
export function isDead(flow: TokenFlow, account: { epoch: number } | undefined, now: number): boolean {
  if (flow.v !== TOKEN_FLOW_VERSION || flow.expiresAt <= now || flow.deniedAt !== undefined) return true;
  return flow.accountId !== undefined && account?.epoch !== flow.epoch;
}

/** True once nobody is told any more that the flow is over: its token is none of ours then (TTL deletes it some time later). */
export function isForgotten(flow: TokenFlow, now: number): boolean {
  return flow.expiresAt + TOKEN_FLOW_REMEMBERED_MS <= now;
}

const iso = (ms: number) => new Date(ms).toISOString();

/** The open code or call as clients see it. */
export function viewOf(open: Verification | undefined, call: { state: StoredCallState; expiresAt: number } | undefined, now: number): { code?: CodeView; call?: FlowCallView } {
  if (open === undefined) return {};
  if (open.kind === 'CODE') {
    const { code } = open;
    return { code: { expiresAt: iso(code.expiresAt), resendAt: iso(resendAt(code)), attemptsLeft: Math.max(0, code.attemptsLeft) } };
  }
  const { callId, expiresAt } = open.call;
  return { call: { callId, status: statusOf(call ?? { state: 'CALLING', expiresAt }, now), expiresAt: iso(expiresAt) } };
}
