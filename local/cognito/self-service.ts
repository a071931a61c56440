import { notAuthorized } from './errors.ts';
import { SELF_SERVICE_SCOPE } from './scopes.ts';
import type { CognitoServices } from './services.ts';
import type { User } from './users.ts';

/**
 * The user whose access token allows Cognito's self-service operations.
 * @throws AwsError NotAuthorizedException
 */
export async function userOfToken(
  { tokens, users }: Pick<CognitoServices, 'tokens' | 'users'>,
  accessToken: string,
): Promise<User> {
  const claims = await tokens.readAccessToken(accessToken);
  if (!claims.scopes.includes(SELF_SERVICE_SCOPE))
    throw notAuthorized('Access Token does not have required scopes');
  const user = users.get(claims.sub);
  if (!user.enabled) throw notAuthorized('User is disabled.');
  return user;
}
