import { describeUser, wireAttributes } from '../attributes.ts';
import { checkPool, requiredText } from '../input.ts';
import type { Operation } from '../services.ts';

/** AdminGetUser. */
export const adminGetUser: Operation =
  ({ pool, users }) =>
  (_call, input) => {
    checkPool(pool, input);
    const user = users.get(requiredText(input, 'Username'));
    return Promise.resolve({ ...describeUser(user), UserAttributes: wireAttributes(user) });
  };
