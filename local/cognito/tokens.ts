import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { Clock } from '../clock.ts';
import { notAuthorized } from './errors.ts';
import type { Pool, PoolClient } from './pool.ts';
import type { SignIn, SignIns } from './sign-ins.ts';
import type { SigningKey } from './signing-keys.ts';
import type { TokenOverrides } from './token-gate.ts';
import type { User } from './users.ts';

/** Cognito's own scope on every token that its API issues. */
export const SELF_SERVICE_SCOPE = 'aws.cognito.signin.user.admin';

/** An access token that this pool issued and that still lives. */
export interface AccessClaims {
  sub: string;
  originJti: string;
  scopes: string[];
  clientId: string;
}

/** Issues the pool's tokens and reads its access tokens back. */
export interface Tokens {
  issue(
    user: User,
    client: PoolClient,
    signIn: SignIn,
    eventId: string,
    overrides: TokenOverrides,
  ): Promise<{ AccessToken: string; IdToken: string; ExpiresIn: number; TokenType: 'Bearer' }>;
  /** @throws AwsError NotAuthorizedException */
  readAccessToken(token: unknown): Promise<AccessClaims>;
}

export function createTokens(pool: Pool, key: SigningKey, clock: Clock, signIns: SignIns): Tokens {
  const sign = async (claims: JWTPayload): Promise<string> =>
    await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: key.kid })
      .sign(key.privateKey);
  return {
    async issue(user, client, signIn, eventId, overrides) {
      const iat = Math.floor(clock.now() / 1000);
      const shared = {
        sub: user.sub,
        iss: pool.issuer,
        event_id: eventId,
        auth_time: signIn.authTime,
        iat,
        ...(client.revocation ? { origin_jti: signIn.originJti } : {}),
      };
      const access = {
        ...shared,
        client_id: client.id,
        token_use: 'access',
        scope: overrides.scopes.join(' '),
        username: user.sub,
        version: 2,
        exp: iat + client.accessSeconds,
        jti: randomUUID(),
      };
      const id = {
        ...idAttributes(user),
        ...shared,
        aud: client.id,
        token_use: 'id',
        'cognito:username': user.sub,
        exp: iat + client.idSeconds,
        jti: randomUUID(),
      };
      const [AccessToken, IdToken] = await Promise.all([
        sign(overrides.access(access)),
        sign(overrides.id(id)),
      ]);
      return { AccessToken, IdToken, ExpiresIn: client.accessSeconds, TokenType: 'Bearer' };
    },
    async readAccessToken(token) {
      const { payload } = await jwtVerify(typeof token === 'string' ? token : '', key.publicKey, {
        issuer: pool.issuer,
        algorithms: ['RS256'],
        currentDate: new Date(clock.now()),
      }).catch((error: unknown) => {
        throw notAuthorized(
          error instanceof errors.JWTExpired ? 'Access Token has expired' : 'Invalid Access Token',
        );
      });
      if (payload.token_use !== 'access') throw notAuthorized('Invalid Access Token');
      const claims = {
        sub: String(payload.sub),
        originJti: String(payload.origin_jti),
        scopes: String(payload.scope ?? '').split(' '),
        clientId: String(payload.client_id),
      };
      if (signIns.isRevoked(claims.originJti)) throw notAuthorized('Access Token has been revoked');
      return claims;
    },
  };
}

function idAttributes({ attributes }: User): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      name === 'email_verified' || name === 'phone_number_verified' ? value === 'true' : value,
    ]),
  );
}
