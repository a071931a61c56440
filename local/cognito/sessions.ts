import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { missing, notAuthorized } from './errors.ts';
import type { PoolClient } from './pool.ts';
import type { SrpExchange } from './srp.ts';
import type { User } from './users.ts';

/** One round as the triggers see it. */
export interface HistoryEntry {
  challengeName: string;
  challengeResult: boolean;
  challengeMetadata: string | null;
}

/** Whom a flow is about: a user, or the pretence of one. */
export interface Subject {
  sub: string;
  user: User | undefined;
}

/** What Cognito must remember between two rounds of one sign-in. */
export interface AuthFlow {
  client: PoolClient;
  subject: Subject;
  history: HistoryEntry[];
  eventId: string;
  pending:
    | { name: 'PASSWORD_VERIFIER'; exchange: SrpExchange }
    | { name: 'CUSTOM_CHALLENGE'; privateParameters: Record<string, string>; metadata: string | null }
    | { name: 'NEW_PASSWORD_REQUIRED' };
}

/** Sessions: opaque, single use, each for one challenge. */
export interface Sessions {
  open(flow: AuthFlow): string;
  /** Looks without spending. @throws AwsError NotAuthorizedException for a spent, expired or unknown session */
  peek(session: string | undefined, secretBlock?: string): { session: string; flow: AuthFlow };
  /** From now on the session is spent, whatever becomes of the round. */
  spend(session: string): void;
}

interface Stored {
  flow: AuthFlow;
  expiresAt: number;
  spent: boolean;
}

const FORGET_AFTER_MS = 60 * 60 * 1000;

export function createSessions(clock: Clock): Sessions {
  const stored = new Map<string, Stored>();
  const bySecretBlock = new Map<string, string>();
  const forget = (session: string, { flow }: Stored): void => {
    stored.delete(session);
    if (flow.pending.name === 'PASSWORD_VERIFIER') bySecretBlock.delete(flow.pending.exchange.secretBlock);
  };
  /** Insertion order is age: only the oldest need a look. */
  const forgetOld = (): void => {
    for (const [session, entry] of stored) {
      if (entry.expiresAt + FORGET_AFTER_MS > clock.now()) return;
      forget(session, entry);
    }
  };
  return {
    open(flow) {
      forgetOld();
      const session = `AYAB${randomBytes(192).toString('base64url')}`;
      stored.set(session, { flow, expiresAt: clock.now() + flow.client.sessionSeconds * 1000, spent: false });
      if (flow.pending.name === 'PASSWORD_VERIFIER') bySecretBlock.set(flow.pending.exchange.secretBlock, session);
      return session;
    },
    peek(given, secretBlock) {
      const session = given ?? bySecretBlock.get(secretBlock ?? '');
      if (session === undefined) throw missing('Session');
      const entry = stored.get(session);
      if (entry === undefined) throw notAuthorized('Invalid session for the user.');
      if (entry.spent) throw notAuthorized('Invalid session for the user, session can only be used once.');
      if (clock.now() >= entry.expiresAt) throw notAuthorized('Invalid session for the user, session is expired.');
      return { session, flow: entry.flow };
    },
    spend(session) {
      const entry = stored.get(session);
      if (entry !== undefined) entry.spent = true;
    },
  };
}
