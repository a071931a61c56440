/**
 * Flows of several steps: registrations and password resets, which a bearer token identifies, and
 * changes of one's own address or number, which the account identifies.
 */
import type { CodeView, FlowCallView } from '../../../contract/flows.ts';
import type { Language } from '../../../contract/languages.ts';
import { DAY_MS, HOUR_MS } from '../../ground/limits/limits.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import type { Account } from '../accounts/account.rules.ts';
import {
  type Deniable,
  type FlowReference,
  statusOf,
  type StoredCallState,
} from '../calls/call.rules.ts';
import { resendAt } from '../verification/codes.rules.ts';
import type { SentAt, Verification } from '../verification/verification.rules.ts';

/** The version of the stored shape: a release reads its predecessor's, others are FLOW_EXPIRED. */
export const TOKEN_FLOW_VERSION = 1;
export const TOKEN_FLOW_LIFE_MS = HOUR_MS;
/** How long an ended flow is answered with FLOW_EXPIRED; after that its token is unknown. */
export const TOKEN_FLOW_REMEMBERED_MS = DAY_MS;

export type FlowKind =
  'PROVIDER_REGISTRATION' | 'MFA_REGISTRATION' | 'PASSWORD_RESET' | 'EMAIL_CHANGE' | 'PHONE_CHANGE';

/**
 * What every flow has; each kind adds its own. `turn` grows with every step: of two steps at once,
 * one wins.
 */
export interface TokenFlow extends Deniable {
  v: typeof TOKEN_FLOW_VERSION;
  kind: FlowKind;
  /** SHA-256 of the flow token: its key. */
  tokenHash: string;
  /** Part of what codes and calls are bound to. */
  flowId: string;
  /** Absent while the flow belongs to no account (yet, or ever). */
  accountId?: string;
  /**
   * Ties the flow's life to its account: absent while the person has not proven that the account is
   * theirs.
   */
  epoch?: number;
  turn: number;
  /** Of the page that took the latest step, if it named one. */
  language?: Language;
  openedAt: number;
  expiresAt: number;
  open?: Verification;
  sentAt?: SentAt;
  /** Names the last request that a repeat may follow: a MAC. */
  lastRequest?: string;
}

export const flowKey = (tokenHash: string) => ({ pk: `TOKEN#${tokenHash}` });

/** Where a callee's 9 ends the flow. */
export function referenceOf({ tokenHash }: Pick<TokenFlow, 'tokenHash'>): FlowReference {
  return { table: 'FLOWS', ...flowKey(tokenHash) };
}

export interface Beginning {
  tokenHash: string;
  flowId: string;
  language?: Language | undefined;
  now: number;
}

/** What a new flow of any kind begins with. */
export function newTokenFlow<K extends FlowKind>(
  kind: K,
  { now, ...begun }: Beginning,
): TokenFlow & { kind: K } {
  const expiresAt = now + TOKEN_FLOW_LIFE_MS;
  return {
    v: TOKEN_FLOW_VERSION,
    kind,
    ...definite(begun),
    turn: 0,
    openedAt: now,
    expiresAt,
  };
}

/**
 * An ended flow is `OVER` for a day; then its token is unknown (TTL deletes it some time later).
 */
export type Standing = 'LIVE' | 'OVER' | 'FORGOTTEN';

/**
 * Whether a flow goes on: it has not expired, was not denied or replaced, is of our version and not
 * older than its account's last reset.
 * @param account the one that the flow belongs to, if it belongs to one
 * @param overAt when something else ended it, such as a newer flow
 */
export function standingOf(
  flow: TokenFlow,
  account: Pick<Account, 'epoch' | 'validAfter'> | undefined,
  now: number,
  overAt = Infinity,
): Standing {
  const isOfItsAccount = flow.epoch === undefined || account?.epoch === flow.epoch;
  const resetAt = isOfItsAccount ? Infinity : (resetAfter(flow.openedAt, account) ?? now);
  const endedAt = Math.min(
    flow.expiresAt,
    flow.deniedAt ?? Infinity,
    overAt,
    resetAt,
    flow.v === TOKEN_FLOW_VERSION ? Infinity : now,
  );
  if (endedAt > now) return 'LIVE';
  return endedAt + TOKEN_FLOW_REMEMBERED_MS > now ? 'OVER' : 'FORGOTTEN';
}

function resetAfter(
  openedAt: number,
  account: Pick<Account, 'validAfter'> | undefined,
): number | undefined {
  const validAfter = account?.validAfter;
  return validAfter !== undefined && validAfter >= openedAt ? validAfter : undefined;
}

const iso = (ms: number) => new Date(ms).toISOString();

export interface CallSeen {
  state: StoredCallState;
  expiresAt: number;
}

/** The open code or call as clients see it. */
export function viewOf(
  open: Verification | undefined,
  call: CallSeen | undefined,
  now: number,
): { code?: CodeView; call?: FlowCallView } {
  if (open === undefined) return {};
  if (open.kind === 'CALL') {
    const { callId, expiresAt, match } = open.call;
    const status = statusOf(call ?? { state: 'CALLING', expiresAt }, now);
    return {
      call: definite({
        callId,
        status,
        expiresAt: iso(expiresAt),
        match,
      }),
    };
  }
  const { code } = open;
  const attemptsLeft = Math.max(0, code.attemptsLeft);
  return definite({
    code: {
      expiresAt: iso(code.expiresAt),
      resendAt: iso(resendAt(code)),
      attemptsLeft,
    },
  });
}
