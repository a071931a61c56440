import { checkPool } from '../lookups.ts';
import { operation, UserRequest } from '../operation.ts';
import type { CognitoServices } from '../services.ts';

/**
 * AdminUserGlobalSignOut: revokes every refresh token, and access tokens as far as Cognito itself
 * reads them.
 */
export const adminUserGlobalSignOut = operation(
  UserRequest,
  ({ pool, users, signIns }: Pick<CognitoServices, 'pool' | 'users' | 'signIns'>, request) => {
    checkPool(pool, request.UserPoolId);
    signIns.revokeAllOf(users.get(request.Username).sub);
    return {};
  },
);
