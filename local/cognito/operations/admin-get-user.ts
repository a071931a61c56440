import { describeUser, wireAttributes } from '../attributes.ts';
import { checkPool } from '../lookups.ts';
import { operation, UserRequest } from '../operation.ts';
import type { CognitoServices } from '../services.ts';

/** AdminGetUser. */
export const adminGetUser = operation(
  UserRequest,
  ({ pool, users }: Pick<CognitoServices, 'pool' | 'users'>, request) => {
    checkPool(pool, request.UserPoolId);
    const user = users.get(request.Username);
    return {
      ...describeUser(user),
      UserAttributes: wireAttributes(user),
    };
  },
);
