import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { Clock } from '../clock.ts';
import { definite } from '../definite.ts';
import { notAuthorized } from './errors.ts';
import type { Pool, PoolClient } from './pool.ts';
import type { SignIn, SignIns } from './sign-ins.ts';
import type { SigningKey } from './signing-keys.ts';
import type { TokenOverrides } from './token-overrides.ts';
import type { User } from './users.ts';

/** An access token that this pool issued and that has not expired. */
interface AccessClaims {
  sub: string;
  originJti: string;
  scopes: string[];
  clientId: string;
}

/** What tokens are issued for. */
interface Issue {
  user: User;
  client: PoolClient;
  signIn: SignIn;
  /** The id of the sign-in's events. */
  eventId: string;
  overrides: TokenOverrides;
  /** What the client of a hosted sign-in asked for. */
  nonce?: string;
}

/** Tokens as operations return them. */
interface IssuedTokens {
  AccessToken: string;
  IdToken: string;
  ExpiresIn: number;
  TokenType: 'Bearer';
}

/** Issues the pool's tokens and reads its access tokens back. */
export interface Tokens {
  issue: (issue: Issue) => Promise<IssuedTokens>;
  /** @throws AwsError NotAuthorizedException */
  readAccessToken: (token: string) => Promise<AccessClaims>;
}

export function createTokens(pool: Pool, key: SigningKey, clock: Clock, signIns: SignIns): Tokens {
  const sign = async (claims: JWTPayload): Promise<string> =>
    await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: key.kid })
      .sign(key.privateKey);
  return {
    async issue(issue) {
      const { client, overrides } = issue;
      const shared = sharedClaims(issue, pool, clock.now());
      const [AccessToken, IdToken] = await Promise.all([
        sign(overrides.access(accessClaims(issue, shared))),
        sign(overrides.id(idClaims(issue, shared))),
      ]);
      return {
        AccessToken,
        IdToken,
        ExpiresIn: client.accessSeconds,
        TokenType: 'Bearer',
      };
    },
    async readAccessToken(token) {
      const claims = await verify(token, pool, key, clock);
      if (signIns.isRevoked(claims.originJti)) throw notAuthorized('Access Token has been revoked');
      return claims;
    },
  };
}

type SharedClaims = JWTPayload & { iat: number };

function sharedClaims(
  { user, client, signIn, eventId }: Issue,
  { issuer }: Pool,
  now: number,
): SharedClaims {
  return {
    sub: user.sub,
    iss: issuer,
    event_id: eventId,
    auth_time: signIn.authTime,
    iat: Math.floor(now / 1000),
    ...definite({ origin_jti: client.revocation ? signIn.originJti : undefined }),
  };
}

function accessClaims({ user, client, overrides }: Issue, shared: SharedClaims): JWTPayload {
  return {
    ...shared,
    client_id: client.id,
    token_use: 'access',
    scope: overrides.scopes.join(' '),
    username: user.username ?? user.sub,
    version: 2,
    exp: shared.iat + client.accessSeconds,
    jti: randomUUID(),
  };
}

function idClaims({ user, client, nonce }: Issue, shared: SharedClaims): JWTPayload {
  return {
    ...idAttributes(user),
    ...shared,
    aud: client.id,
    token_use: 'id',
    'cognito:username': user.username ?? user.sub,
    exp: shared.iat + client.idSeconds,
    jti: randomUUID(),
    ...definite({ nonce }),
  };
}

async function verify(
  token: string,
  { issuer }: Pool,
  { publicKey }: SigningKey,
  clock: Clock,
): Promise<AccessClaims> {
  const currentDate = new Date(clock.now());
  const { payload } = await jwtVerify(token, publicKey, {
    issuer,
    currentDate,
    algorithms: ['RS256'],
  }).catch((error: unknown) => {
    const expired = error instanceof errors.JWTExpired;
    throw notAuthorized(expired ? 'Access Token has expired' : 'Invalid Access Token');
  });
  if (payload.token_use !== 'access') throw notAuthorized('Invalid Access Token');
  return {
    sub: String(payload.sub),
    originJti: String(payload.origin_jti),
    scopes: typeof payload.scope === 'string' ? payload.scope.split(' ') : [],
    clientId: String(payload.client_id),
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
