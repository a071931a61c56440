/**
 * Cognito as a client of an OpenID provider: it leads the browser there, exchanges the code with
 * its secret, verifies the ID token, and writes the mapped attributes of the federated user.
 */
import { randomBytes } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { definite } from '../../definite.ts';
import type { User, Users } from '../users.ts';
import type { FederatedProvider } from './workforce.ts';

/** What the provider says of itself. */
const Discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
});
type Discovery = z.infer<typeof Discovery>;

/** The provider's answer could not be used: what the browser gets. */
export class FederationFailed extends Error {
  override readonly name = 'FederationFailed';
}

export interface Federation {
  /** The address to lead the browser to. */
  authorizeUrl: (state: string, nonce: string, prompt: string | undefined) => Promise<string>;
  /** The claims behind a code. @throws FederationFailed */
  claimsOf: (code: string, nonce: string) => Promise<JWTPayload>;
  /** The user of the claims, new or with the attributes of today. */
  userOf: (claims: JWTPayload) => User;
}

export interface FederationInputs {
  provider: FederatedProvider;
  /** Where the provider of that name is played on this machine. */
  issuer: string;
  clientSecret: string;
  /** `<domain>/oauth2/idpresponse` */
  redirectUri: string;
  users: Users;
  clock: Clock;
}

export function createFederation(inputs: FederationInputs): Federation {
  const { provider, issuer, redirectUri } = inputs;
  let discovered: Promise<Discovery> | undefined;
  const discover = (): Promise<Discovery> => (discovered ??= discovery(issuer));
  return {
    async authorizeUrl(state, nonce, prompt) {
      const url = new URL((await discover()).authorization_endpoint);
      url.search = new URLSearchParams({
        client_id: provider.clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: provider.scopes.join(' '),
        state,
        nonce,
        ...definite({ prompt }),
      }).toString();
      return url.href;
    },
    async claimsOf(code, nonce) {
      return await exchange(inputs, await discover(), code, nonce);
    },
    userOf: (claims) => federatedUser(inputs, claims),
  };
}

async function discovery(issuer: string): Promise<Discovery> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`);
  return Discovery.parse(await response.json());
}

async function exchange(
  { provider, clientSecret, redirectUri }: FederationInputs,
  { issuer, token_endpoint: endpoint, jwks_uri: keys }: Discovery,
  code: string,
  nonce: string,
): Promise<JWTPayload> {
  const response = await fetch(endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      client_id: provider.clientId,
      client_secret: clientSecret,
    }),
  });
  const body = (await response.json()) as { id_token?: string; error?: string };
  if (body.id_token === undefined)
    throw new FederationFailed(`${provider.name} Error - ${response.status} ${body.error ?? ''}`);
  // The provider has a clock of its own: the machine's.
  const { payload } = await jwtVerify(body.id_token, createRemoteJWKSet(new URL(keys)), {
    issuer,
    audience: provider.clientId,
  });
  if (payload.nonce !== nonce) throw new FederationFailed('Invalid nonce in the ID token');
  return payload;
}

function federatedUser(
  { provider, users, clock, issuer }: FederationInputs,
  claims: JWTPayload,
): User {
  const userId = String(claims.sub);
  const username = `${provider.name}_${userId}`;
  const identity = {
    userId,
    providerName: provider.name,
    providerType: 'OIDC',
    issuer,
    primary: 'true',
    dateCreated: String(clock.now()),
  };
  const mapped = Object.entries(provider.mapping).flatMap(([attribute, claim]) => {
    const value = claims[claim];
    return value === undefined ? [] : [[attribute, textOf(value)] as const];
  });
  const attributes: Record<string, string> = {
    ...Object.fromEntries(mapped),
    identities: JSON.stringify([identity]),
  };
  const known = users.all().find((user) => user.username === username);
  const user =
    known === undefined
      ? users.create(attributes.email ?? `${randomBytes(8).toString('hex')}@none`, {}, clock.now())
      : { ...known };
  const changed: User = {
    ...user,
    username,
    status: 'EXTERNAL_PROVIDER',
    attributes: { sub: user.sub, ...attributes },
  };
  users.save(changed, clock.now());
  return changed;
}

/** Cognito keeps a claim with several values as text. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
