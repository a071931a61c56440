import { randomUUID } from 'node:crypto';
import { missing, notAuthorized } from './errors.ts';
import type { PoolClient } from './pool.ts';
import type { CognitoServices } from './services.ts';
import { askTokenGate } from './token-gate.ts';

/** New access and id tokens of a sign-in that lives: no challenge runs, only the token gate. */
export async function refreshTokens(
  services: CognitoServices,
  client: PoolClient,
  refreshToken: string | undefined,
  clientMetadata: Record<string, string> | undefined,
): Promise<object> {
  if (refreshToken === undefined || refreshToken === '') throw missing('REFRESH_TOKEN');
  const signIn = services.signIns.redeem(refreshToken, client.id, services.clock.now());
  const user = services.users.find(signIn.sub);
  if (user === undefined) throw notAuthorized('Invalid Refresh Token');
  if (!user.enabled) throw notAuthorized('User is disabled.');
  const overrides = await askTokenGate(
    services.pool,
    services.callTrigger,
    'TokenGeneration_RefreshTokens',
    client,
    { sub: user.sub, user },
    clientMetadata,
  );
  const tokens = await services.tokens.issue(user, client, signIn, randomUUID(), overrides);
  return { AuthenticationResult: tokens, ChallengeParameters: {} };
}
