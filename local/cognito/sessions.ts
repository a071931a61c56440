import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Section } from '../state.ts';
import { missing, notAuthorized } from './errors.ts';
import type { Pool, PoolClient } from './pool.ts';
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
    | {
        name: 'CUSTOM_CHALLENGE';
        privateParameters: Record<string, string>;
        metadata: string | null;
      }
    | { name: 'NEW_PASSWORD_REQUIRED' };
}

/** Sessions: opaque, single use, each for one challenge. */
export interface Sessions {
  open(flow: AuthFlow): string;
  /** Looks without spending. @throws AwsError NotAuthorizedException for a spent, expired or unknown session */
  peek(session: string | undefined, secretBlock?: string): { fingerprint: string; flow: AuthFlow };
  /** From now on the session is spent, whatever becomes of the round. */
  spend(fingerprint: string): void;
}

/** A session as it is kept, under its fingerprint. */
export interface StoredSession {
  /** Absent once it is spent. */
  flow?: Omit<AuthFlow, 'client'> & { clientId: string };
  /** Finds the session for clients that answer PASSWORD_VERIFIER without it. */
  secretBlock?: string;
  /** In milliseconds. */
  expiresAt: number;
}

const FORGET_AFTER_MS = 60 * 60 * 1000;

export function createSessions(
  section: Section<Record<string, StoredSession>>,
  { clients }: Pool,
  clock: Clock,
): Sessions {
  const stored = section.value;
  const bySecretBlock = new Map(
    Object.entries(stored).flatMap(([fingerprint, { secretBlock }]) =>
      secretBlock === undefined ? [] : [[secretBlock, fingerprint]],
    ),
  );
  /** Insertion order is age: only the oldest need a look. */
  const byAge = new Set(Object.keys(stored));
  const forgetOld = (): void => {
    for (const fingerprint of byAge) {
      const { expiresAt = 0, secretBlock } = stored[fingerprint] ?? {};
      if (expiresAt + FORGET_AFTER_MS > clock.now()) return;
      byAge.delete(fingerprint);
      Reflect.deleteProperty(stored, fingerprint);
      if (secretBlock !== undefined) bySecretBlock.delete(secretBlock);
    }
  };
  return {
    open({ client, ...flow }) {
      forgetOld();
      const session = `AYAB${randomBytes(192).toString('base64url')}`;
      const fingerprint = fingerprintOf(session);
      const secretBlock =
        flow.pending.name === 'PASSWORD_VERIFIER' ? flow.pending.exchange.secretBlock : undefined;
      stored[fingerprint] = {
        flow: { ...flow, clientId: client.id },
        expiresAt: clock.now() + client.sessionSeconds * 1000,
        ...(secretBlock === undefined ? {} : { secretBlock }),
      };
      byAge.add(fingerprint);
      if (secretBlock !== undefined) bySecretBlock.set(secretBlock, fingerprint);
      section.changed();
      return session;
    },
    peek(session, secretBlock) {
      const fingerprint =
        session === undefined ? bySecretBlock.get(secretBlock ?? '') : fingerprintOf(session);
      if (fingerprint === undefined) throw missing('Session');
      return { fingerprint, flow: openFlow(stored[fingerprint], clients, clock.now()) };
    },
    spend(fingerprint) {
      delete stored[fingerprint]?.flow;
      section.changed();
    },
  };
}

function openFlow(
  entry: StoredSession | undefined,
  clients: Pool['clients'],
  now: number,
): AuthFlow {
  if (entry === undefined) throw notAuthorized('Invalid session for the user.');
  if (entry.flow === undefined)
    throw notAuthorized('Invalid session for the user, session can only be used once.');
  if (now >= entry.expiresAt)
    throw notAuthorized('Invalid session for the user, session is expired.');
  const client = clients.get(entry.flow.clientId);
  if (client === undefined) throw notAuthorized('Invalid session for the user.');
  return { ...entry.flow, client };
}

function fingerprintOf(session: string): string {
  return createHash('sha256').update(session).digest('base64url');
}
