/** Tokens as the token endpoint answers with them. */
import { randomUUID } from 'node:crypto';
import { definite } from '../../definite.ts';
import type { PoolClient } from '../pool.ts';
import { refreshTokens } from '../refresh.ts';
import type { CognitoServices } from '../services.ts';
import type { TokenOverrides } from '../token-overrides.ts';
import type { User } from '../users.ts';
import { clientOf } from '../lookups.ts';

export interface HostedTokens {
  access_token: string;
  id_token: string;
  /** Absent in the answer to a refresh. */
  refresh_token?: string;
  expires_in: number;
  token_type: 'Bearer';
}

interface Issued {
  AccessToken: string;
  IdToken: string;
  ExpiresIn: number;
}

export async function issueHosted(
  { signIns, tokens, clock }: CognitoServices,
  grant: {
    client: PoolClient;
    user: User;
    scopes: string[];
    nonce: string | undefined;
    overrides: TokenOverrides;
  },
): Promise<HostedTokens> {
  const { client, user, overrides, nonce, scopes } = grant;
  const { signIn, refreshToken } = signIns.begin(user.sub, client, clock.now(), scopes);
  const issue = {
    user,
    client,
    signIn,
    eventId: randomUUID(),
    overrides,
    ...definite({ nonce }),
  };
  return {
    ...named(await tokens.issue(issue)),
    refresh_token: refreshToken,
  };
}

export async function refreshHosted(
  services: CognitoServices,
  clientId: string,
  refreshToken: string,
): Promise<HostedTokens> {
  const client = clientOf(services.pool, clientId);
  const answer = await refreshTokens(services, {
    client,
    refreshToken,
    clientMetadata: undefined,
  });
  return named((answer as { AuthenticationResult: Issued }).AuthenticationResult);
}

function named({ AccessToken, IdToken, ExpiresIn }: Issued): HostedTokens {
  return {
    access_token: AccessToken,
    id_token: IdToken,
    expires_in: ExpiresIn,
    token_type: 'Bearer',
  };
}
