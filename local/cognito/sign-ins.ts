import { createHash, randomBytes, randomUUID } from 'node:crypto';
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
}

/** The sign-ins whose refresh tokens may still be used, and which were revoked. */
export interface SignIns {
  begin(sub: string, client: PoolClient, now: number): { signIn: SignIn; refreshToken: string };
  /** @throws AwsError NotAuthorizedException for an unknown, expired or revoked token, or another client's */
  redeem(refreshToken: string, clientId: string, now: number): SignIn;
  find(refreshToken: string): SignIn | undefined;
  isRevoked(originJti: string): boolean;
  revoke(signIn: SignIn): void;
  revokeAllOf(sub: string): void;
}

export function createSignIns(section: Section<Record<string, SignIn>>): SignIns {
  const revoked = new Set(
    Object.values(section.value)
      .filter((signIn) => signIn.revoked)
      .map(({ originJti }) => originJti),
  );
  const find = (refreshToken: string): SignIn | undefined =>
    section.value[fingerprint(refreshToken)];
  const revoke = (signIn: SignIn): void => {
    signIn.revoked = true;
    revoked.add(signIn.originJti);
    section.changed();
  };
  return {
    find,
    revoke,
    isRevoked: (originJti) => revoked.has(originJti),
    begin(sub, client, now) {
      const refreshToken = `eyJjdHkiOiJKV1QifQ.${randomBytes(96).toString('base64url')}`;
      const authTime = Math.floor(now / 1000);
      const signIn = {
        originJti: randomUUID(),
        sub,
        clientId: client.id,
        authTime,
        expiresAt: authTime + client.refreshSeconds,
        revoked: false,
      };
      section.value[fingerprint(refreshToken)] = signIn;
      section.changed();
      return { signIn, refreshToken };
    },
    redeem(refreshToken, clientId, now) {
      const signIn = find(refreshToken);
      if (signIn === undefined || signIn.clientId !== clientId)
        throw notAuthorized('Invalid Refresh Token');
      if (signIn.revoked) throw notAuthorized('Refresh Token has been revoked');
      if (now >= signIn.expiresAt * 1000) throw notAuthorized('Refresh Token has expired');
      return signIn;
    },
    revokeAllOf(sub) {
      for (const signIn of Object.values(section.value)) if (signIn.sub === sub) revoke(signIn);
    },
  };
}

function fingerprint(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
