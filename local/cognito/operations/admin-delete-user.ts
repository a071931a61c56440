import { checkPool, requiredText } from '../input.ts';
import type { Operation } from '../services.ts';

/** AdminDeleteUser. */
export const adminDeleteUser: Operation =
  ({ pool, users, signIns }) =>
  (_call, input) => {
    checkPool(pool, input);
    const user = users.get(requiredText(input, 'Username'));
    signIns.revokeAllOf(user.sub);
    users.remove(user);
    return Promise.resolve({});
  };
