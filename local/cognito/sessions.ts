import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { definite } from '../definite.ts';
import type { Section } from '../state.ts';
import { missing, notAuthorized } from './errors.ts';
import type { Pool, PoolClient } from './pool.ts';
import type { SrpExchange } from './srp.ts';
import type { User } from './users.ts';

/** One round as the triggers see it. */
interface HistoryEntry {
  challengeName: string;
  challengeResult: boolean;
  challengeMetadata: string | null;
}

/** The user of a flow, or the simulation of one. */
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
  open: (flow: AuthFlow) => string;
  /**
   * Reads a session without spending it.
   * @throws AwsError NotAuthorizedException for a spent, expired or unknown session
   */
  peek: (
    session: string | undefined,
    secretBlock?: string,
  ) => { fingerprint: string; flow: AuthFlow };
  /** Spends the session, whatever becomes of the round. */
  spend: (fingerprint: string) => void;
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
  return new KeptSessions(section, clients, clock);
}

class KeptSessions implements Sessions {
  readonly #section: Section<Record<string, StoredSession>>;
  readonly #clients: Pool['clients'];
  readonly #clock: Clock;
  readonly #bySecretBlock: Map<string, string>;
  /** Insertion order is age, so that only the oldest need to be examined. */
  readonly #byAge: Set<string>;

  constructor(
    section: Section<Record<string, StoredSession>>,
    clients: Pool['clients'],
    clock: Clock,
  ) {
    this.#section = section;
    this.#clients = clients;
    this.#clock = clock;
    this.#byAge = new Set(Object.keys(section.value));
    this.#bySecretBlock = new Map(
      Object.entries(section.value).flatMap(([fingerprint, { secretBlock }]) =>
        secretBlock === undefined ? [] : [[secretBlock, fingerprint]],
      ),
    );
  }

  open({ client, ...flow }: AuthFlow): string {
    this.#forgetOld();
    const session = `AYAB${randomBytes(192).toString('base64url')}`;
    const fingerprint = fingerprintOf(session);
    const { pending } = flow;
    const secretBlock =
      pending.name === 'PASSWORD_VERIFIER' ? pending.exchange.secretBlock : undefined;
    this.#section.value[fingerprint] = {
      flow: { ...flow, clientId: client.id },
      expiresAt: this.#clock.now() + client.sessionSeconds * 1000,
      ...definite({ secretBlock }),
    };
    this.#byAge.add(fingerprint);
    if (secretBlock !== undefined) this.#bySecretBlock.set(secretBlock, fingerprint);
    this.#section.changed();
    return session;
  }

  peek(session: string | undefined, secretBlock = ''): { fingerprint: string; flow: AuthFlow } {
    const fingerprint =
      session === undefined ? this.#bySecretBlock.get(secretBlock) : fingerprintOf(session);
    if (fingerprint === undefined) throw missing('Session');
    const stored = this.#section.value[fingerprint];
    return {
      fingerprint,
      flow: openFlow(stored, this.#clients, this.#clock.now()),
    };
  }

  spend(fingerprint: string): void {
    delete this.#section.value[fingerprint]?.flow;
    this.#section.changed();
  }

  #forgetOld(): void {
    for (const fingerprint of this.#byAge) {
      const { expiresAt = 0, secretBlock } = this.#section.value[fingerprint] ?? {};
      if (expiresAt + FORGET_AFTER_MS > this.#clock.now()) return;
      this.#byAge.delete(fingerprint);
      Reflect.deleteProperty(this.#section.value, fingerprint);
      if (secretBlock !== undefined) this.#bySecretBlock.delete(secretBlock);
    }
  }
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
  const { clientId, ...flow } = entry.flow;
  const client = clients.get(clientId);
  if (client === undefined) throw notAuthorized('Invalid session for the user.');
  return { ...flow, client };
}

function fingerprintOf(session: string): string {
  return createHash('sha256').update(session).digest('base64url');
}
