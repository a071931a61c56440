import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { definite } from '../definite.ts';
import type { Section } from '../state.ts';
import { notAuthorized } from './errors.ts';
import type { PoolClient } from './pool.ts';

/** One sign-in: a refresh token and every token that descends from it. Times are in seconds. */
export interface SignIn {
  originJti: string;
  sub: string;
  clientId: string;
  authTime: number;
  expiresAt: number;
  revoked: boolean;
  /** The scopes of a hosted sign-in. */
  scopes?: string[];
}

/** The sign-ins whose refresh tokens may still be used, and which were revoked. */
export interface SignIns {
  begin: (
    sub: string,
    client: PoolClient,
    now: number,
    scopes?: string[],
  ) => { signIn: SignIn; refreshToken: string };
  /** @throws AwsError NotAuthorizedException for a token that may not be used by this client */
  redeem: (refreshToken: string, clientId: string, now: number) => SignIn;
  find: (refreshToken: string) => SignIn | undefined;
  isRevoked: (originJti: string) => boolean;
  revoke: (signIn: SignIn) => void;
  revokeAllOf: (sub: string) => void;
}

export function createSignIns(section: Section<Record<string, SignIn>>): SignIns {
  return new KeptSignIns(section);
}

class KeptSignIns implements SignIns {
  readonly #section: Section<Record<string, SignIn>>;
  readonly #revoked: Set<string>;

  constructor(section: Section<Record<string, SignIn>>) {
    this.#section = section;
    this.#revoked = new Set(
      Object.values(section.value)
        .filter(({ revoked }) => revoked)
        .map(({ originJti }) => originJti),
    );
  }

  begin(
    sub: string,
    client: PoolClient,
    now: number,
    scopes?: string[],
  ): { signIn: SignIn; refreshToken: string } {
    const refreshToken = `eyJjdHkiOiJKV1QifQ.${randomBytes(96).toString('base64url')}`;
    const authTime = Math.floor(now / 1000);
    const signIn = {
      originJti: randomUUID(),
      sub,
      clientId: client.id,
      authTime,
      expiresAt: authTime + client.refreshSeconds,
      revoked: false,
      ...definite({ scopes }),
    };
    this.#section.value[fingerprint(refreshToken)] = signIn;
    this.#section.changed();
    return { signIn, refreshToken };
  }

  redeem(refreshToken: string, clientId: string, now: number): SignIn {
    const signIn = this.find(refreshToken);
    if (signIn === undefined || signIn.clientId !== clientId)
      throw notAuthorized('Invalid Refresh Token');
    if (signIn.revoked) throw notAuthorized('Refresh Token has been revoked');
    if (now >= signIn.expiresAt * 1000) throw notAuthorized('Refresh Token has expired');
    return signIn;
  }

  find(refreshToken: string): SignIn | undefined {
    return this.#section.value[fingerprint(refreshToken)];
  }

  isRevoked(originJti: string): boolean {
    return this.#revoked.has(originJti);
  }

  revoke(signIn: SignIn): void {
    signIn.revoked = true;
    this.#revoked.add(signIn.originJti);
    this.#section.changed();
  }

  revokeAllOf(sub: string): void {
    for (const signIn of Object.values(this.#section.value))
      if (signIn.sub === sub) this.revoke(signIn);
  }
}

function fingerprint(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
