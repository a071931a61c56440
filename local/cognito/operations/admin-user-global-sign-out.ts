import { checkPool, requiredText } from '../input.ts';
import type { Operation } from '../services.ts';

/** AdminUserGlobalSignOut: revokes every refresh token, and access tokens as far as Cognito itself reads them. */
export const adminUserGlobalSignOut: Operation =
  ({ pool, users, signIns }) =>
  (_call, input) => {
    checkPool(pool, input);
    signIns.revokeAllOf(users.get(requiredText(input, 'Username')).sub);
    return Promise.resolve({});
  };
