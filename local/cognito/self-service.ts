import { notAuthorized } from './errors.ts';
import { requiredText } from './input.ts';
import type { CognitoServices, Input } from './services.ts';
import { SELF_SERVICE_SCOPE } from './tokens.ts';
import type { User } from './users.ts';

/** The user whose access token allows Cognito's self-service operations. @throws AwsError NotAuthorizedException */
export async function userOfToken({ tokens, users }: CognitoServices, input: Input): Promise<User> {
  const claims = await tokens.readAccessToken(requiredText(input, 'AccessToken'));
  if (!claims.scopes.includes(SELF_SERVICE_SCOPE))
    throw notAuthorized('Access Token does not have required scopes');
  const user = users.get(claims.sub);
  if (!user.enabled) throw notAuthorized('User is disabled.');
  return user;
}
