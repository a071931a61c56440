import { checkPool } from '../lookups.ts';
import { operation, UserRequest } from '../operation.ts';
import type { CognitoServices } from '../services.ts';

/** AdminDeleteUser. */
export const adminDeleteUser = operation(
  UserRequest,
  ({ pool, users, signIns }: Pick<CognitoServices, 'pool' | 'users' | 'signIns'>, request) => {
    checkPool(pool, request.UserPoolId);
    const user = users.get(request.Username);
    signIns.revokeAllOf(user.sub);
    users.remove(user);
    return {};
  },
);
