import { randomUUID } from 'node:crypto';
import { missing, notAuthorized } from './errors.ts';
import type { PoolClient } from './pool.ts';
import type { TokenServices } from './services.ts';
import { issueAfterGate } from './token-gate.ts';

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
  const source = 'TokenGeneration_RefreshTokens';
  const { scopes } = signIn;
  const asked = { user, source, client, scopes, clientMetadata, eventId: randomUUID() };
  return await issueAfterGate(services, asked, () => ({ signIn }));
}
