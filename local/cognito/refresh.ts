import { randomUUID } from 'node:crypto';
import { missing, notAuthorized } from './errors.ts';
import type { PoolClient } from './pool.ts';
import type { TokenServices } from './services.ts';
import { askTokenGate } from './token-gate.ts';

/** A refresh, as both operations that offer it read it. */
export interface Refresh {
  client: PoolClient;
  refreshToken: string | undefined;
  clientMetadata: Record<string, string> | undefined;
}

/** New access and id tokens of a live sign-in: the token gate runs, and no challenge. */
export async function refreshTokens(
  services: TokenServices,
  { client, refreshToken, clientMetadata }: Refresh,
): Promise<object> {
  if (refreshToken === undefined || refreshToken === '') throw missing('REFRESH_TOKEN');
  const signIn = services.signIns.redeem(refreshToken, client.id, services.clock.now());
  const user = services.users.find(signIn.sub);
  if (user === undefined) throw notAuthorized('Invalid Refresh Token');
  if (!user.enabled) throw notAuthorized('User is disabled.');
  const overrides = await askTokenGate(services, {
    source: 'TokenGeneration_RefreshTokens',
    client,
    subject: { sub: user.sub, user },
    scopes: signIn.scopes,
    clientMetadata,
  });
  const eventId = randomUUID();
  const tokens = await services.tokens.issue({
    user,
    client,
    signIn,
    eventId,
    overrides,
  });
  return {
    AuthenticationResult: tokens,
    ChallengeParameters: {},
  };
}
